import { pageChannel, pageMessage, pageUser, pageView } from '../conversation/page-shapes.ts';
import { pageCommands, pageShortcuts } from '../install.ts';
import type { PageMessage, PageSnapshot } from '../page-protocol.ts';
import { appName, type World } from '../world.ts';
import { actor, ownChannel } from './acts.ts';

const MESSAGES_SHOWN = 50;

/** Everything the page draws first; without `as`, for the first featured person. @throws Problem when nobody can be acted as by that id */
export function snapshot(world: World, as: string): PageSnapshot {
  const me = actor(world, as || (world.store.people().find((each) => each.featured)?.id ?? ''));
  const home = world.store.home(me.id);
  const mine = world.store.channels().filter((each) => each.members.includes(me.id));
  return {
    team: { id: world.team.id, name: world.team.name },
    bot: { id: world.app.botUser, name: appName(world), connected: world.delivery.transport.connected() },
    me: me.id,
    users: world.store.people().map(pageUser),
    channels: mine.map((each) => pageChannel(world.store, each, me.id)),
    commands: pageCommands(world),
    shortcuts: pageShortcuts(world),
    home: home ? pageView(home) : null,
    modals: world.modals.of(me.id).map(pageView),
  };
}

/** The newest messages of a channel, or of a thread with its parent first; oldest first. */
export function messages(world: World, as: string, channelId: string, thread: string | null, before: string | null): PageMessage[] {
  const channel = ownChannel(world, actor(world, as), channelId);
  const span = { limit: MESSAGES_SHOWN, ...(before !== null && { before }) };
  if (thread === null)
    return world.store
      .history(channel.id, span)
      .reverse()
      .map((each) => pageMessage(world.store, each));
  const parent = world.store.message(channel.id, thread);
  const replies = world.store.replies(channel.id, thread, { ...span, limit: 1000 }).slice(-MESSAGES_SHOWN);
  return [...(parent && before === null ? [parent] : []), ...replies].map((each) => pageMessage(world.store, each));
}
