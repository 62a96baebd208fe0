import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { CHANNEL, connected, personOn, SILENT, workspaceForTest } from './bench.ts';
import { order, signIn } from './sign-in.ts';
import { until } from './until.ts';

type Fault = Extract<Parameters<Awaited<ReturnType<typeof workspaceForTest>>['control']>[0], { do: 'fault' }>['fault'];

async function misbehaving(fault: Fault) {
  const workspace = await workspaceForTest();
  workspace.control({ do: 'fault', fault });
  return {
    workspace,
    client: new WebClient(workspace.botToken, {
      slackApiUrl: workspace.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: SILENT,
    }),
  };
}

test('events, commands and clicks are delivered again, to other connections too, and then no more', async () => {
  const { workspace } = await misbehaving({ fault: 'redeliver', of: 'events', next: 2, times: 3 });
  workspace.control({ do: 'fault', fault: { fault: 'redeliver', of: 'commands', times: 1 } });
  workspace.control({ do: 'fault', fault: { fault: 'redeliver', of: 'interactions', times: 2 } });
  const got: [app: number, what: string][] = [];
  for (const i of [1, 2]) {
    await connected(workspace, (app) => {
      app.event('app_mention', async ({ body, context }) => void got.push([i, `event ${body.event_id} ${context.retryNum ?? 0}`]));
      app.command('/overdue', async ({ ack, body }) => {
        got.push([i, `command ${body.trigger_id}`]);
        await ack({
          text: 'card',
          blocks: [
            { type: 'actions', block_id: 'b', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
          ],
        });
      });
      app.action('go', async ({ ack, action }) => {
        got.push([i, `click ${'action_ts' in action && action.action_ts}`]);
        await ack();
      });
    });
  }
  const of = (kind: string) => got.filter(([, what]) => what.startsWith(kind));
  const mara = await personOn(workspace);
  await mara.say(CHANNEL, '@arrears hello');
  await until(() => of('event')[3]);
  expect(new Set(of('event').map(([app]) => app)).size).toBe(2);
  expect(new Set(of('event').map(([, what]) => what.split(' ')[1])).size).toBe(1);
  expect(
    of('event')
      .map(([, what]) => what.split(' ')[2])
      .sort(),
  ).toEqual(['0', '1', '2', '3']);
  await mara.command(CHANNEL, '/overdue');
  const { ts } = await mara.says('card');
  await until(() => of('command')[1]);
  expect(new Set(of('command').map(([, what]) => what)).size).toBe(1);
  await mara.click({ channel: CHANNEL, ts }, 'b', 'go');
  await until(() => of('click')[2]);
  expect(new Set(of('click').map(([, what]) => what)).size).toBe(1);
  await mara.click({ channel: CHANNEL, ts }, 'b', 'go');
  expect([of('event'), of('command'), of('click')].map((each) => each.length)).toEqual([4, 2, 4]);
});

test('the reply of a call is lost after the message was posted', async () => {
  const { client } = await misbehaving({ fault: 'lose-reply', method: 'chat.postMessage' });
  await expect(client.chat.postMessage({ channel: CHANNEL, text: 'lost' })).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
  expect((await client.conversations.history({ channel: CHANNEL })).messages).toMatchObject([{ text: 'lost' }]);
  expect((await client.chat.postMessage({ channel: CHANNEL, text: 'found' })).ok).toBe(true);
});

test('the next calls of a method are answered 429', async () => {
  const { client } = await misbehaving({ fault: 'rate-limit', method: 'chat.update', next: 2, retryAfter: 7 });
  const { ts } = await client.chat.postMessage({ channel: CHANNEL, text: 'card' });
  const update = () => client.chat.update({ channel: CHANNEL, ts: ts!, text: 'new' });
  await expect(update()).rejects.toMatchObject({ retryAfter: 7 });
  await expect(update()).rejects.toMatchObject({ retryAfter: 7 });
  expect((await update()).ok).toBe(true);
});

test('the next updates are refused', async () => {
  const { client } = await misbehaving({ fault: 'refuse', method: 'chat.update', error: 'edit_window_closed' });
  const { ts } = await client.chat.postMessage({ channel: CHANNEL, text: 'card' });
  await expect(client.chat.update({ channel: CHANNEL, ts: ts!, text: 'new' })).rejects.toMatchObject({
    data: { error: 'edit_window_closed' },
  });
  expect((await client.chat.update({ channel: CHANNEL, ts: ts!, text: 'new' })).text).toBe('new');
});

test('a reply comes late, and faults can be cleared', async () => {
  const { workspace, client } = await misbehaving({ fault: 'delay-reply', method: 'auth.test', ms: 150 });
  const begun = performance.now();
  await client.auth.test();
  expect(performance.now() - begun).toBeGreaterThanOrEqual(149);
  workspace.control({ do: 'fault', fault: { fault: 'refuse', method: 'auth.test', error: 'fatal_error' } });
  workspace.control({ do: 'clear-faults' });
  expect((await client.auth.test()).ok).toBe(true);
});

test('told to disconnect, the app comes back and hears again', { timeout: 30_000 }, async () => {
  const { workspace } = await misbehaving({ fault: 'disconnect-every', deliveries: 2 });
  const heard: string[] = [];
  workspace.control({ do: 'timing', ack: 300, eventRetries: [0, 2000, 4000, 8000] });
  await connected(workspace, (app) => app.event('app_mention', async ({ event }) => void heard.push(event.text)));
  const mara = await personOn(workspace);
  const connections = () => mara.seen.flatMap((event) => (event.type === 'bot' ? [event.connected] : []));
  // A mention is two deliveries, the message and the mention: its acknowledgement is cut off and it comes again.
  await mara.say(CHANNEL, '@arrears one');
  await until(() => connections().includes(false) || undefined);
  workspace.control({ do: 'clear-faults' });
  await until(() => connections().at(-1) || undefined);
  await mara.say(CHANNEL, '@arrears two');
  await until(() => new Set(heard).size === 2 || undefined);
});

test('an event that met a cut connection is delivered when the app is back', { timeout: 30_000 }, async () => {
  const workspace = await workspaceForTest();
  workspace.control({ do: 'timing', ack: 300, eventRetries: [1000, 3000, 6000] });
  const heard: string[] = [];
  await connected(workspace, (app) => app.event('app_mention', async ({ event }) => void heard.push(event.text)));
  const mara = await personOn(workspace);
  workspace.control({ do: 'disconnect', abruptly: true });
  await until(() => mara.seen.some((event) => event.type === 'bot' && !event.connected) || undefined);
  await mara.say(CHANNEL, '@arrears still there?');
  expect(await until(() => heard[0])).toBe('<@U0ARREARS> still there?');
});

test('a deactivated person cannot act and the app is told', async () => {
  const workspace = await workspaceForTest();
  const changed: boolean[] = [];
  await connected(workspace, (app) => app.event('user_change', async ({ event }) => void changed.push(event.user.deleted === true)));
  const tom = await personOn(workspace, 'U0TOM');
  workspace.control({ do: 'deactivate', person: 'U0TOM' });
  expect(await until(() => changed[0])).toBe(true);
  expect(await tom.say(CHANNEL, 'still me')).toEqual({ ok: false, problem: 'Tom Weber is deactivated and cannot do anything here.' });
});

test('the same orders come over HTTP, and a wrong one names what is wrong', async () => {
  const workspace = await workspaceForTest();
  const page = await signIn(workspace.pageLink());
  const ordered = async (body: object) => (await order(page, body)).json();
  expect(await ordered({ do: 'fault', fault: { fault: 'refuse', method: 'auth.test', error: 'fatal_error' } })).toEqual({ ok: true });
  await expect(new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl }).auth.test()).rejects.toMatchObject({
    data: { error: 'fatal_error' },
  });
  expect(await ordered({ do: 'archive', channel: 'C0NOWHERE' })).toEqual({ ok: false, problem: 'There is no channel C0NOWHERE.' });
  expect(await ordered({ do: 'explode' })).toMatchObject({ ok: false, problem: expect.stringContaining('do') });
});
