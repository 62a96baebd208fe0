import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import type { Workspace } from '../../src/embedded/slack/workspace.ts';
import { openExit } from '../../src/slack/exit.ts';
import { uploadFile } from '../../src/slack/files.ts';
import { CHANNEL, personOn, SILENT, workspaceForTest } from '../embedded/slack/bench.ts';

/** A client whose calls leave by the exit, with what was logged and of which channels somebody was told. */
function leaving(workspace: Workspace) {
  const logged: Record<string, unknown>[] = [];
  const told: string[] = [];
  const log = { warn: (fields: Record<string, unknown>) => void logged.push(fields) } as unknown as Parameters<typeof openExit>[2];
  const exit = openExit(workspace.apiUrl, workspace.botToken, log);
  exit.onShared((channel) => void told.push(channel));
  const options = { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, logger: SILENT, rejectRateLimitedCalls: true };
  return { client: new WebClient(workspace.botToken, { ...options, fetch: exit.fetch }), exit, logged, told };
}
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'no error',
    (error) => String(error.data?.error ?? error.code),
  );
const file = { name: 'list.csv', bytes: Buffer.from('a,b'), title: 'List' };

for (const how of ['accepted', 'pending'] as const)
  test(`nothing reaches a channel whose sharing with another company is ${how}, by any call; somebody is told once`, async () => {
    const workspace = await workspaceForTest();
    const { client, told } = leaving(workspace);
    const ours = await client.chat.postMessage({ channel: 'C0ESCALATE', text: 'Card' });
    workspace.control({ do: 'share', channel: CHANNEL, how });
    const mara = await personOn(workspace, 'U0MARA');
    expect(await refusal(client.chat.postMessage({ channel: CHANNEL, text: 'Harbour owes 100' }))).toBe('shared_with_another_company');
    expect(await refusal(client.chat.postMessage({ channel: CHANNEL, text: 'Harbour owes 200', thread_ts: ours.ts! }))).toBe(
      'shared_with_another_company',
    );
    expect(await refusal(client.chat.update({ channel: CHANNEL, ts: '1.0', text: 'Harbour owes 300' }))).toBe(
      'shared_with_another_company',
    );
    expect(await refusal(uploadFile(client, { ...file, channel: CHANNEL, comment: 'Harbour' }))).toBe('shared_with_another_company');
    await client.chat.postEphemeral({ channel: CHANNEL, user: 'U0MARA', text: 'Harbour owes 400' });
    const answered = await mara.says('This channel is shared with another company, so nothing about customers is shown here.');
    expect(JSON.stringify([answered, await mara.messages(CHANNEL)])).not.toContain('Harbour');
    expect(told).toEqual([CHANNEL]);
  });

test('what is shared with workspaces of the same company, or not any more, is a channel like any other', async () => {
  const workspace = await workspaceForTest();
  for (const how of ['organisation', 'ended'] as const) {
    workspace.control({ do: 'share', channel: CHANNEL, how });
    const { client, told } = leaving(workspace);
    expect(await refusal(client.chat.postMessage({ channel: CHANNEL, text: how }))).toBe('no error');
    expect(told).toEqual([]);
  }
});

test('where Slack does not say whether a channel is shared, the message waits as if Slack had refused it, and goes the next time', async () => {
  const workspace = await workspaceForTest();
  const { client } = leaving(workspace);
  const mara = await personOn(workspace, 'U0MARA');
  workspace.control({ do: 'fault', fault: { fault: 'rate-limit', method: 'conversations.info', next: 2, retryAfter: 7 } });
  await expect(client.chat.postMessage({ channel: CHANNEL, text: 'Harbour' })).rejects.toMatchObject({ retryAfter: 7 });
  await client.chat.postEphemeral({ channel: CHANNEL, user: 'U0MARA', text: 'Harbour' });
  expect((await mara.says('Slack did not say')).text).not.toContain('Harbour');
  expect(await refusal(client.chat.postMessage({ channel: CHANNEL, text: 'Harbour' }))).toBe('no error');
});

test('direct messages are asked about nowhere, and one look at a channel serves for the next seconds', async () => {
  const workspace = await workspaceForTest();
  const { client } = leaving(workspace);
  await client.chat.postMessage({ channel: CHANNEL, text: 'first' });
  workspace.control({ do: 'fault', fault: { fault: 'refuse', method: 'conversations.info', next: 1, error: 'internal_error' } });
  expect(await refusal(client.chat.postMessage({ channel: CHANNEL, text: 'second' }))).toBe('no error');
  const direct = (await client.conversations.open({ users: 'U0MARA' })).channel!.id!;
  expect(await refusal(client.chat.postMessage({ channel: direct, text: 'third' }))).toBe('no error');
  expect(await refusal(client.chat.postMessage({ channel: 'C0ESCALATE', text: 'fourth' }))).toBe('internal_error');
});

test('a message that Slack would refuse leaves shortened, and the log says where, not what', async () => {
  const workspace = await workspaceForTest();
  const { client, logged } = leaving(workspace);
  const button = { type: 'button' as const, action_id: 'account-open', text: { type: 'plain_text' as const, text: 'Harbour '.repeat(20) } };
  const blocks = [
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Harbour '.repeat(500) } },
    ...Array.from({ length: 60 }, () => ({ type: 'divider' as const })),
    { type: 'actions' as const, elements: [button] },
  ];
  const posted = await client.chat.postMessage({ channel: CHANNEL, text: 'Harbour '.repeat(900), blocks });
  expect(posted.message?.blocks).toHaveLength(50);
  expect(logged).toEqual([
    {
      way: 'chat.postMessage',
      ids: ['account-open'],
      cuts: ['text 7200 > 4000', 'section.text 4000 > 3000', 'button.text 160 > 75', 'blocks 62 > 49'],
    },
  ]);
  expect(JSON.stringify(logged)).not.toContain('Harbour');
});
