import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import type { Workspace } from '../../../src/embedded/slack/workspace.ts';
import { CHANNEL, MANIFEST, personOn, SILENT, workspaceForTest } from './bench.ts';

const clientOf = (workspace: Workspace, token = workspace.botToken) =>
  new WebClient(token, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, logger: SILENT });

/** The error code of a refused call. */
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'no error',
    (error) => String(error.data?.error ?? error),
  );

test('the tokens are checked, and each kind goes with its methods', async () => {
  const workspace = await workspaceForTest();
  expect(await clientOf(workspace).auth.test()).toMatchObject({
    ok: true,
    user_id: 'U0ARREARS',
    bot_id: 'B0ARREARS',
    team: 'Northwind Trading',
  });
  expect(await refusal(clientOf(workspace, 'xoxb-other').auth.test())).toBe('invalid_auth');
  expect(await refusal(new WebClient(undefined, { slackApiUrl: workspace.apiUrl }).auth.test())).toBe('not_authed');
  expect(await refusal(clientOf(workspace).apps.connections.open({}))).toBe('not_allowed_token_type');
  expect(await refusal(clientOf(workspace, workspace.appToken).users.list({}))).toBe('not_allowed_token_type');
  expect(await refusal(clientOf(workspace).apiCall('chat.scheduleEverything'))).toBe('unknown_method');
  expect(await refusal(clientOf(workspace).apiCall('constructor'))).toBe('unknown_method');
});

test('arguments come as a form or as JSON', async () => {
  const workspace = await workspaceForTest();
  const post = async (type: string, body: string) => {
    const headers = { authorization: `Bearer ${workspace.botToken}`, 'content-type': type };
    return (await (await fetch(`${workspace.apiUrl}chat.postMessage`, { method: 'POST', headers, body })).json()) as {
      ok: boolean;
      message?: { text: string };
    };
  };
  expect((await post('application/json; charset=utf-8', JSON.stringify({ channel: CHANNEL, text: 'json' }))).message?.text).toBe('json');
  expect(
    (await post('application/x-www-form-urlencoded', new URLSearchParams({ channel: CHANNEL, text: 'form' }).toString())).message?.text,
  ).toBe('form');
  expect(await post('application/json', '{')).toEqual({ ok: false, error: 'invalid_json' });
});

test('where the bot may write', async () => {
  const workspace = await workspaceForTest();
  const { chat } = clientOf(workspace);
  const post = (channel: string) => refusal(chat.postMessage({ channel, text: 'hello' }));
  expect(await post(CHANNEL)).toBe('no error');
  expect(await post('#collections')).toBe('no error');
  expect(await post('U0MARA')).toBe('no error');
  expect(await post('C0NOWHERE')).toBe('channel_not_found');
  expect(await post('C0BOARD')).toBe('channel_not_found');
  expect(await post('C0GENERAL')).toBe('not_in_channel');
  expect(await post('C0OLDAR')).toBe('is_archived');
  expect(await post('U0DORA')).toBe('user_disabled');
  workspace.control({ do: 'restrict', channel: CHANNEL });
  expect(await post(CHANNEL)).toBe('restricted_action');
  workspace.control({ do: 'remove-member', channel: 'C0SALES', person: 'U0ARREARS' });
  expect(await post('C0SALES')).toBe('not_in_channel');
  workspace.control({ do: 'archive', channel: 'C0ESCALATE' });
  expect(await post('C0ESCALATE')).toBe('is_archived');
});

test('what a message must be', async () => {
  const workspace = await workspaceForTest();
  const { chat } = clientOf(workspace);
  const post = (message: object) => refusal(chat.postMessage({ channel: CHANNEL, ...message } as never));
  expect(await post({ text: 'x'.repeat(4000) })).toBe('no error');
  expect(await post({ text: 'x'.repeat(4001) })).toBe('msg_too_long');
  expect(await post({ text: ' ' })).toBe('no_text');
  expect(await post({ text: 'x', blocks: 'divider' })).toBe('invalid_blocks_format');
  expect(await post({ markdown_text: 'x'.repeat(12_000) })).toBe('no error');
  expect(await post({ markdown_text: 'x'.repeat(12_001) })).toBe('msg_too_long');
  expect(await post({ markdown_text: 'x', text: 'x' })).toBe('markdown_text_conflict');
  expect(await post({ text: 'x', thread_ts: '1.000000' })).toBe('thread_not_found');
  expect(await post({ text: 'x', metadata: { event_type: 'card', event_payload: 'no object' } })).toBe('invalid_metadata_format');
  const faulty = chat.postMessage({
    channel: CHANNEL,
    text: 'x',
    blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
  });
  await expect(faulty).rejects.toMatchObject({
    data: {
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'] },
    },
  });
});

