import type { Day } from '../kernel/day.ts';

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

export type ReplyDecision = { readonly replies: readonly WaitingReply[]; readonly fact: ReplyFact } | { readonly refused: ReplyRefusal };

export function decideReply(replies: readonly WaitingReply[], request: ReplyRequest, by: string, today: Day): ReplyDecision {
  if (request.do === 'record-reply') {
    const { id, kind, received } = request;
    if (received > today) return { refused: 'received-in-future' };
    return { replies: [...replies, { id, kind, received, by }], fact: { type: 'reply-received', reply: id, kind, received } };
  }
  const { id, how } = request;
  const waiting = replies.find((reply) => reply.id === id);
  if (!waiting) return { refused: 'no-such-reply' };
  return { replies: replies.filter((reply) => reply.id !== id), fact: { type: 'reply-answered', reply: id, kind: waiting.kind, how } };
}
