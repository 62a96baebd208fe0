import { expect, onTestFinished, test } from 'vitest';
import { startWorkspace } from '../../src/embedded/slack/workspace.ts';
import { createLog } from '../../src/log.ts';
import { connectSlack } from '../../src/slack/connect.ts';
import { channelFinder, channelProblem, findChannel } from '../../src/slack/destination.ts';
import { manifest } from '../../src/slack/manifest.ts';
import { until } from '../embedded/slack/until.ts';
import { said } from '../support/ask.ts';
import { startBot } from '../support/bot.ts';

/** Slack's client against a workspace with Slack's own rate limits. */
async function clientOf(options: Partial<Parameters<typeof startWorkspace>[0]>) {
  const workspace = await startWorkspace({ dir: null, ...options });
  onTestFinished(() => workspace.stop());
  workspace.install(manifest({ overdue: 'overdue', account: 'account', collections: 'collections' }));
  const mode = { kind: 'socket', appToken: workspace.appToken } as const;
  const slack = await connectSlack(
    { botToken: workspace.botToken, mode, apiUrl: workspace.apiUrl },
    createLog('error', { write: () => {} }),
  );
  return { workspace, client: slack.app.client };
}

test.each([6_000, 40_000])('among %i channels the digest and the work lists come within two minutes’ ticks', async (channels) => {
  const bot = await startBot({ workspace: { channels } });
  onTestFinished(() => bot.stop());
  const mara = await bot.person('U0MARA');
  let ticks = 0;
  await until(async () => {
    await bot.tick();
    ticks += 1;
    return (await mara.messages('C0COLLECT')).some((message) => said(message).includes('Overdue digest'));
  });
  expect(ticks).toBeLessThanOrEqual(2);
  expect(bot.log).toEqual([]);
});

test('a channel is found by its name among 40,000, and by its id', async () => {
  const { client } = await clientOf({ channels: 40_000 });
  expect(await findChannel(client, 'collections')).toMatchObject({ id: 'C0COLLECT', is_member: true });
  expect(await findChannel(client, '#Collections')).toMatchObject({ id: 'C0COLLECT' });
  expect(await findChannel(client, 'C0COLLECT')).toMatchObject({ name: 'collections', is_member: true });
});

test('a channel the bot is not in cannot be told from one that is not there; the sentence says what to do in both cases', async () => {
  const { client } = await clientOf({});
  for (const name of ['general', 'nowhere'])
    expect(channelProblem(await findChannel(client, name), name, 'arrears')).toBe(
      `There is no channel #${name} that I am in. Create it, or open it, and type /invite @arrears.`,
    );
});

test('where the bot is in thousands of channels, a search that Slack puts off goes on where it stopped', async () => {
  // The team's channels stand behind 3,000 others that the bot is in; the third page is put off.
  const { client, workspace } = await clientOf({ channels: 3_000, joined: 3_000 });
  const asked: string[] = [];
  const listed = client.users.conversations.bind(client.users);
  client.users.conversations = ((args: { cursor?: string }) => {
    asked.push(args.cursor ?? '');
    if (asked.length === 3)
      workspace.control({ do: 'fault', fault: { fault: 'rate-limit', method: 'users.conversations', retryAfter: 1 } });
    return listed(args as never);
  }) as typeof client.users.conversations;
  const warned: string[] = [];
  const find = channelFinder(client, 'T0', 'arrears', createLog('warn', { write: (line) => void warned.push(line) }), () => {});
  expect(await find('collections')).toBeNull();
  const place = await until(async () => (await find('collections')) ?? undefined);
  expect(place).toEqual({ team: 'T0', channel: 'C0COLLECT' });
  expect(new Set(asked).size).toBe(4);
  expect(asked).toHaveLength(5);
  expect(warned).toEqual([]);
});

test('a search waits as Slack says, for who asked for it once', async () => {
  const { client, workspace } = await clientOf({});
  workspace.control({ do: 'fault', fault: { fault: 'rate-limit', method: 'users.conversations', retryAfter: 1 } });
  expect(await findChannel(client, 'collections')).toMatchObject({ id: 'C0COLLECT' });
});
