import { chasedOn, type PastPromise } from '../arrangements/past-promises.ts';
import type { Day } from '../kernel/day.ts';
import type { Moment } from './moment.ts';

/** What a customer's message is, as a person decides. */
export const REPLY_KINDS = [
  'will-pay',
  'dispute',
  'asks-copy',
  'remittance',
  'wrong-contact',
  'out-of-office',
  'bounce',
  'stop',
  'other',
] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

/** A reply that nobody has answered; it rests what it is about. Its text (Untrusted) lies apart, under the same id. */
export interface WaitingReply {
  readonly id: string;
  readonly kind: ReplyKind;
  /** The day it came in. */
  readonly received: Day;
  readonly by: string;
  /** What it is about, as a person chose or as the message had it that it answers; left out: all that was issued before it. */
  readonly about?: ReplyAbout;
}

export interface ReplyAbout {
  readonly entity: string;
  readonly invoices: readonly string[];
}

export type ReplyRest = Pick<WaitingReply, 'received' | 'about'>;

/** Whether a reply is about an invoice, or came beside it from the same entity's customer; null: it has nothing to do with it. */
export function replyRests(
  { received, about }: ReplyRest,
  { entity, number, issued }: { readonly entity: string; readonly number: string; readonly issued: Day },
): 'about' | 'beside' | null {
  if (!about) return issued <= received ? 'about' : 'beside';
  if (about.entity !== entity) return null;
  return about.invoices.includes(number) ? 'about' : 'beside';
}

export const ANSWERS = ['mail', 'call', 'none-needed'] as const;
/** How a reply was answered; 'none-needed': an out-of-office note needs no answer. */
export type ReplyAnswer = (typeof ANSWERS)[number];

export type ReplyRequest =
  | { readonly do: 'record-reply'; readonly id: string; readonly kind: ReplyKind; readonly received: Day; readonly about?: ReplyAbout }
  | { readonly do: 'answer-reply'; readonly id: string; readonly how: ReplyAnswer };

export type ReplyFact =
  | { readonly type: 'reply-received'; readonly reply: string; readonly kind: ReplyKind; readonly received: Day }
  | { readonly type: 'reply-answered'; readonly reply: string; readonly kind: ReplyKind; readonly how: ReplyAnswer };

export type ReplyRefusal = 'received-in-future' | 'no-such-reply';

interface Answering {
  readonly replies: readonly WaitingReply[];
  readonly lastContact: Day | null;
  readonly pastPromises: readonly PastPromise[];
}

export type ReplyDecision<Work> = { readonly work: Work; readonly facts: readonly ReplyFact[] } | { readonly refused: ReplyRefusal };

/** An answer by mail or telephone is a contact. */
export function decideReply<Work extends Answering>(work: Work, request: ReplyRequest, { by, today }: Moment): ReplyDecision<Work> {
  const { replies, pastPromises } = work;
  if (request.do === 'record-reply') {
    const { id, kind, received, about } = request;
    if (received > today) return { refused: 'received-in-future' };
    return {
      work: { ...work, replies: [...replies, { id, kind, received, by, ...(about ? { about } : {}) }] },
      facts: [{ type: 'reply-received', reply: id, kind, received }],
    };
  }
  const { id, how } = request;
  const waiting = replies.find((reply) => reply.id === id);
  if (!waiting) return { refused: 'no-such-reply' };
  const contact = how === 'none-needed' ? {} : { lastContact: today, pastPromises: chasedOn(pastPromises, today) };
  return {
    work: { ...work, replies: replies.filter((reply) => reply.id !== id), ...contact },
    facts: [{ type: 'reply-answered', reply: id, kind: waiting.kind, how }],
  };
}
