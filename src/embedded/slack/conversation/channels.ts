import { emit } from '../delivery/events.ts';
import type { Channel } from '../state/model.ts';
import { OTHER_TEAM } from '../state/seed.ts';
import type { World } from '../world.ts';
import { pageChannel } from './page-shapes.ts';

/** Saves a channel and shows its new state to its members, and to those who just left. */
export function saveChannel(world: World, channel: Channel, alsoTell: string[] = []): void {
  world.store.saveChannel(channel);
  world.pages.tell([...channel.members, ...alsoTell], (person) => ({
    type: 'channel',
    channel: pageChannel(world.store, channel, person),
  }));
}

/** The direct conversation of these people, opened when there is none yet. Two members: im, more: mpim. */
export function directConversation(world: World, people: string[]): { channel: Channel; opened: boolean } {
  const members = [...new Set(people)].sort();
  const kind = members.length > 2 ? 'mpim' : 'im';
  const known = world.store
    .channels()
    .find((each) => each.kind === kind && each.members.length === members.length && each.members.every((id, i) => id === members[i]));
  if (known) return { channel: known, opened: false };
  const id = `${kind === 'im' ? 'D' : 'G'}0${(world.store.channels().length + 1).toString(36).toUpperCase().padStart(7, '0')}`;
  const names = members.map((each) => world.store.person(each)?.name ?? each);
  const name = kind === 'im' ? '' : `mpdm-${names.join('--')}-1`;
  const channel: Channel = {
    id,
    name,
    kind,
    topic: '',
    archived: false,
    shared: false,
    restricted: false,
    members,
    creator: members[0]!,
    created: Math.floor(Date.now() / 1000),
  };
  saveChannel(world, channel);
  return { channel, opened: true };
}

export function addMember(world: World, channel: Channel, person: string, inviter: string): void {
  if (channel.members.includes(person)) return;
  saveChannel(world, { ...channel, members: [...channel.members, person] });
  const type = channel.kind === 'private' ? 'G' : 'C';
  emit(world, {
    type: 'member_joined_channel',
    user: person,
    channel: channel.id,
    channel_type: type,
    team: world.team.id,
    inviter,
    event_ts: world.nextTs(),
  });
}

export function removeMember(world: World, channel: Channel, person: string): void {
  const members = channel.members.filter((each) => each !== person);
  saveChannel(world, { ...channel, members }, [person]);
  if (person !== world.app.botUser) return;
  const event = channel.kind === 'private' ? 'group_left' : 'channel_left';
  emit(world, { type: event, channel: channel.id, event_ts: world.nextTs() });
}

/** Slack tells apps only of what is accepted and ended (docs.slack.dev/reference/events/channel_shared), not of an invitation. */
export function share(world: World, channel: Channel, how: 'accepted' | 'pending' | 'organisation' | 'ended'): void {
  const { sharing: _, ...rest } = channel;
  saveChannel(world, { ...rest, shared: how === 'accepted', ...(how === 'pending' || how === 'organisation' ? { sharing: how } : {}) });
  if (how === 'pending' || how === 'organisation') return;
  const type = how === 'accepted' ? 'channel_shared' : 'channel_unshared';
  emit(world, { type, channel: channel.id, connected_team_id: OTHER_TEAM, event_ts: world.nextTs() });
}

export function archive(world: World, channel: Channel, by: string): void {
  saveChannel(world, { ...channel, archived: true });
  emit(world, {
    type: channel.kind === 'private' ? 'group_archive' : 'channel_archive',
    channel: channel.id,
    user: by,
    event_ts: world.nextTs(),
  });
}
