import { emit, messageSubscription } from '../delivery/events.ts';
import type { Channel, Message } from '../state/model.ts';
import { SLACKBOT } from '../state/seed.ts';
import type { World } from '../world.ts';
import { pageMessage } from './page-shapes.ts';
import { showPictures } from './pictures.ts';
import { slackFile, slackMessage } from './slack-shapes.ts';

const EPHEMERALS_KEPT = 500;
export type Draft = Omit<Message, 'ts' | 'channel'>;

/** Stores a message, shows it to the channel's members and tells the app when it is a member too. */
export function post(world: World, channel: Channel, draft: Draft): Message {
  const message: Message = { ...draft, channel: channel.id, ts: world.nextTs() };
  world.store.saveMessage(message);
  noteShares(world, message);
  showPictures(world, channel.id, message.blocks ?? []);
  // Nobody has their own message unread.
  world.store.markRead(message.user, channel.id, message.ts);
  world.pages.toMembers(channel, { type: 'message', message: pageMessage(world.store, message) });
  if (message.threadTs !== undefined) redrawParent(world, channel, message.threadTs);
  tellApp(world, channel, message);
  return message;
}

function noteShares(world: World, { channel, ts, threadTs, files = [] }: Message): void {
  for (const id of files) {
    const file = world.store.file(id);
    if (file) world.store.changeFile({ ...file, shares: [...(file.shares ?? []), { channel, ts, ...(threadTs && { threadTs }) }] });
  }
}

function redrawParent(world: World, channel: Channel, threadTs: string): void {
  const parent = world.store.message(channel.id, threadTs);
  if (parent) world.pages.toMembers(channel, { type: 'message-changed', message: pageMessage(world.store, parent) });
}

function botHears(world: World, channel: Channel): boolean {
  return channel.members.includes(world.app.botUser);
}

function tellApp(world: World, channel: Channel, message: Message): void {
  if (!botHears(world, channel)) return;
  const sender = world.store.person(message.user);
  const event = {
    ...slackMessage(world, message),
    type: 'message',
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'group' : channel.kind,
    event_ts: message.ts,
    ...(sender?.kind === 'external' && { user_team: sender.teamId, source_team: sender.teamId }),
  };
  emit(world, event, messageSubscription(channel.kind));
  for (const id of message.files ?? []) {
    const file = world.store.file(id);
    if (file && !message.byApp)
      emit(world, {
        type: 'file_shared',
        file_id: id,
        user_id: message.user,
        file: { id: slackFile(world, file).id },
        channel_id: channel.id,
        event_ts: message.ts,
      });
  }
  // Slack sends no app_mention in direct messages.
  const mentioned = message.text.includes(`<@${world.app.botUser}>`) && channel.kind !== 'im' && !message.byApp;
  if (mentioned) emit(world, { ...event, type: 'app_mention' });
}

/** Replaces what a message says. A message shown to one person stays with that person. */
export function change(
  world: World,
  message: Message,
  changes: Pick<Partial<Message>, 'text' | 'blocks' | 'metadata' | 'edited' | 'files' | 'reactions' | 'pinned'>,
): Message {
  const changed: Message = { ...message, ...changes };
  const event = { type: 'message-changed', message: pageMessage(world.store, changed) } as const;
  if (changed.ephemeralTo !== undefined) {
    world.ephemerals.set(`${changed.channel}/${changed.ts}`, changed);
    world.pages.tell([changed.ephemeralTo], () => event);
    return changed;
  }
  world.store.saveMessage(changed);
  showPictures(world, changed.channel, changed.blocks ?? []);
  const channel = world.store.channel(changed.channel)!;
  world.pages.toMembers(channel, event);
  // Reactions and pins are no edit; Slack has other events for them.
  if (botHears(world, channel) && changes.text !== undefined)
    announce(world, channel, 'message_changed', { message: slackMessage(world, changed), previous_message: slackMessage(world, message) });
  return changed;
}

export function remove(world: World, message: Message): void {
  const { channel: id, ts } = message;
  const event = { type: 'message-deleted', channel: id, ts } as const;
  if (message.ephemeralTo !== undefined) {
    world.ephemerals.delete(`${id}/${ts}`);
    world.pages.tell([message.ephemeralTo], () => event);
    return;
  }
  world.store.removeMessage(id, ts);
  const channel = world.store.channel(id)!;
  world.pages.toMembers(channel, event);
  if (message.threadTs !== undefined) redrawParent(world, channel, message.threadTs);
  if (botHears(world, channel))
    announce(world, channel, 'message_deleted', { deleted_ts: ts, previous_message: slackMessage(world, message) });
}

function announce(world: World, channel: Channel, subtype: string, detail: object): void {
  const ts = world.nextTs();
  const where = { channel: channel.id, channel_type: channel.kind === 'private' ? 'group' : channel.kind };
  emit(world, { type: 'message', subtype, hidden: true, ...where, ts, event_ts: ts, ...detail }, messageSubscription(channel.kind));
}

/** Shows a message to one person alone; it is in no history and gone when the page is reloaded. */
export function whisper(
  world: World,
  channel: string,
  to: string,
  draft: Omit<Draft, 'ephemeralTo' | 'user' | 'byApp'>,
  from: 'app' | 'slack' = 'app',
): Message {
  const message: Message = {
    ...draft,
    channel,
    ts: world.nextTs(),
    user: from === 'app' ? world.app.botUser : SLACKBOT,
    byApp: from === 'app',
    ephemeralTo: to,
  };
  const oldest = world.ephemerals.keys().next().value;
  if (world.ephemerals.size >= EPHEMERALS_KEPT && oldest !== undefined) world.ephemerals.delete(oldest);
  world.ephemerals.set(`${channel}/${message.ts}`, message);
  world.pages.tell([to], () => ({ type: 'message', message: pageMessage(world.store, message) }));
  return message;
}

/** A stored message or one shown to this person alone. */
export function findMessage(world: World, channel: string, ts: string, person?: string): Message | undefined {
  const ephemeral = world.ephemerals.get(`${channel}/${ts}`);
  return ephemeral && ephemeral.ephemeralTo === person ? ephemeral : world.store.message(channel, ts);
}
