/** Long: every path into the bot stands here in one list, so that none is without its guard. */
import type { App, BlockAction, MessageShortcut, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Permission } from '../domain/team.ts';
import type { CommandNames, Settings } from '../operations/ports.ts';
import { tellPrivately } from './direct.ts';
import { pressed } from './pressed.ts';
import type { Reply } from './reply.ts';
import { sentence } from './reply.ts';
import { KEPT_FROM_SHARING, keptFromSharing } from './shared-channels.ts';
import { clip } from './text.ts';

/** Who asks, from where. Ids are Slack's. */
export interface Asker {
  readonly user: string;
  readonly team: string;
  readonly channel: string;
}

interface Base {
  readonly asker: Asker;
  readonly client: WebClient;
  readonly settings: Settings;
  /** Lives three seconds, usable once: open a loading modal first where work follows. */
  readonly triggerId: string;
  /** Only the asker sees it. A submission has no place of its own: there it replaces the modal. */
  readonly answer: (reply: Reply) => Promise<void>;
  /** To the asker alone in a channel, or by direct message where the bot cannot post. */
  readonly tell: (channel: string, reply: Reply) => Promise<void>;
}

export interface CommandRequest extends Base {
  /** What stands behind the command's (or part's) name, trimmed. */
  readonly text: string;
}

export interface ClickRequest extends Base {
  /** The button's value or the chosen option's. */
  readonly value: string;
  readonly body: BlockAction;
  /** Replaces the ephemeral message that was clicked. */
  readonly replace: (reply: Reply) => Promise<void>;
  /** Tells Slack that the click has taken effect, before the work that may take longer; for listeners that commit. */
  readonly committed: () => Promise<void>;
}

interface ClickListener extends Listener<ClickRequest> {
  /** Slack is told only once the effect is written: a click that was lost shows as failed to the person, who can click again. */
  readonly commits?: true;
}

export interface SubmitRequest extends Base {
  /** Work for after the answer to Slack, which may take no longer than three seconds; a failure is told to the asker. */
  readonly later: (work: () => Promise<void>) => void;
  readonly view: ViewSubmitAction['view'];
}

export interface EventRequest extends Base {
  /** As Slack sent it: untrusted, and by the time of a replay perhaps of an hour ago. */
  readonly event: Readonly<Record<string, unknown>>;
}

export interface ShortcutRequest extends Base {
  /** The message it was chosen on, as Slack sent it: untrusted. */
  readonly body: MessageShortcut;
}

export interface OptionsRequest extends Base {
  /** What was typed so far. */
  readonly text: string;
}

interface Listener<Request, Answer = void> {
  readonly may: Permission;
  readonly run: (request: Request) => Promise<Answer>;
}

/** Something a person types: `usage` without the command's name, `help` in one line. */
export interface TypedListener extends Listener<CommandRequest> {
  readonly usage: string;
  readonly help: string;
}

interface EventListener extends Listener<EventRequest> {
  /** What the person did, for a refusal; null when it is none of the bot's business and nobody must be answered. Looks and does nothing. */
  readonly about?: (request: EventRequest) => Promise<string | null>;
}

type SubmitAnswer = ViewResponseAction | undefined;

/** One business subject: its commands, buttons and modals together. Keys: command keys, first words behind /collections, action and callback ids. */
export interface Subject {
  readonly commands?: Partial<Record<Exclude<keyof CommandNames, 'collections'>, TypedListener>>;
  readonly parts?: Readonly<Record<string, TypedListener>>;
  readonly clicks?: Readonly<Record<string, ClickListener>>;
  /** Undefined closes the modal. Answered within three seconds: at most one read and one write before. */
  readonly submits?: Readonly<Record<string, Listener<SubmitRequest, SubmitAnswer>>>;
  /** By callback id; shortcuts of a message's menu, each of which must be in the manifest. */
  readonly shortcuts?: Readonly<Record<string, Listener<ShortcutRequest>>>;
  /** By action id: choices of a select that asks while one types; at most 100. */
  readonly options?: Readonly<Record<string, Listener<OptionsRequest, PlainTextOption[]>>>;
  /** By event type; those a person caused. Each runs once (inbox.ts) and must be among the manifest's bot_events. */
  readonly events?: Readonly<Record<string, EventListener>>;
}

export interface ListenerPorts {
  readonly settings: () => Promise<Settings>;
  /** One sentence for people when the asker may not, else null. */
  readonly refusal: (asker: Asker, needed: Permission) => Promise<string | null>;
  readonly log: Logger;
}

export interface Listeners {
  readonly commands: Record<string, TypedListener>;
  readonly parts: Record<string, TypedListener>;
  readonly clicks: Record<string, ClickListener>;
  readonly submits: Record<string, Listener<SubmitRequest, SubmitAnswer>>;
  readonly shortcuts: Record<string, Listener<ShortcutRequest>>;
  readonly options: Record<string, Listener<OptionsRequest, PlainTextOption[]>>;
  readonly events: Record<string, EventListener>;
}

