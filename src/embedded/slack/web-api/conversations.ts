import { addMember, directConversation } from '../conversation/channels.ts';
import { slackChannel, slackMessage } from '../conversation/slack-shapes.ts';
import type { Channel, Json } from '../state/model.ts';
import type { Span } from '../state/store.ts';
import type { World } from '../world.ts';
import { ApiError } from './api-error.ts';
import { type Args, page } from './args.ts';
import { isMember, joinedChannel, listedTeam, personNamed, visibleChannel } from './lookup.ts';
import { type Method, method } from './method.ts';

const TYPE = { channel: 'public_channel', private: 'private_channel', im: 'im', mpim: 'mpim' } as const;
const PREFIX = { channel: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;

/** @throws ApiError missing_scope when the channel's kind is not covered */
function needs(world: World, channel: Channel, what: 'read' | 'history'): void {
  const needed = `${PREFIX[channel.kind]}:${what}`;
  if (!world.scopes.has(needed)) throw new ApiError('missing_scope', { needed, provided: [...world.scopes].join(',') });
}

function listed(world: World, args: Args, chosen: (channel: Channel) => boolean): Json {
  const types = args.has('types') ? args.list('types') : ['public_channel'];
  const unknown = types.find((type) => !Object.values<string>(TYPE).includes(type));
  if (unknown) throw new ApiError('invalid_types');
  const team = listedTeam(world, args);
  const all = [...world.crowd, ...world.store.channels()]
    .filter((each) => team === world.team.id || each.sharing === 'organisation')
    .filter((each) => types.includes(TYPE[each.kind]) && chosen(each) && !(args.flag('exclude_archived') && each.archived));
  for (const each of all) needs(world, each, 'read');
  // docs.slack.dev/reference/methods/users.conversations: a limit of at most 999.
  const { items, cursor } = page(all, args, 100, 999);
  return { channels: items.map((each) => slackChannel(world, each)), response_metadata: { next_cursor: cursor } };
}

/** docs.slack.dev/reference/methods/users.conversations: objects without is_member and num_members. */
function listedOf(world: World, args: Args): Json {
  const person = args.text('user') ?? world.app.botUser;
  const answer = listed(world, args, (each) => each.members.includes(person) && (each.kind === 'channel' || isMember(world, each)));
  const channels = (answer.channels as Json[]).map(({ is_member: _member, num_members: _members, ...channel }) => channel);
  return { ...answer, channels };
}

function span(args: Args, limit: number): Span {
  const [after, before] = [args.text('oldest'), args.text('latest')];
  return { limit, inclusive: args.flag('inclusive'), ...(after && { after }), ...(before && { before }) };
}

const ALL = 100_000;

function history(world: World, args: Args): Json {
  const channel = joinedChannel(world, args);
  needs(world, channel, 'history');
  const { items, cursor } = page(world.store.history(channel.id, span(args, ALL)), args, 100);
  const messages = items.map((each) => slackMessage(world, each, args.flag('include_all_metadata')));
  return { messages, has_more: cursor !== '', response_metadata: { next_cursor: cursor } };
}

function replies(world: World, args: Args): Json {
  const channel = joinedChannel(world, args);
  needs(world, channel, 'history');
  const parent = world.store.message(channel.id, args.required('ts'));
  if (!parent) throw new ApiError('thread_not_found');
  const thread = [parent, ...world.store.replies(channel.id, parent.ts, span(args, ALL))];
  const { items, cursor } = page(thread, args, 1000);
  const messages = items.map((each) => slackMessage(world, each, args.flag('include_all_metadata')));
  return { messages, has_more: cursor !== '', response_metadata: { next_cursor: cursor } };
}

function open(world: World, args: Args): Json {
  if (args.has('channel')) return { channel: slackChannel(world, visibleChannel(world, args)), no_op: true, already_open: true };
  const people = args.list('users').map((id) => personNamed(world, id));
  if (people.length === 0) throw new ApiError('users_list_not_supplied');
  if (people.some((each) => each.deactivated)) throw new ApiError('user_disabled');
  if (people.some((each) => each.kind === 'bot')) throw new ApiError('cannot_dm_bot');
  if (people.length > 8) throw new ApiError('too_many_users');
  const { channel, opened } = directConversation(world, [...people.map((each) => each.id), world.app.botUser]);
  const whole = args.flag('return_im') ? slackChannel(world, channel) : { id: channel.id };
  return { channel: whole, ...(!opened && { no_op: true, already_open: true }) };
}

export const CONVERSATION_METHODS: Record<string, Method> = {
  'conversations.list': method(2, [], (world, args) => listed(world, args, (each) => each.kind === 'channel' || isMember(world, each))),
  'users.conversations': method(3, [], listedOf),
  'conversations.info': method(3, [], (world, args) => {
    const channel = visibleChannel(world, args);
    needs(world, channel, 'read');
    return { channel: slackChannel(world, channel) };
  }),
  'conversations.members': method(4, [], (world, args) => {
    const channel = visibleChannel(world, args);
    needs(world, channel, 'read');
    const { items, cursor } = page(channel.members, args, 100);
    return { members: items, response_metadata: { next_cursor: cursor } };
  }),
  'conversations.history': method(3, [], history),
  'conversations.replies': method(3, [], replies),
  'conversations.open': method(3, ['im:write|mpim:write'], open),
  'conversations.join': method(3, ['channels:join'], (world, args) => {
    const channel = visibleChannel(world, args);
    if (channel.archived) throw new ApiError('is_archived');
    if (channel.kind !== 'channel') throw new ApiError('method_not_supported_for_channel_type');
    const already = isMember(world, channel);
    addMember(world, channel, world.app.botUser, world.app.botUser);
    return { channel: slackChannel(world, world.store.channel(channel.id)!), ...(already && { warning: 'already_in_channel' }) };
  }),
};
