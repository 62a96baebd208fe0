import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { CHANNEL, connected, MANIFEST, personOn, workspaceForTest } from './bench.ts';
import { until } from './until.ts';

test('the app hears messages and mentions in its channels, encoded as Slack does, and nothing elsewhere', async () => {
  const workspace = await workspaceForTest();
  const heard: { type: string; text?: string; channel_type?: string }[] = [];
  await connected(workspace, (app) => {
    app.event('message', async ({ event }) => void heard.push(event as never));
    app.event('app_mention', async ({ event, say }) => {
      heard.push(event as never);
      await say({ text: 'here', thread_ts: event.ts });
    });
  });
  const ines = await personOn(workspace, 'U0INES');
  await ines.say('C0GENERAL', 'not for the bot');
  await ines.say(CHANNEL, '1 < 2 & <@U0TOM> <script>');
  await until(() => heard[0]);
  expect(heard[0]).toMatchObject({
    type: 'message',
    channel_type: 'channel',
    user: 'U0INES',
    text: '1 &lt; 2 &amp; <@U0TOM> &lt;script&gt;',
    team: 'T0NORTHWIND',
  });
  await ines.say(CHANNEL, 'hello @arrears');
  const reply = await ines.says('here');
  expect(heard.filter((each) => each.type === 'app_mention')).toMatchObject([{ text: 'hello <@U0ARREARS>' }]);
  const parent = await ines.message((message) => message.ts === reply.threadTs && message.replyCount === 1);
  expect(parent.replyUsers).toEqual(['U0ARREARS']);
  expect(await ines.messages(CHANNEL, parent.ts)).toMatchObject([{ text: 'hello <@U0ARREARS>' }, { text: 'here' }]);
  expect(heard.some((each) => each.text?.includes('not for the bot'))).toBe(false);
});

test('a direct message is a conversation of two, without app_mention', async () => {
  const workspace = await workspaceForTest();
  const heard: string[] = [];
  await connected(workspace, (app) => {
    app.event('app_mention', async () => void heard.push('mention'));
    app.message(async ({ message, say }) => {
      heard.push(message.channel_type);
      await say('in private');
    });
  });
  const mara = await personOn(workspace);
  const opened = await mara.act({ do: 'open-im', user: 'U0ARREARS' });
  const channel = 'channel' in opened ? opened.channel! : '';
  await mara.say(channel, '@arrears psst');
  await mara.says('in private');
  expect(heard).toEqual(['im']);
  expect((await mara.snapshot()).channels.find((each) => each.id === channel)).toMatchObject({ kind: 'im', with: 'U0ARREARS', unread: 1 });
});

test('only events the manifest subscribes to arrive', async () => {
  const workspace = await workspaceForTest();
  workspace.install({ ...MANIFEST, settings: { event_subscriptions: { bot_events: ['app_mention'] } } });
  const heard: string[] = [];
  await connected(workspace, (app) => {
    app.event('message', async () => void heard.push('message'));
    app.event('app_mention', async () => void heard.push('mention'));
  });
  const mara = await personOn(workspace);
  await mara.say(CHANNEL, 'quietly');
  await mara.say(CHANNEL, '@arrears loudly');
  await until(() => heard[0]);
  expect(heard).toEqual(['mention']);
});

test('a change and a deletion by the app are told as message_changed and message_deleted', async () => {
  const workspace = await workspaceForTest();
  const subtypes: unknown[] = [];
  await connected(workspace, (app) => {
    // Bolt keeps the app's own messages from its listeners; a middleware placed first sees them all.
    app.use(async ({ body, next }) => {
      if ('event' in body && body.event.type === 'message') subtypes.push(body.event.subtype);
      await next();
    });
  });
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  const { ts } = await client.chat.postMessage({ channel: CHANNEL, text: 'one' });
  await client.chat.update({ channel: CHANNEL, ts: ts!, text: 'two' });
  await client.chat.delete({ channel: CHANNEL, ts: ts! });
  await until(() => subtypes.includes('message_deleted') || undefined);
});

