import { change, post, remove, whisper } from '../conversation/messages.ts';
import { slackMessage } from '../conversation/slack-shapes.ts';
import { POST_PER_CHANNEL, POST_PER_TEAM } from '../rate-limits.ts';
import type { Channel, Json, Message } from '../state/model.ts';
import type { World } from '../world.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { readContent, readMetadata } from './content.ts';
import { isMember, messageNamed, visibleChannel, writableChannel } from './lookup.ts';
import { type Method, method } from './method.ts';
import { RateLimited } from './rate-limited.ts';

/** @throws ApiError thread_not_found, or cannot_reply_to_message when the ts is a reply's own */
function threadArg(world: World, channel: Channel, args: Args): string | undefined {
  const ts = args.text('thread_ts');
  if (!ts) return undefined;
  const parent = world.store.message(channel.id, ts);
  if (!parent) throw new ApiError('thread_not_found');
  if (parent.threadTs !== undefined && parent.threadTs !== ts) throw new ApiError('cannot_reply_to_message');
  return ts;
}

function postMessage(world: World, args: Args): Json {
  const channel = writableChannel(world, args);
  const content = readContent(world, args);
  const metadata = readMetadata(args);
  const threadTs = threadArg(world, channel, args);
  const wait =
    world.limits.take('chat.postMessage', POST_PER_TEAM) || world.limits.take(`chat.postMessage ${channel.id}`, POST_PER_CHANNEL);
  if (wait > 0) throw new RateLimited(wait);
  const draft = { ...content, user: world.app.botUser, byApp: true, ...(metadata && { metadata }), ...(threadTs && { threadTs }) };
  const message = post(world, channel, { ...draft, ...(threadTs && args.flag('reply_broadcast') && { broadcast: true }) });
  return { channel: channel.id, ts: message.ts, message: slackMessage(world, message, true) };
}

function postEphemeral(world: World, args: Args): Json {
  const channel = visibleChannel(world, args);
  if (channel.archived) throw new ApiError('is_archived');
  if (!isMember(world, channel)) throw new ApiError('not_in_channel');
  const person = world.store.person(args.required('user'));
  if (!person || person.deactivated || !channel.members.includes(person.id)) throw new ApiError('user_not_in_channel');
  const threadTs = threadArg(world, channel, args);
  const message = whisper(world, channel.id, person.id, { ...readContent(world, args), ...(threadTs && { threadTs }) });
  return { message_ts: message.ts };
}

/** @throws ApiError cant_update_message or cant_delete_message for what the app did not post */
function ownMessage(world: World, args: Args, error: string): { channel: Channel; message: Message } {
  const channel = visibleChannel(world, args);
  const message = messageNamed(world, channel, args.required('ts'));
  if (!message.byApp) throw new ApiError(error);
  if (channel.archived) throw new ApiError('is_archived');
  return { channel, message };
}

function update(world: World, args: Args): Json {
  const { channel, message } = ownMessage(world, args, 'cant_update_message');
  const content = readContent(world, args);
  const metadata = readMetadata(args);
  // Text without blocks removes the old blocks; metadata left out stays.
  const changes = { text: content.text, blocks: content.blocks, edited: world.nextTs(), ...(metadata && { metadata }) };
  const changed = change(world, message, changes);
  return { channel: channel.id, ts: message.ts, text: changed.text, message: slackMessage(world, changed, true) };
}

export const CHAT_METHODS: Record<string, Method> = {
  'chat.postMessage': method(null, ['chat:write'], postMessage),
  'chat.postEphemeral': method(4, ['chat:write'], postEphemeral),
  'chat.update': method(3, ['chat:write'], update),
  'chat.delete': method(3, ['chat:write'], (world, args) => {
    const { channel, message } = ownMessage(world, args, 'cant_delete_message');
    remove(world, message);
    return { channel: channel.id, ts: message.ts };
  }),
  'chat.getPermalink': method(null, [], (world, args) => {
    const channel = visibleChannel(world, args);
    const message = messageNamed(world, channel, args.required('message_ts'));
    const thread = message.threadTs && message.threadTs !== message.ts ? `&thread=${message.threadTs}` : '';
    return { channel: channel.id, permalink: `${world.baseUrl}/?channel=${channel.id}&message=${message.ts}${thread}` };
  }),
  'reactions.add': method(3, ['reactions:write'], (world, args) => {
    const channel = visibleChannel(world, args);
    const name = args.required('name');
    if (!/^[\w+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new ApiError('invalid_name');
    const message = messageNamed(world, channel, args.required('timestamp'));
    const old = message.reactions ?? [];
    if (old.some((each) => each.name === name && each.users.includes(world.app.botUser))) throw new ApiError('already_reacted');
    const mine = { name, users: [...(old.find((each) => each.name === name)?.users ?? []), world.app.botUser] };
    change(world, message, { reactions: [...old.filter((each) => each.name !== name), mine] });
    return {};
  }),
  'pins.add': method(2, ['pins:write'], (world, args) => {
    const channel = visibleChannel(world, args);
    if (!isMember(world, channel)) throw new ApiError('not_in_channel');
    const message = messageNamed(world, channel, args.required('timestamp'));
    if (message.pinned) throw new ApiError('already_pinned');
    change(world, message, { pinned: true });
    return {};
  }),
};