/** Refuses names used twice, so that no listener hides another. */
export function mergeSubjects(subjects: readonly Subject[]): Listeners {
  const merged: Record<keyof Listeners, Record<string, unknown>> = {
    commands: {},
    parts: {},
    clicks: {},
    submits: {},
    shortcuts: {},
    options: {},
    events: {},
  };
  for (const subject of subjects) {
    for (const kind of Object.keys(merged) as (keyof Listeners)[]) {
      for (const [name, listener] of Object.entries(subject[kind] ?? {})) {
        if (name in merged[kind]) throw new Error(`two subjects listen to ${kind} ${name}`);
        merged[kind][name] = listener;
      }
    }
  }
  return merged as unknown as Listeners;
}

/** Said by a subject when the request cannot be carried out: what happened, what was kept, what to do. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const OLD_BUTTON =
  'This button belongs to an older message and does nothing any more. Nothing was changed. Ask for the list or card again to get current buttons.';

type Guarded = <R extends Base, A>(listener: Listener<R, A>, request: R) => Promise<A | undefined>;

/**
 * Every path into the bot: each request is acknowledged, authorized and run here, and a failure is told to the person who asked.
 * An action id may carry a suffix behind a colon, since Slack wants ids unique within a block.
 */
export function registerListeners(app: App, listeners: Listeners, ports: ListenerPorts): void {
  const guarded: Guarded = async (listener, request) => {
    try {
      const refusal = await ports.refusal(request.asker, listener.may);
      if (refusal) throw new Refused(refusal);
      return await listener.run(request);
    } catch (error) {
      await request.answer(sentence(told(error, ports.log))).catch((failed) => ports.log.warn({ err: failed }, 'could not tell the asker'));
      return undefined;
    }
  };

  app.command(/.*/, async ({ command, ack, respond, client }) => {
    await ack();
    const settings = await ports.settings();
    const answer = async (reply: Reply) => void (await respond({ response_type: 'ephemeral', ...reply }));
    const asker = { user: command.user_id, team: command.team_id, channel: command.channel_id };
    const tell = (channel: string, reply: Reply) => tellPrivately(client, asker.user, channel, reply);
    const base = { asker, client, settings, triggerId: command.trigger_id, answer, tell };
    const name = command.command.slice(1);
    const key = commandKey(settings.commands, name) ?? (settings.formerCommands && commandKey(settings.formerCommands, name));
    const text = command.text.trim();
    if (key !== 'collections') {
      const listener = key && listeners.commands[key];
      if (listener) return void (await guarded(listener, { ...base, text }));
      return answer(sentence(`The command \`/${name}\` is not set up for this bot. Try \`/${settings.commands.collections} help\`.`));
    }
    const [word = '', ...rest] = text.split(/\s+/);
    const part = listeners.parts[word.toLowerCase() || 'help'];
    if (part) return void (await guarded(part, { ...base, text: rest.join(' ') }));
    const known = Object.keys(listeners.parts).sort().join(', ');
    return answer(sentence(`I do not know that part of \`/${name}\`. Known: ${known}. For example: \`/${name} help\`.`));
  });

  app.action<BlockAction>(/.*/, async ({ body, action, ack, respond, client }) => {
    const { name, value, menu } = pressed(action);
    const listener = listeners.clicks[name];
    if (!listener?.commits) await ack();
    const asker = { user: body.user.id, team: body.user.team_id ?? body.team?.id ?? '', channel: body.channel?.id ?? '' };
    const answer = async (reply: Reply) => {
      if (body.response_url) return void (await respond({ response_type: 'ephemeral', replace_original: false, ...reply }));
      await tell(asker.channel, reply);
    };
    const tell = (channel: string, reply: Reply) => tellPrivately(client, asker.user, channel, reply);
    // Only a message of the asker's own is redrawn in place, seen by nobody else; one posted in a channel belongs to everybody.
    const mine = body.container.type === 'message' && (body.container.is_ephemeral === true || asker.channel.startsWith('D'));
    let redrawn = false;
    const replace = async (reply: Reply) => {
      redrawn = true;
      await (mine ? respond({ replace_original: true, ...reply }) : answer(reply));
    };
    const settings = await ports.settings();
    let committed = async () => {
      committed = async () => {};
      if (listener?.commits) await ack();
    };
    const base = { asker, client, settings, triggerId: body.trigger_id, answer, tell, replace, body, value };
    const request = { ...base, committed: () => committed() };
    if (!listener) return 'url' in action ? undefined : answer(sentence(OLD_BUTTON));
    const ran = await guarded({ may: listener.may, run: async (each: ClickRequest) => listener.run(each).then(() => true) }, request);
    await committed();
    // A menu keeps its choice, and the same choice once more is no click in Slack: the card around it is drawn anew.
    if (ran && menu && mine && !redrawn) await guarded(listeners.clicks['account-card']!, { ...request, answer: replace });
  });

  app.view<ViewSubmitAction>({ callback_id: /.*/, type: 'view_submission' }, async ({ body, ack, client }) => {
    const asker = { user: body.user.id, team: body.user.team_id ?? body.team?.id ?? '', channel: '' };
    let problem: Reply | null = null;
    const answer = async (reply: Reply) => {
      problem = reply;
    };
    const listener = listeners.submits[body.view.callback_id];
    const tell = (channel: string, reply: Reply) => tellPrivately(client, asker.user, channel, reply);
    const afterwards: (() => Promise<void>)[] = [];
    const later = (work: () => Promise<void>) => void afterwards.push(work);
    const request = { asker, client, settings: await ports.settings(), triggerId: '', answer, tell, later, view: body.view };
    const result = listener ? await guarded(listener, request) : await answer(sentence(OLD_BUTTON));
    if (problem) return ack({ response_action: 'update', view: problemView(problem) });
    await (result ? ack(result) : ack());
    for (const work of afterwards) await work().catch((error) => tell('', sentence(told(error, ports.log))));
  });
  listenToShortcuts(app, listeners, ports, guarded);
  listenToEvents(app, listeners, ports, guarded);
}

