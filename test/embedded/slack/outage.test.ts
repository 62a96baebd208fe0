import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import type { ControlOrder } from '../../../src/embedded/slack/control.ts';
import type { Workspace } from '../../../src/embedded/slack/workspace.ts';
import { CHANNEL, connected, personOn, SILENT, workspaceForTest } from './bench.ts';
import { order as orderOf, signIn } from './sign-in.ts';
import { until } from './until.ts';

const clientOf = (workspace: Workspace, token = workspace.botToken) =>
  new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    timeout: 300,
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
/** What Slack says on a connection, without a library in between. */
async function listening(workspace: Workspace) {
  const { url } = await clientOf(workspace, workspace.appToken).apps.connections.open({});
  const heard: { type: string; reason?: string; envelope_id?: string }[] = [];
  const socket = new WebSocket(url!);
  socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data))));
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  await until(() => heard[0]);
  return { socket, heard, closed };
}
const order = async (workspace: Workspace, body: ControlOrder) => (await orderOf(await signIn(workspace.pageLink()), body)).json();

test.each([
  [{ how: 'cut' }, { code: 'slack_webapi_request_error' }],
  [{ how: 'hang' }, { code: 'slack_webapi_request_error' }],
  [
    { how: 'error', status: 502 },
    { code: 'slack_webapi_http_error', statusCode: 502 },
  ],
  [
    { how: 'rate-limit', retryAfter: 4 },
    { code: 'slack_webapi_rate_limited_error', retryAfter: 4 },
  ],
] as const)('an API that is away answers every call in one way: %o; the page stays, and ends it', async (as, expected) => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  expect(await order(workspace, { do: 'outage', of: 'api', as })).toEqual({ ok: true });
  await expect(client.auth.test()).rejects.toMatchObject(expected);
  await expect(client.chat.postMessage({ channel: CHANNEL, text: 'lost' })).rejects.toMatchObject(expected);
  expect(await order(workspace, { do: 'outage-over' })).toEqual({ ok: true });
  expect((await client.conversations.history({ channel: CHANNEL })).messages).toEqual([]);
});

test('sockets that are away are cut, none opens, and people see that their command did not arrive', async () => {
  const workspace = await workspaceForTest();
  const { closed } = await listening(workspace);
  workspace.control({ do: 'outage', of: 'socket' });
  await closed;
  const { url } = await clientOf(workspace, workspace.appToken).apps.connections.open({});
  const socket = new WebSocket(url!);
  await new Promise((resolve) => socket.addEventListener('error', resolve));
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  await mara.says('dispatch_failed');
});

test('a refresh that was announced delivers over the old connection until that closes', async () => {
  const workspace = await workspaceForTest();
  workspace.control({ do: 'timing', warning: 50, leave: 500 });
  const { socket, heard, closed } = await listening(workspace);
  workspace.control({ do: 'disconnect', warned: true });
  await until(() => heard.some(({ reason }) => reason === 'refresh_requested') || undefined);
  const mara = await personOn(workspace);
  const command = mara.command(CHANNEL, '/overdue');
  const envelope = await until(() => heard.find(({ type }) => type === 'slash_commands'));
  socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload: { text: 'on the old one' } }));
  await command;
  await mara.says('on the old one');
  await closed;
  expect(heard.map(({ reason }) => reason).filter((reason) => reason !== undefined)).toEqual(['warning', 'refresh_requested']);
});

test('an eleventh connection is told that there are too many, in place of hello', async () => {
  const workspace = await workspaceForTest();
  for (let n = 0; n < 10; n += 1) await listening(workspace);
  const { heard, closed } = await listening(workspace);
  await closed;
  expect(heard).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
});

test('a token is refused while it is revoked, and a renewed one is good', async () => {
  const workspace = await workspaceForTest();
  workspace.control({ do: 'revoke', token: 'bot' });
  await expect(clientOf(workspace).auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } });
  workspace.control({ do: 'renew', token: 'bot' });
  expect((await clientOf(workspace).auth.test()).ok).toBe(true);
  workspace.control({ do: 'revoke', token: 'app', error: 'invalid_auth' });
  workspace.control({ do: 'renew', token: 'app', as: 'xapp-another' });
  await expect(clientOf(workspace, workspace.appToken).apps.connections.open({})).rejects.toMatchObject({
    data: { error: 'invalid_auth' },
  });
  expect((await clientOf(workspace, 'xapp-another').apps.connections.open({})).ok).toBe(true);
});

test('Socket Mode that is switched off says so to each connection and opens none', async () => {
  const workspace = await workspaceForTest();
  workspace.control({ do: 'timing', leave: 20 });
  const { heard, closed } = await listening(workspace);
  workspace.control({ do: 'socket-mode', on: false });
  await closed;
  expect(heard.at(-1)).toMatchObject({ type: 'disconnect', reason: 'link_disabled' });
  await expect(clientOf(workspace, workspace.appToken).apps.connections.open({})).rejects.toMatchObject({
    data: { error: 'access_denied' },
  });
  workspace.control({ do: 'socket-mode', on: true });
  await listening(workspace);
});

test('apps.connections.open is tier 1: three at once, then one a minute', async () => {
  const workspace = await workspaceForTest({ limits: 'slack' });
  const client = clientOf(workspace, workspace.appToken);
  for (let n = 0; n < 3; n += 1) await client.apps.connections.open({});
  await expect(client.apps.connections.open({})).rejects.toMatchObject({ retryAfter: 60 });
});

test('a stock Bolt app that meets an outage is heard again after it, when it is short', { timeout: 30_000 }, async () => {
  const workspace = await workspaceForTest();
  await connected(workspace, (app) => app.command('/overdue', async ({ ack }) => ack('here')));
  workspace.control({ do: 'outage', of: 'both' });
  workspace.control({ do: 'outage-over' });
  const mara = await personOn(workspace);
  await until(() => mara.seen.some((event) => event.type === 'bot' && event.connected) || undefined);
  await mara.command(CHANNEL, '/overdue');
  await mara.says('here');
});
