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

/** A reply that nobody has answered; it pauses the ladder. Its text (Untrusted) lies apart, under the same id. */
export interface WaitingReply {
  readonly id: string;
  readonly kind: ReplyKind;
  /** The day it came in. */
  readonly received: Day;
  readonly by: string;
}

export const ANSWERS = ['mail', 'call', 'none-needed'] as const;
/** How a reply was answered; 'none-needed': an out-of-office note needs no answer. */
export type ReplyAnswer = (typeof ANSWERS)[number];

export type ReplyRequest =
  | { readonly do: 'record-reply'; readonly id: string; readonly kind: ReplyKind; readonly received: Day }
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
    const { id, kind, received } = request;
    if (received > today) return { refused: 'received-in-future' };
    return {
      work: { ...work, replies: [...replies, { id, kind, received, by }] },
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
