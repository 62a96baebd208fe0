import { expect, test } from 'vitest';
import { manifest, SCOPES } from '../../src/slack/manifest.ts';
import { productFiles } from '../support/product-files.ts';

/** The scopes of each method by Slack's documentation (docs.slack.dev/reference/methods), for the kinds of channels the bot meets. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'apps.connections.open': [],
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.conversations': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};
/** Events by the scope without which Slack does not send them. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  file_shared: ['files:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  user_change: ['users:read'],
};
/** Scopes of no method: what they let through. */
const APART = ['commands', 'metadata.message:read'];

function calledMethods(): string[] {
  const called = new Set<string>();
  // Of the client, not of a list that happens to be called users or files.
  for (const { text } of productFiles((file) => file.includes('.slack.') || file.startsWith('slack/'))) {
    for (const [, name] of text.matchAll(
      /\b((?:chat|conversations|users|files|views|auth|apps\.connections|usergroups|pins|reactions|bookmarks|bots|reminders|search)\.[a-zA-Z]+)\(/g,
    ))
      called.add(name!);
  }
  return [...called].sort();
}

test('every method the bot calls is covered by its scopes, and every scope is used', async () => {
  const called = calledMethods();
  expect(called.length).toBeGreaterThan(10);
  expect(called.filter((name) => !(name in NEEDED))).toEqual([]);
  const events = manifest({ overdue: 'overdue', account: 'account', collections: 'collections' }).settings.event_subscriptions.bot_events;
  const needed = new Set([
    ...called.flatMap((name) => NEEDED[name]!),
    ...events.flatMap((name) => EVENTS[name] ?? [`unknown event ${name}`]),
    ...APART,
  ]);
  expect([...needed].sort()).toEqual(Object.keys(SCOPES).sort());
});

test('the manifest asks for these scopes and no others, and says in which mode requests come', () => {
  const names = { overdue: 'late', account: 'account', collections: 'collections' };
  const socket = manifest(names);
  expect(socket.oauth_config.scopes.bot).toEqual(Object.keys(SCOPES));
  expect(socket.settings.socket_mode_enabled).toBe(true);
  expect(socket.features.slash_commands.map((each) => each.command)).toEqual(['/late', '/account', '/collections']);
  const http = manifest(names, 'https://arrears.example.com/slack/events');
  expect(http.settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: { request_url: 'https://arrears.example.com/slack/events' },
  });
  expect(http.features.slash_commands[0]).toMatchObject({ url: 'https://arrears.example.com/slack/events' });
});
