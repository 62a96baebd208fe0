import { directConversation } from '../conversation/channels.ts';
import type { Channel, Message, Person } from '../state/model.ts';
import type { World } from '../world.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';

/** A channel the bot may know of. @throws ApiError channel_not_found, also for a private one the bot is not in */
export function visibleChannel(world: World, args: Args): Channel {
  const name = args.required('channel');
  const channel =
    world.store.channel(name) ??
    world.crowd.find((each) => each.id === name) ??
    world.store.channels().find((each) => each.kind === 'channel' && `#${each.name}` === name);
  if (!channel || (channel.kind !== 'channel' && !isMember(world, channel))) throw new ApiError('channel_not_found');
  return channel;
}

export function isMember(world: World, channel: Channel): boolean {
  return channel.members.includes(world.app.botUser);
}

/** A channel the bot is in. @throws ApiError channel_not_found or not_in_channel */
export function joinedChannel(world: World, args: Args): Channel {
  const channel = visibleChannel(world, args);
  if (!isMember(world, channel)) throw new ApiError('not_in_channel');
  return channel;
}

/** Where the bot may write. A person's id stands for the direct conversation with them. */
export function writableChannel(world: World, args: Args): Channel {
  const person = world.store.person(args.required('channel'));
  if (person && (person.kind === 'bot' || person.deactivated)) throw new ApiError(person.deactivated ? 'user_disabled' : 'cannot_dm_bot');
  const channel = person ? directConversation(world, [person.id, world.app.botUser]).channel : visibleChannel(world, args);
  if (channel.archived) throw new ApiError('is_archived');
  const inPublic = channel.kind === 'channel' && world.scopes.has('chat:write.public');
  if (!isMember(world, channel) && !inPublic) throw new ApiError('not_in_channel');
  if (channel.restricted) throw new ApiError('restricted_action');
  if (channel.kind === 'im' && world.manifest?.features.app_home?.messages_tab_enabled === false)
    throw new ApiError('messages_tab_disabled');
  return channel;
}

/**
 * The workspace that a list is asked of. An org-wide token stands for several and must name one; a token of one workspace need not, and what
 * it names is ignored (api.slack.com/enterprise/apps/changes-apis).
 * @throws ApiError missing_argument, or team_access_not_granted for a workspace that is none of the organisation's
 */
export function listedTeam(world: World, args: Args): string {
  if (!world.organisation?.orgWide) return world.team.id;
  const team = args.text('team_id');
  if (!team) throw new ApiError('missing_argument');
  if (!world.organisation.teams.some((each) => each.id === team)) throw new ApiError('team_access_not_granted');
  return team;
}

export function personNamed(world: World, id: string): Person {
  const person = world.store.person(id);
  if (!person) throw new ApiError('user_not_found');
  return person;
}

/** A stored message by channel and ts. @throws ApiError message_not_found */
export function messageNamed(world: World, channel: Channel, ts: string): Message {
  const message = world.store.message(channel.id, ts);
  if (!message) throw new ApiError('message_not_found');
  return message;
}