test('messages are changed and deleted by their author alone', async () => {
  const workspace = await workspaceForTest();
  const { chat } = clientOf(workspace);
  const mara = await personOn(workspace);
  await mara.say(CHANNEL, 'mine');
  const { ts: hers } = await mara.says('mine');
  expect(await refusal(chat.update({ channel: CHANNEL, ts: hers, text: 'no' }))).toBe('cant_update_message');
  expect(await refusal(chat.delete({ channel: CHANNEL, ts: hers }))).toBe('cant_delete_message');
  expect(await refusal(chat.update({ channel: CHANNEL, ts: '1.000000', text: 'no' }))).toBe('message_not_found');
  const posted = await chat.postMessage({ channel: CHANNEL, text: 'card', blocks: [{ type: 'divider' }] });
  await mara.says('card');
  expect(await refusal(chat.update({ channel: CHANNEL, ts: posted.ts!, text: 'x'.repeat(4001) }))).toBe('msg_too_long');
  await chat.update({ channel: CHANNEL, ts: posted.ts!, text: 'decided' });
  const changed = await mara.says('decided');
  expect([changed.edited, changed.blocks]).toEqual([true, undefined]);
  await chat.delete({ channel: CHANNEL, ts: posted.ts! });
  expect((await mara.messages(CHANNEL)).map((message) => message.text)).toEqual(['mine']);
});

test('history has the metadata when asked, replies their thread, and pages with a cursor', async () => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  const metadata = { event_type: 'card', event_payload: { id: 'd1' } };
  const parent = await client.chat.postMessage({ channel: CHANNEL, text: 'card', metadata });
  const replies: string[] = [];
  for (const n of [1, 2, 3])
    replies.push((await client.chat.postMessage({ channel: CHANNEL, text: `reply ${n}`, thread_ts: parent.ts! })).ts!);
  expect(await refusal(client.chat.postMessage({ channel: CHANNEL, text: 'x', thread_ts: replies[0]! }))).toBe('cannot_reply_to_message');
  const shown = await client.conversations.history({ channel: CHANNEL, include_all_metadata: true });
  expect(shown.messages).toMatchObject([{ text: 'card', metadata, reply_count: 3, bot_id: 'B0ARREARS' }]);
  expect((await client.conversations.history({ channel: CHANNEL })).messages?.[0]?.metadata).toBeUndefined();
  const first = await client.conversations.replies({ channel: CHANNEL, ts: parent.ts!, limit: 3 });
  expect([first.messages?.length, first.has_more]).toEqual([3, true]);
  const rest = await client.conversations.replies({
    channel: CHANNEL,
    ts: parent.ts!,
    limit: 3,
    cursor: first.response_metadata!.next_cursor!,
  });
  expect(rest.messages).toMatchObject([{ text: 'reply 3' }]);
  expect((await client.conversations.replies({ channel: CHANNEL, ts: parent.ts!, oldest: replies[1]! })).messages).toMatchObject([
    { text: 'card' },
    { text: 'reply 3' },
  ]);
  expect(await refusal(client.conversations.history({ channel: CHANNEL, cursor: 'bogus' }))).toBe('invalid_cursor');
  const { permalink } = await client.chat.getPermalink({ channel: CHANNEL, message_ts: replies[0]! });
  expect(permalink).toBe(`${workspace.pageUrl}?channel=${CHANNEL}&message=${replies[0]}&thread=${parent.ts}`);
});

