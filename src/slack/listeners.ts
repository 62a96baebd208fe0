import type { BlockAction, MessageShortcut, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { Button, PlainTextOption } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { CommandNames, Settings } from '../team/settings.port.ts';
import type { Permission } from '../team/team.ts';
import type { Reply } from './reply.ts';
import type { ViewPlace } from './surface.ts';

/** Who asks, from where. Ids are Slack's. */
export interface Asker {
  readonly user: string;
  /** The workspace that the request names; '' when it names none. */
  readonly team: string;
  /** For `tell`, so that the answer stands where the click was: a channel's id, in a thread with its ts behind a colon; '' elsewhere. */
  readonly channel: string;
}

export interface Base {
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
  /** Of a click in Home or a form; null in a message. */
  readonly place: ViewPlace | null;
  /** Tells Slack that the click has taken effect, before the work that may take longer; for listeners that commit. */
  readonly committed: () => Promise<void>;
}

export interface ClickListener extends Listener<ClickRequest> {
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
  /** What the form carries (private_metadata); '' elsewhere. */
  readonly carried: string;
}

export interface Listener<Request, Answer = void> {
  readonly may: Permission;
  readonly run: (request: Request) => Promise<Answer>;
}

/** Something a person types: `usage` without the command's name, `help` in one line. */
export interface TypedListener extends Listener<CommandRequest> {
  readonly usage: string;
  readonly help: string;
}

export interface EventListener extends Listener<EventRequest> {
  /** What the person did, for a refusal; null when it is none of the bot's business and nobody must be answered. Looks and does nothing. */
  readonly about?: (request: EventRequest) => Promise<string | null>;
}

export type SubmitAnswer = ViewResponseAction | undefined;

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
  /** By event type, or message.im for what is written to the bot itself; those a person caused. Each runs once (inbox.ts) and must be among the manifest's bot_events. */
  readonly events?: Readonly<Record<string, EventListener>>;
}

export interface ListenerNeeds {
  readonly settings: () => Promise<Settings>;
  /** One sentence for people when the asker may not, else null. */
  readonly refusal: (asker: Asker, needed: Permission) => Promise<string | null>;
  /** Whether this failure is the store that cannot be reached. */
  readonly storeAway: (error: unknown) => boolean;
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

/** Said by a subject when the request cannot be carried out: what happened, what was kept, what to do; with the buttons that do it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly buttons: readonly Button[];

  constructor(says: string, buttons: readonly Button[] = []) {
    super(says);
    this.buttons = buttons;
  }
}
