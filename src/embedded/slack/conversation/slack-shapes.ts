import type { Channel, Json, Message, Person, StateValues, StoredFile, View } from '../state/model.ts';
import { OTHER_TEAM, SLACKBOT } from '../state/seed.ts';
import type { World } from '../world.ts';
import { isReady } from './pictures.ts';

/** A file object of the Web API. */
export function slackFile(world: World, file: StoredFile): Json {
  const url = `${world.baseUrl}/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    // Empty until the file is ready: what users and maintainers wait for (slackapi/java-slack-sdk#1349, node-slack-sdk#2170).
    mimetype: isReady(world, file) ? file.mimetype : '',
    filetype: isReady(world, file) ? (file.name.includes('.') ? file.name.split('.').at(-1)!.toLowerCase() : 'binary') : '',
    ...(file.altText !== undefined && { alt_txt: file.altText }),
    user: file.owner,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    url_private: url,
    url_private_download: url,
    permalink: url,
    channels: file.channels,
    shares: { public: sharesIn(world, file, ['channel']), private: sharesIn(world, file, ['private', 'im', 'mpim']) },
  };
}

function sharesIn(world: World, file: StoredFile, kinds: Channel['kind'][]): Json {
  const shares = (file.shares ?? []).filter(({ channel }) => kinds.includes(world.store.channel(channel)?.kind ?? 'channel'));
  const byChannel = Map.groupBy(shares, ({ channel }) => channel);
  return Object.fromEntries(
    [...byChannel].map(([id, each]) => [id, each.map(({ ts, threadTs }) => ({ ts, ...(threadTs && { thread_ts: threadTs }) }))]),
  );
}

/** A message object as events and history carry it. */
export function slackMessage(world: World, message: Message, withMetadata = false): Json {
  const thread = world.store.thread(message);
  const inThread = message.threadTs ?? (thread.count > 0 ? message.ts : undefined);
  return {
    type: 'message',
    ...(message.subtype && { subtype: message.subtype }),
    user: message.user,
    ts: message.ts,
    text: message.text,
    // Whoever wrote it, by their own workspace (github.com/slackapi/bolt-python/issues/1107).
    team: world.store.person(message.user)?.teamId ?? world.team.id,
    ...(message.byApp && {
      bot_id: world.app.botId,
      app_id: world.app.appId,
      bot_profile: { id: world.app.botId, app_id: world.app.appId, deleted: false },
    }),
    ...(message.blocks && { blocks: message.blocks }),
    ...(message.files && { files: world.store.filesOf(message).map((file) => slackFile(world, file)) }),
    ...(inThread && { thread_ts: inThread }),
    ...(thread.count > 0 && {
      reply_count: thread.count,
      reply_users: thread.people,
      reply_users_count: thread.people.length,
      latest_reply: thread.latest,
    }),
    ...(message.edited && { edited: { user: message.user, ts: message.edited } }),
    ...(message.reactions?.length && { reactions: message.reactions.map((each) => ({ ...each, count: each.users.length })) }),
    ...(message.metadata && withMetadata && { metadata: message.metadata }),
  };
}

/** state.values with whole file objects where the page named the uploaded files of a file_input. */
function withFiles(world: World, view: View): StateValues {
  const whole = (value: Json) => {
    const files = (value.files as { id: string }[]).flatMap(({ id }) => world.store.file(id) ?? []);
    return { ...value, files: files.map((file) => slackFile(world, file)) };
  };
  const entries = (values: StateValues[string]) =>
    Object.entries(values).map(([id, value]) => [id, value.type === 'file_input' ? whole(value) : value]);
  return Object.fromEntries(Object.entries(view.values).map(([block, values]) => [block, Object.fromEntries(entries(values))]));
}

/** A view object as views.* answers and interaction payloads carry it. */
export function slackView(world: World, view: View): Json {
  return {
    id: view.id,
    team_id: world.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    external_id: view.externalId,
    state: { values: withFiles(world, view) },
    hash: view.hash,
    title: view.title ?? null,
    close: view.close ?? null,
    submit: view.submit ?? null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: world.app.appId,
    // Of an app installed for an organisation Slack names the organisation here (github.com/slackapi/bolt-js/issues/1720).
    app_installed_team_id: world.organisation?.orgWide ? world.organisation.id : world.team.id,
    bot_id: world.app.botId,
  };
}

export function slackUser(person: Person): Json {
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deactivated,
    color: person.color.slice(1),
    real_name: person.realName,
    tz: person.timeZone,
    profile: {
      title: person.title,
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      email: person.email,
      team: person.teamId,
    },
    is_admin: person.admin,
    is_owner: false,
    is_restricted: person.kind === 'guest',
    is_ultra_restricted: false,
    // docs.slack.dev/reference/objects/user-object: true only for people with whom the app shares no channel.
    is_stranger: false,
    // Slack says of its own Slackbot that it is none.
    is_bot: person.kind === 'bot' && person.id !== SLACKBOT,
    is_app_user: false,
    updated: 0,
    // All the workspaces of a person stand here alone; team_id names one of them (docs.slack.dev/enterprise).
    ...(person.enterprise && {
      enterprise_user: {
        id: person.id,
        enterprise_id: person.enterprise.id,
        enterprise_name: person.enterprise.name,
        is_admin: false,
        is_owner: false,
        teams: person.enterprise.teams,
      },
    }),
  };
}

export function slackChannel(world: World, channel: Channel): Json {
  const isMember = channel.members.includes(world.app.botUser);
  const common = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.archived,
    is_member: isMember,
    context_team_id: world.team.id,
  };
  if (channel.kind === 'im')
    return { ...common, is_im: true, user: channel.members.find((each) => each !== world.app.botUser) ?? world.app.botUser };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    creator: channel.creator,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'channel',
    is_general: channel.name === 'general',
    // docs.slack.dev/reference/objects/conversation-object: what is shared within an organisation is not shared externally.
    is_shared: channel.shared || channel.sharing === 'organisation',
    is_ext_shared: channel.shared,
    is_org_shared: channel.sharing === 'organisation',
    ...(channel.sharing === 'organisation' && { shared_team_ids: world.organisation?.teams.map((each) => each.id) ?? [] }),
    is_pending_ext_shared: channel.sharing === 'pending',
    pending_connected_team_ids: channel.sharing === 'pending' ? [OTHER_TEAM] : [],
    ...(channel.shared && { connected_team_ids: [OTHER_TEAM] }),
    topic: { value: channel.topic, creator: channel.creator, last_set: channel.created },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}
