import type { Moment } from '../account/moment.ts';
import type { Day } from '../kernel/day.ts';
import type { EvidenceFact, EvidenceReleaseFact } from './evidence.ts';
import { decideMarking, MARKINGS, type Marking, type MarkingFact, type MarkingRefusal, type MarkingRequest } from './marking.ts';

export const INTERACTION_CHANNELS = ['call', 'email', 'meeting', 'letter', 'note', 'message'] as const;
export type InteractionChannel = (typeof INTERACTION_CHANNELS)[number];

/** 'internal': among ourselves; 'out': we turned to the customer. */
export const INTERACTION_DIRECTIONS = ['internal', 'in', 'out'] as const;
export type InteractionDirection = (typeof INTERACTION_DIRECTIONS)[number];

export const LONGEST_INTERACTION = 3000;
export const LONGEST_SUBJECT = 150;
const MOST_ATTACHMENTS = 20;

/** A file that stays where it is: the trail names it. `id` is Slack's. */
export interface NamedFile {
  readonly id: string;
  readonly name: string;
  /** Bytes, as its place says. */
  readonly size: number;
}

/** The Slack message an interaction was taken from. */
export interface MessageSource {
  /** Slack user id, or the name an app posted under. */
  readonly author: string;
  readonly channel: string;
  /** Slack's timestamp, which names the message within its channel. */
  readonly ts: string;
  /** '' when Slack would not say. */
  readonly permalink: string;
}

/** Something that happened with a customer or about one, as a person puts it on file. Texts are untrusted. */
export interface Interaction {
  readonly id: string;
  readonly channel: InteractionChannel;
  readonly direction: InteractionDirection;
  readonly on: Day;
  /** Id of the contact, or ''. */
  readonly contact: string;
  readonly subject: string;
  readonly text: string;
  readonly marking: Marking;
  readonly attachments: readonly NamedFile[];
  readonly source: MessageSource | null;
}

type InteractionRequest = { readonly do: 'record-interaction' } & Interaction;

type InteractionFact = { readonly type: 'interaction-recorded'; readonly interaction: string } & Omit<Interaction, 'id'>;

type InteractionRefusal = 'text-missing' | 'text-too-long' | 'happened-in-future' | 'too-many-files';

/** What we did that the customer noticed: it counts towards one contact a day, as a mail does. */
function isContactWith({ channel, direction }: Pick<Interaction, 'channel' | 'direction'>): boolean {
  return direction === 'out' && channel !== 'note';
}

/** What people put on an account's file, and whom they let see it. */
export type FilingRequest = InteractionRequest | MarkingRequest;
export type FilingFact = InteractionFact | MarkingFact | EvidenceFact | EvidenceReleaseFact;
export type FilingRefusal = InteractionRefusal | MarkingRefusal;

/** `lastContact`: the last day on which the customer heard from us. */
export function decideFiling(
  lastContact: Day | null,
  request: FilingRequest,
  { today }: Moment,
): { readonly fact: FilingFact; readonly lastContact: Day | null } | { readonly refused: FilingRefusal } {
  if (request.do === 'change-marking') {
    const decided = decideMarking(request);
    return 'refused' in decided ? decided : { ...decided, lastContact };
  }
  const decided = decideInteraction(request, today);
  if ('refused' in decided) return decided;
  const later = isContactWith(request) && request.on > (lastContact ?? '');
  return { ...decided, lastContact: later ? request.on : lastContact };
}

function decideInteraction(
  { do: _, id, ...told }: InteractionRequest,
  today: Day,
): { readonly fact: InteractionFact } | { readonly refused: InteractionRefusal } {
  if (told.text.trim() === '' && told.attachments.length === 0) return { refused: 'text-missing' };
  if (told.text.length > LONGEST_INTERACTION || told.subject.length > LONGEST_SUBJECT) return { refused: 'text-too-long' };
  if (told.on > today) return { refused: 'happened-in-future' };
  if (told.attachments.length > MOST_ATTACHMENTS) return { refused: 'too-many-files' };
  if (!MARKINGS.includes(told.marking)) throw new Error(`no marking ${told.marking}`);
  return { fact: { type: 'interaction-recorded', interaction: id, ...told } };
}
