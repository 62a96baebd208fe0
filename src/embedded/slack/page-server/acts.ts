import { z } from 'zod';
import { directConversation, saveChannel } from '../conversation/channels.ts';
import { post } from '../conversation/messages.ts';
import { pageFile } from '../conversation/page-shapes.ts';
import { slackView } from '../conversation/slack-shapes.ts';
import { emit } from '../delivery/events.ts';
import { click, suggest } from '../interactivity/actions.ts';
import { runCommand } from '../interactivity/commands.ts';
import { Problem } from '../interactivity/problem.ts';
import { runShortcut } from '../interactivity/shortcuts.ts';
import { closeModal, submit } from '../interactivity/submissions.ts';
import type { PageActionResult } from '../page-protocol.ts';
import type { Channel, Person, StateValues } from '../state/model.ts';
import { newFile } from '../web-api/files.ts';
import type { World } from '../world.ts';

const id = z.string().max(64);
const text = z.string().max(12_000);
const state = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));
const from = z.union([z.strictObject({ channel: id, ts: id }), z.strictObject({ view: id })]);
const element = z.looseObject({ action_id: z.string() });

/** A PageAction of the protocol, checked: it comes from a browser. */
export const Act = z.discriminatedUnion('do', [
  z.object({ as: id, do: z.literal('say'), channel: id, text, thread: id.optional() }),
  z.object({ as: id, do: z.literal('command'), channel: id, text, thread: id.optional() }),
  z.object({
    as: id,
    do: z.literal('click'),
    from,
    block: z.string(),
    element,
    value: z.record(z.string(), z.unknown()).nullish(),
    state: state.optional(),
  }),
  z.object({ as: id, do: z.literal('suggest'), from, block: z.string(), element, text: z.string().max(200) }),
  z.object({ as: id, do: z.literal('submit'), view: id, state }),
  z.object({ as: id, do: z.literal('close'), view: id }),
  z.object({ as: id, do: z.literal('shortcut'), callbackId: z.string(), channel: id.default(''), ts: id.optional() }),
  z.object({ as: id, do: z.literal('open-home') }),
  z.object({ as: id, do: z.literal('open-im'), user: id }),
  z.object({ as: id, do: z.literal('read'), channel: id }),
]);
export type Act = z.infer<typeof Act>;

/** The person a page acts as. @throws Problem for unknown and deactivated people and for bots */
export function actor(world: World, who: string): Person {
  const person = world.store.person(who);
  if (!person || person.kind === 'bot') throw new Problem('There is nobody by that id to act as.');
  if (person.deactivated) throw new Problem(`${person.realName} is deactivated and cannot do anything here.`);
  return person;
}

/** @throws Problem when the person is not in the channel */
export function ownChannel(world: World, person: Person, channelId: string): Channel {
  const channel = world.store.channel(channelId);
  if (!channel?.members.includes(person.id)) throw new Problem('You are not in this channel.');
  return channel;
}

function writable(world: World, person: Person, channelId: string): Channel {
  const channel = ownChannel(world, person, channelId);
  if (channel.archived) throw new Problem('This channel is archived: nothing can be added.');
  if (channel.restricted && !person.admin) throw new Problem('Only some people may post here.');
  return channel;
}

/** Text as Slack keeps it: what the page encoded stays, anything else that could be markup is escaped, @handles become mentions. */
function encoded(world: World, raw: string): string {
  const escaped = raw
    .replace(/&(?!(amp|lt|gt);)/g, '&amp;')
    .replace(/<(?!(@[A-Z0-9]+|#[A-Z0-9]+|!here|!channel|!everyone)(\|[^<>]*)?>)/g, '&lt;')
    .replace(/(<[@#!][^<>]*>)|>/g, (_whole, token) => token ?? '&gt;');
  const handles = new Map(world.store.people().map((each) => [each.name, each.id]));
  return escaped.replace(/(^|\s)@([\w.-]+)/g, (whole, before, name) => (handles.has(name) ? `${before}<@${handles.get(name)}>` : whole));
}

function say(world: World, person: Person, channelId: string, raw: string, thread?: string): void {
  const channel = writable(world, person, channelId);
  if (raw.trim() === '') throw new Problem('There is nothing to send.');
  if (thread !== undefined && !world.store.message(channel.id, thread)) throw new Problem('This thread is no longer there.');
  post(world, channel, { user: person.id, text: encoded(world, raw), byApp: false, ...(thread && { threadTs: thread }) });
}

function openHome(world: World, person: Person, tab: 'home' | 'messages'): void {
  const { channel } = directConversation(world, [person.id, world.app.botUser]);
  const home = tab === 'home' ? world.store.home(person.id) : undefined;
  const event = { type: 'app_home_opened', user: person.id, channel: channel.id, tab, event_ts: world.nextTs() };
  emit(world, { ...event, ...(home && { view: slackView(world, home) }) });
}

function openIm(world: World, person: Person, other: string): { channel: string } {
  if (!world.store.person(other)) throw new Problem('There is nobody by that id.');
  if (other === world.app.botUser) openHome(world, person, 'messages');
  return { channel: directConversation(world, [person.id, other]).channel.id };
}

/** Does what a person did on the page. @returns what the page wants to know. @throws Problem as told to the person */
export async function act(world: World, input: Act): Promise<Omit<Extract<PageActionResult, { ok: true }>, 'ok'>> {
  const person = actor(world, input.as);
  switch (input.do) {
    case 'say':
      say(world, person, input.channel, input.text, input.thread);
      return {};
    case 'command':
      await runCommand(world, person, writable(world, person, input.channel), input.text, input.thread);
      return {};
    case 'click':
      await click(world, person, { ...input, state: input.state as StateValues | undefined });
      return {};
    case 'suggest':
      return suggest(world, person, input);
    case 'submit': {
      const errors = await submit(world, person, input.view, input.state as StateValues);
      return Object.keys(errors).length > 0 ? { errors } : {};
    }
    case 'close':
      closeModal(world, person, input.view);
      return {};
    case 'shortcut':
      await runShortcut(world, person, input);
      return {};
    case 'open-home':
      openHome(world, person, 'home');
      return {};
    case 'open-im':
      return openIm(world, person, input.user);
    case 'read': {
      const channel = ownChannel(world, person, input.channel);
      world.store.markRead(person.id, channel.id, world.nextTs());
      saveChannel(world, channel);
      return {};
    }
  }
}

/** A file a person dropped into a channel, or chose in a file input when there is no channel. */
export function upload(
  world: World,
  who: string,
  channelId: string | null,
  name: string,
  bytes: Uint8Array,
): Omit<Extract<PageActionResult, { ok: true }>, 'ok'> {
  const person = actor(world, who);
  const channel = channelId === null ? null : writable(world, person, channelId);
  const plainName = name.split(/[/\\]/).at(-1)!.slice(0, 200);
  if (plainName === '' || bytes.byteLength === 0) throw new Problem('The file is empty or has no name.');
  const file = newFile(world, person.id, plainName, bytes);
  if (channel === null) return { file: pageFile(file) };
  world.store.changeFile({ ...file, channels: [channel.id] });
  post(world, channel, { user: person.id, text: '', byApp: false, subtype: 'file_share', files: [file.id] });
  return { file: pageFile(file), channel: channel.id };
}