test('an event nobody acknowledges comes again at once, after one minute and after five', async () => {
  const workspace = await workspaceForTest();
  workspace.control({ do: 'timing', ack: 40, eventRetries: [0, 30, 60] });
  const attempts: unknown[] = [];
  const opened = await fetch(`${workspace.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.appToken}` },
  });
  const socket = new WebSocket(((await opened.json()) as { url: string }).url);
  const ids = new Set<string>();
  let hello = false;
  socket.addEventListener('message', (message) => {
    const envelope = JSON.parse(String(message.data));
    hello ||= envelope.type === 'hello';
    if (envelope.type !== 'events_api') return;
    attempts.push([envelope.retry_attempt, envelope.retry_reason]);
    ids.add(envelope.payload.event_id);
  });
  await until(() => hello || undefined);
  const mara = await personOn(workspace);
  await mara.say(CHANNEL, 'anyone?');
  await until(() => attempts[3]);
  expect(attempts).toEqual([
    [0, ''],
    [1, 'http_timeout'],
    [2, 'http_timeout'],
    [3, 'http_timeout'],
  ]);
  expect(ids.size).toBe(1);
  socket.close();
});

test('a file dropped into a channel reaches the app, which fetches it with its token alone', async () => {
  const workspace = await workspaceForTest();
  const shared: string[] = [];
  const messages: string[] = [];
  let url = '';
  await connected(workspace, (app) => {
    app.event('file_shared', async ({ event, client }) => {
      const info = await client.files.info({ file: event.file_id });
      url = info.file!.url_private_download!;
      shared.push(`${info.file!.name} ${info.file!.mimetype} ${info.file!.size}`);
    });
    app.event('message', async ({ event }) => void messages.push(String(event.subtype)));
  });
  const mara = await personOn(workspace);
  expect(await mara.upload(CHANNEL, 'ledger.csv', 'a;b\n1;2\n')).toMatchObject({ ok: true, file: { name: 'ledger.csv' } });
  await until(() => shared[0] && messages[0]);
  expect(shared).toEqual(['ledger.csv text/csv 8']);
  expect(messages).toEqual(['file_share']);
  expect((await mara.message((message) => message.files !== undefined)).files).toMatchObject([{ name: 'ledger.csv', size: 8 }]);
  const fetched = await fetch(url, { headers: { authorization: `Bearer ${workspace.botToken}` } });
  expect([fetched.headers.get('content-type'), await fetched.text()]).toEqual(['text/csv', 'a;b\n1;2\n']);
  const stranger = await fetch(url);
  expect([stranger.headers.get('content-type'), await stranger.text()]).toEqual([
    'text/html; charset=utf-8',
    expect.stringContaining('Sign in'),
  ]);
});

test('shortcuts run on a message and globally, each with a trigger', async () => {
  const workspace = await workspaceForTest();
  const ran: string[] = [];
  await connected(workspace, (app) => {
    app.shortcut('log', async ({ ack, shortcut }) => {
      await ack();
      if ('message' in shortcut) ran.push(`${shortcut.type} ${shortcut.channel.id} ${shortcut.message.text}`);
    });
    app.shortcut('promise', async ({ ack, shortcut }) => {
      await ack();
      ran.push(`${shortcut.type} ${shortcut.trigger_id !== ''}`);
    });
  });
  const mara = await personOn(workspace);
  await mara.say(CHANNEL, 'they called');
  const { ts } = await mara.says('they called');
  expect(await mara.act({ do: 'shortcut', callbackId: 'log', channel: CHANNEL, ts })).toEqual({ ok: true });
  expect(await mara.act({ do: 'shortcut', callbackId: 'promise', channel: CHANNEL })).toEqual({ ok: true });
  expect(ran).toEqual([`message_action ${CHANNEL} they called`, 'shortcut true']);
  expect(await mara.act({ do: 'shortcut', callbackId: 'other', channel: CHANNEL, ts })).toEqual({
    ok: false,
    problem: 'There is no such shortcut.',
  });
});

test('several connections share the payloads in turn', async () => {
  const workspace = await workspaceForTest();
  const heard = [0, 0];
  for (const i of [0, 1]) await connected(workspace, (app) => app.event('message', async () => void heard.splice(i, 1, heard[i]! + 1)));
  const mara = await personOn(workspace);
  for (const n of [1, 2, 3, 4]) await mara.say(CHANNEL, `message ${n}`);
  await until(() => heard[0]! + heard[1]! === 4 || undefined);
  expect(heard).toEqual([2, 2]);
});
