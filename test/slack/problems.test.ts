import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/embedded/slack/workspace.ts';
import { createLog } from '../../src/log.ts';
import { connectSlack, type SlackConnection } from '../../src/slack/connect.ts';
import { channelProblem, findChannel } from '../../src/slack/destination.ts';
import { manifest, SCOPES } from '../../src/slack/manifest.ts';

const NAMES = { overdue: 'overdue', account: 'account', collections: 'collections' };
let workspace: Workspace;
const said: string[] = [];
const log = createLog('warn', { write: (line) => void said.push(line) });
beforeEach(async () => {
  said.length = 0;
  workspace = await startWorkspace({ dir: null, limits: 'off' });
  workspace.install(manifest(NAMES));
});
afterEach(() => workspace.stop());

const connection = (change: Partial<SlackConnection> = {}): SlackConnection => ({
  botToken: workspace.botToken,
  mode: { kind: 'socket', appToken: workspace.appToken },
  apiUrl: workspace.apiUrl,
  ...change,
});

test('a wrong bot token says where the right one is', async () => {
  await expect(connectSlack(connection({ botToken: 'xoxb-wrong' }), log)).rejects.toThrow('Copy the Bot User OAuth Token (xoxb-…) again');
});

test('a wrong app token says where a new one is made, before the socket tries for ever', async () => {
  const slack = await connectSlack(connection({ mode: { kind: 'socket', appToken: 'xapp-wrong' } }), log);
  await expect(slack.start()).rejects.toThrow('Basic Information → App-Level Tokens → Generate');
});

test('Socket Mode that is switched off says where the switch is', async () => {
  workspace.control({ do: 'fault', fault: { fault: 'refuse', method: 'apps.connections.open', error: 'access_denied' } });
  const slack = await connectSlack(connection(), log);
  await expect(slack.start()).rejects.toThrow('Socket Mode → Enable');
});

test.each([
  ['account_inactive', 'Install it again'],
  ['token_revoked', 'was revoked'],
  ['app_not_installed', 'Install to Workspace'],
])('%s says how to install', async (error, words) => {
  workspace.control({ do: 'fault', fault: { fault: 'refuse', method: 'auth.test', error } });
  await expect(connectSlack(connection(), log)).rejects.toThrow(words);
});

test('Slack that cannot be reached is told as that', async () => {
  await expect(connectSlack(connection({ apiUrl: 'http://127.0.0.1:9/api/' }), log)).rejects.toThrow('cannot be reached');
});

test('a scope that was not granted is named with what it is for and how to grant it', async () => {
  workspace.control({ do: 'scopes', scopes: Object.keys(SCOPES).filter((scope) => scope !== 'im:write') });
  const slack = await connectSlack(connection(), log);
  await slack.app.client.auth.test();
  expect(said.join()).toContain('im:write (direct messages to collectors)');
  expect(said.join()).toContain('Reinstall to Workspace');
});

test.each([
  ['C0BOARD', 'There is no channel', '/invite'],
  ['C0GENERAL', 'I am not in #general', '/invite @arrears'],
  ['C0OLDAR', 'is archived', 'Unarchive'],
  ['C0CONTOSO', 'is shared with another company', 'set a channel of your own company'],
])('%s cannot take the digest: %s', async (channel, why, what) => {
  const slack = await connectSlack(connection(), log);
  const problem = channelProblem(await findChannel(slack.app.client, channel), channel, slack.botName);
  expect(problem).toContain(why);
  expect(problem).toContain(what);
});

test('the team’s channel can', async () => {
  const slack = await connectSlack(connection(), log);
  expect(channelProblem(await findChannel(slack.app.client, 'collections'), 'collections', slack.botName)).toBeNull();
});