test('an ephemeral reaches one person and no history, and cannot be updated', async () => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  const [mara, tom] = [await personOn(workspace), await personOn(workspace, 'U0TOM')];
  const { message_ts } = await client.chat.postEphemeral({ channel: CHANNEL, user: 'U0MARA', text: 'only you' });
  expect((await mara.says('only you')).ephemeralTo).toBe('U0MARA');
  expect(tom.shown).toEqual([]);
  expect((await client.conversations.history({ channel: CHANNEL })).messages).toEqual([]);
  expect(await mara.messages(CHANNEL)).toEqual([]);
  expect(await refusal(client.chat.update({ channel: CHANNEL, ts: message_ts!, text: 'no' }))).toBe('message_not_found');
  expect(await refusal(client.chat.postEphemeral({ channel: CHANNEL, user: 'U0ERIK', text: 'no' }))).toBe('user_not_in_channel');
});

test('people, channels and membership are what the team is made of', async () => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  const first = await client.users.list({ limit: 6 });
  const second = await client.users.list({ limit: 6, cursor: first.response_metadata!.next_cursor! });
  expect([...first.members!, ...second.members!].map((each) => each.name)).toEqual([
    'mara',
    'tom',
    'ines',
    'paul',
    'sara',
    'alex',
    'gia',
    'erik',
    'dora',
    'polly',
    'slackbot',
    'arrears',
  ]);
  const info = async (user: string) => (await client.users.info({ user })).user;
  expect(await info('U0ALEX')).toMatchObject({ is_admin: true, is_restricted: false });
  expect(await info('U0GIA')).toMatchObject({ is_restricted: true });
  expect(await info('U0ERIK')).toMatchObject({ team_id: 'T0CONTOSO', is_stranger: false });
  expect(await info('U0DORA')).toMatchObject({ deleted: true });
  expect(await info('U0POLLY')).toMatchObject({ is_bot: true });
  expect(await refusal(client.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
  expect((await client.users.lookupByEmail({ email: 'mara@northwind-trading.example' })).user?.id).toBe('U0MARA');
  expect(await refusal(client.users.lookupByEmail({ email: 'x@y.example' }))).toBe('users_not_found');
  const channels = (await client.conversations.list({ types: 'public_channel,private_channel' })).channels!;
  expect(channels.map((each) => each.name)).toEqual([
    'collections',
    'collections-escalations',
    'general',
    'sales',
    'old-receivables',
    'contoso-northwind',
  ]);
  expect(channels.find((each) => each.name === 'contoso-northwind')).toMatchObject({ is_ext_shared: true, is_member: true });
  expect(await refusal(client.conversations.info({ channel: 'C0BOARD' }))).toBe('channel_not_found');
  expect((await client.conversations.members({ channel: 'C0SALES' })).members).toContain('U0ARREARS');
  expect((await client.users.conversations({ exclude_archived: true })).channels!.map((each) => each.name)).not.toContain('general');
  expect((await client.conversations.join({ channel: 'C0GENERAL' })).channel?.is_member).toBe(true);
  expect(await client.team.info()).toMatchObject({ team: { name: 'Northwind Trading', id: 'T0NORTHWIND' } });
  expect((await client.bots.info({ bot: 'B0ARREARS' })).bot?.user_id).toBe('U0ARREARS');
});

test('a direct conversation is opened once and the same one found again', async () => {
  const workspace = await workspaceForTest();
  const { conversations } = clientOf(workspace);
  const first = await conversations.open({ users: 'U0TOM' });
  const again = await conversations.open({ users: 'U0TOM' });
  expect([again.channel?.id, again.already_open]).toEqual([first.channel?.id, true]);
  expect(await refusal(conversations.open({ users: 'U0NOBODY' }))).toBe('user_not_found');
  expect(await refusal(conversations.open({ users: 'U0POLLY' }))).toBe('cannot_dm_bot');
});

test('files.uploadV2 shares a file in a channel or thread', async () => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  const mara = await personOn(workspace);
  const parent = await client.chat.postMessage({ channel: CHANNEL, text: 'import' });
  await client.files.uploadV2({
    channel_id: CHANNEL,
    thread_ts: parent.ts!,
    filename: 'rejected.csv',
    file: Buffer.from('line;reason\n'),
    initial_comment: 'Two rows',
  });
  const shown = await mara.says('Two rows');
  expect(shown).toMatchObject({ threadTs: parent.ts, files: [{ name: 'rejected.csv', mimetype: 'text/csv', size: 12 }] });
  const file = (await client.files.info({ file: shown.files![0]!.id })).file!;
  const fetched = await fetch(file.url_private!, { headers: { authorization: `Bearer ${workspace.botToken}` } });
  expect(await fetched.text()).toBe('line;reason\n');
  const short = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
  expect((await fetch(short.upload_url!, { method: 'POST', body: 'four' })).status).toBe(400);
  expect(await refusal(client.files.completeUploadExternal({ files: [{ id: short.file_id! }] }))).toBe('file_not_found');
});

