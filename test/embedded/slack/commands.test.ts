import { expect, test } from 'vitest';
import { CHANNEL, connected, personOn, workspaceForTest } from './bench.ts';
import { until } from './until.ts';

const page = (n: number) => [
  { type: 'section', text: { type: 'mrkdwn', text: `Page ${n}` } },
  {
    type: 'actions',
    block_id: 'pager',
    elements: [{ type: 'button', action_id: 'next', value: String(n + 1), text: { type: 'plain_text', text: 'Next' } }],
  },
];

test('a command is answered to its sender alone and paged by a button through response_url', async () => {
  const workspace = await workspaceForTest();
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, respond, command }) => {
      await ack();
      await respond({ text: `You said ${command.text}`, blocks: page(1) });
    });
    app.action('next', async ({ ack, respond, action }) => {
      await ack();
      const n = Number('value' in action && action.value);
      await respond({ text: `Page ${n}`, blocks: page(n), replace_original: true });
    });
  });
  const mara = await personOn(workspace);
  const tom = await personOn(workspace, 'U0TOM');
  expect(await mara.command(CHANNEL, '/overdue >30')).toEqual({ ok: true });
  const first = await mara.says('You said >30');
  expect(first.ephemeralTo).toBe('U0MARA');
  expect(await mara.click({ channel: CHANNEL, ts: first.ts }, 'pager', 'next')).toEqual({ ok: true });
  const second = await mara.says('Page 2');
  expect(second.ts).toBe(first.ts);
  expect(second.edited).toBe(true);
  expect(tom.shown).toEqual([]);
  expect(await mara.messages(CHANNEL)).toEqual([]);
});

test('what comes with the acknowledgement is shown, to everyone when it says in_channel', async () => {
  const workspace = await workspaceForTest();
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, command }) =>
      ack(command.text === 'all' ? { text: 'for all', response_type: 'in_channel' } : 'for you'),
    );
  });
  const mara = await personOn(workspace);
  const tom = await personOn(workspace, 'U0TOM');
  await mara.command(CHANNEL, '/overdue');
  expect((await mara.says('for you')).ephemeralTo).toBe('U0MARA');
  await mara.command(CHANNEL, '/overdue all');
  expect((await tom.says('for all')).ephemeralTo).toBeUndefined();
  expect(tom.shown).toHaveLength(1);
});

test('the payload names who, where and what, with people as references when the command asks for it', async () => {
  const workspace = await workspaceForTest();
  const bodies: Record<string, string>[] = [];
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body }) => {
      bodies.push(body as unknown as Record<string, string>);
      await ack();
    });
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue <@U0TOM|tom>');
  expect(bodies[0]).toMatchObject({
    command: '/overdue',
    text: '<@U0TOM|tom>',
    user_id: 'U0MARA',
    user_name: 'mara',
    channel_id: CHANNEL,
    channel_name: 'collections',
    team_id: 'T0NORTHWIND',
    api_app_id: 'A0ARREARS',
  });
});

test('a command that nobody declared is answered by Slack', async () => {
  const workspace = await workspaceForTest();
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/foo bar');
  const told = await mara.says('not a valid command');
  expect(told.text).toBe(
    '`/foo` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.',
  );
  expect(told.ephemeralTo).toBe('U0MARA');
});

test("a member of another company has none of the app's commands", async () => {
  const workspace = await workspaceForTest();
  const erik = await personOn(workspace, 'U0ERIK');
  await erik.command('C0CONTOSO', '/overdue');
  await erik.says('`/overdue` is not a valid command');
});

test('commands do not work in threads', async () => {
  const workspace = await workspaceForTest();
  const mara = await personOn(workspace);
  await mara.say(CHANNEL, 'parent');
  const parent = await mara.says('parent');
  await mara.act({ do: 'command', channel: CHANNEL, text: '/overdue', thread: parent.ts });
  expect((await mara.says('not supported in threads')).threadTs).toBe(parent.ts);
});

test('without a connected app a command fails with dispatch_failed', async () => {
  const workspace = await workspaceForTest();
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  expect((await mara.says('failed')).text).toBe('`/overdue` failed with the error "dispatch_failed"');
});

test('an app that does not acknowledge in time is told apart', async () => {
  const workspace = await workspaceForTest();
  workspace.control({ do: 'timing', ack: 60 });
  await connected(workspace, (app) => app.command('/overdue', async () => {}));
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  expect((await mara.says('failed')).text).toBe('`/overdue` failed with the error "operation_timeout"');
});

test('a response_url takes five answers and no sixth, and none when it is too old', async () => {
  const workspace = await workspaceForTest();
  const urls: string[] = [];
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body }) => {
      urls.push(body.response_url);
      await ack();
    });
  });
  const mara = await personOn(workspace);
  const answer = async (url: string | undefined) => {
    const response = await fetch(url!, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'again' }),
    });
    return [response.status, ((await response.json()) as { error?: string }).error];
  };
  await mara.command(CHANNEL, '/overdue');
  for (let n = 0; n < 5; n++) expect(await answer(urls[0])).toEqual([200, undefined]);
  expect(await answer(urls[0])).toEqual([404, 'used_url']);
  workspace.control({ do: 'timing', responseUrl: 0 });
  await mara.command(CHANNEL, '/overdue');
  await until(async () => (await answer(urls[1]))[1] === 'expired_url' || undefined);
});

test('/invite brings the bot into a channel, /remove takes it out', async () => {
  const workspace = await workspaceForTest();
  const joined: string[] = [];
  await connected(workspace, (app) => app.event('member_joined_channel', async ({ event }) => void joined.push(event.channel)));
  const ines = await personOn(workspace, 'U0INES');
  await ines.command('C0GENERAL', '/invite @arrears');
  await until(() => joined[0]);
  const members = async () => (await ines.snapshot()).channels.find((each) => each.id === 'C0GENERAL')?.members;
  expect(await members()).toContain('U0ARREARS');
  await ines.command('C0GENERAL', '/remove @arrears');
  expect(await members()).not.toContain('U0ARREARS');
});