/** A message's menu, and the choices of a select while one types. */
function listenToShortcuts(app: App, listeners: Listeners, ports: ListenerPorts, guarded: Guarded): void {
  app.shortcut<MessageShortcut>({ callback_id: /.*/, type: 'message_action' }, async ({ shortcut: body, ack, respond, client }) => {
    await ack();
    const asker = { user: body.user.id, team: body.user.team_id ?? body.team?.id ?? '', channel: body.channel.id };
    const answer = async (reply: Reply) => void (await respond({ response_type: 'ephemeral', replace_original: false, ...reply }));
    const tell = (channel: string, reply: Reply) => tellPrivately(client, asker.user, channel, reply);
    const request = { asker, client, settings: await ports.settings(), triggerId: body.trigger_id, answer, tell, body };
    const listener = listeners.shortcuts[body.callback_id];
    await (listener ? guarded(listener, request) : answer(sentence(OLD_BUTTON)));
  });

  app.options(/.*/, async ({ body, ack, client }) => {
    const asker = { user: body.user.id, team: body.team?.id ?? '', channel: '' };
    let problem = '';
    const answer = async ({ text }: Reply) => {
      problem = text;
    };
    const tell = (channel: string, reply: Reply) => tellPrivately(client, asker.user, channel, reply);
    const request = { asker, client, settings: await ports.settings(), triggerId: '', answer, tell, text: body.value };
    const listener = listeners.options[body.action_id];
    const found = listener ? await guarded(listener, request) : [];
    // There is no other place for a refusal than the list itself.
    const refused = { text: { type: 'plain_text' as const, text: clip(problem, 75) }, value: 'refused' };
    await ack({ options: found ?? [refused] });
  });
}

function commandKey(names: CommandNames, typed: string): keyof CommandNames | undefined {
  return (Object.keys(names) as (keyof CommandNames)[]).find((each) => names[each] === typed);
}

/** Events that a person caused. What is refused on the way to Home is said there; elsewhere the person is told alone. */
function listenToEvents(app: App, listeners: Listeners, ports: ListenerPorts, guarded: Guarded): void {
  app.event(/.*/, async ({ event, body, client }) => {
    const fields = event as unknown as Record<string, unknown>;
    const listener = listeners.events[event.type];
    const [user, channel] = [fields.user ?? fields.user_id ?? authorOf(fields), fields.channel ?? fields.channel_id];
    if (!listener || typeof user !== 'string') return;
    const asker = { user, team: body.team_id, channel: typeof channel === 'string' ? channel : '' };
    const tell = (to: string, reply: Reply) => tellPrivately(client, user, to, reply);
    const onHome = async (reply: Reply) =>
      void (await client.views.publish({ user_id: user, view: { type: 'home', blocks: reply.blocks } }));
    const request = { asker, client, settings: await ports.settings(), triggerId: '', tell, event: fields };
    const about = await listener.about?.({ ...request, answer: (reply) => tell('', reply) });
    if (about === null) return;
    // What was not asked for by a command is refused where it cannot be overlooked, and says what it is about.
    const directly = (reply: Reply) => tell('', about === undefined ? reply : sentence(`${about}: ${reply.text}`));
    await guarded(listener, { ...request, answer: event.type === 'app_home_opened' ? onHome : directly });
  });
}

/** Of a message that was changed or deleted: the event names nobody itself, and whose message it was is all that Slack says. */
function authorOf({ message, previous_message }: Record<string, unknown>): unknown {
  return ((message ?? previous_message ?? {}) as { user?: unknown }).user;
}

function problemView(reply: Reply) {
  const title = { type: 'plain_text' as const, text: 'Not done' };
  return { type: 'modal' as const, title, close: { type: 'plain_text' as const, text: 'Close' }, blocks: reply.blocks };
}

function told(error: unknown, log: Logger): string {
  if (error instanceof Refused) return error.message;
  if (keptFromSharing(error)) return KEPT_FROM_SHARING;
  const reference = crypto.randomUUID().slice(0, 8);
  log.error({ err: error, reference }, 'a request failed');
  return `Something went wrong on our side, and I could not finish this. Please try again; if it happens again, give your admin the reference \`${reference}\` to look up in the log.`;
}