test('reactions and pins', async () => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  const { ts } = await client.chat.postMessage({ channel: CHANNEL, text: 'paid' });
  const mark = { channel: CHANNEL, timestamp: ts!, name: 'tada' };
  await client.reactions.add(mark);
  expect(await refusal(client.reactions.add(mark))).toBe('already_reacted');
  expect((await client.conversations.history({ channel: CHANNEL })).messages).toMatchObject([
    { reactions: [{ name: 'tada', count: 1, users: ['U0ARREARS'] }] },
  ]);
  await client.pins.add({ channel: CHANNEL, timestamp: ts! });
  expect(await refusal(client.pins.add({ channel: CHANNEL, timestamp: ts! }))).toBe('already_pinned');
});

test('a method without its scope is refused and says which', async () => {
  const workspace = await workspaceForTest();
  workspace.control({ do: 'scopes', scopes: ['chat:write', 'users:read'] });
  const client = clientOf(workspace);
  await expect(client.conversations.history({ channel: CHANNEL })).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'channels:history', provided: 'chat:write,users:read' },
  });
  expect(await refusal(client.reactions.add({ channel: CHANNEL, timestamp: '1.0', name: 'tada' }))).toBe('missing_scope');
  expect((await client.users.info({ user: 'U0MARA' })).user?.profile?.email).toBeUndefined();
});

test('the manifest is installed over the API, and a faulty one leaves the old', async () => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  const manifest = { ...MANIFEST, display_information: { name: 'Dunning' }, features: { slash_commands: [{ command: '/dun' }] } };
  await client.apiCall('apps.manifest.update', { manifest: JSON.stringify(manifest) });
  const mara = await personOn(workspace);
  expect(await mara.snapshot()).toMatchObject({ bot: { name: 'Dunning', connected: false }, commands: [{ command: '/dun' }] });
  expect(() => workspace.install({ display_information: {}, features: { slash_commands: [{ command: 'dun' }] } })).toThrow(
    /display_information.name.*slash_commands.0.command/,
  );
  const { oauth_config: _scopes, ...unscoped } = MANIFEST;
  expect(() => workspace.install(unscoped)).toThrow(/need the scope commands.*message.channels needs the scope channels:history/);
  expect(await refusal(client.apiCall('apps.manifest.update', { manifest: '{}' }))).toBe('invalid_manifest');
  expect((await mara.snapshot()).commands).toMatchObject([{ command: '/dun' }]);
});

test('a block that is drawn again as it was keeps its id, so that a click on it still counts; where something is entered it gets a new one', async () => {
  const client = clientOf(await workspaceForTest());
  const button = { type: 'button' as const, action_id: 'open', text: { type: 'plain_text' as const, text: 'Open' }, value: 'a' };
  const drawn = async (head: string) => {
    const row = { type: 'actions' as const, elements: [button] };
    const input = {
      type: 'input' as const,
      label: { type: 'plain_text' as const, text: 'Note' },
      element: { type: 'plain_text_input' as const, action_id: 'note' },
    };
    const blocks = [{ type: 'header' as const, text: { type: 'plain_text' as const, text: head } }, row, row, input];
    const { view } = await client.views.publish({ user_id: 'U0MARA', view: { type: 'home', blocks } });
    return (view as { blocks: { block_id: string }[] }).blocks.map((block) => block.block_id);
  };
  const [before, after] = [await drawn('9:00'), await drawn('9:01')];
  expect(after.map((id, index) => id === before[index])).toEqual([false, true, true, false]);
  expect(new Set(after).size).toBe(4);
});
