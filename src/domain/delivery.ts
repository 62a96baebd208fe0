import type { Day } from './day.ts';
import type { Draft, DraftDecision } from './draft.ts';

/** What is known of handing a draft to the mail server. */
export interface Delivery {
  /** Follows from the draft and its words: fixed before the first try. '' before it. */
  readonly messageId: string;
  /** Of the account's claim for the last try. Only its holder may say what came of it. */
  readonly fence: number;
  readonly tries: number;
  /** ISO instant before which it is not tried, or null. */
  readonly waitsUntil: string | null;
  readonly waitsFor: WaitsFor | null;
  /** What the mail server said last, or why it did not come to that; ''. */
  readonly said: string;
  /** Hex SHA-256 of the message's bytes; '' before the first try. */
  readonly sha256: string;
  /** ISO instant of the server's answer, or of a person's. */
  readonly at: string | null;
  /** Who gave the last approval: told when it fails and the account has no collector. */
  readonly approvedBy: string;
}

/** Working hours at the customer's; the mail server, which could not take it yet; or what ails our account there, or the server itself. */
export type WaitsFor = 'working-hours' | 'mail-server' | 'server-trouble';

/** `closed` of a draft that left through the mail server, not by hand. */
export const BY_SERVER = 'Sent by the mail server.';

export type DeliveryFact =
  | { readonly type: 'draft-sent'; readonly account: string; readonly hash: string; readonly sha256: string; readonly messageId: string }
  | { readonly type: 'send-failed'; readonly account: string; readonly hash: string; readonly fence: number; readonly said: string }
  | {
      readonly type: 'send-ambiguous';
      readonly account: string;
      readonly hash: string;
      readonly fence: number;
      readonly sha256: string;
      readonly messageId: string;
    }
  | { readonly type: 'send-resolved'; readonly account: string; readonly delivered: boolean; readonly messageId: string };

/** The steps of one try carry the fence of its claim; a step of a claim that another has taken over is refused. */
export type DeliveryRequest =
  /** An approved mail, now that there is a mail server. */
  | { readonly do: 'queue'; readonly seen: string }
  | { readonly do: 'wait'; readonly until: string; readonly why: WaitsFor }
  | { readonly do: 'take'; readonly seen: string; readonly fence: number; readonly messageId: string }
  /** `why` server-trouble: for nothing of the mail's, so that the try does not count. */
  | {
      readonly do: 'give-back';
      readonly fence: number;
      readonly until: string | null;
      readonly why?: 'server-trouble';
      readonly said: string;
      readonly sha256: string;
    }
  | {
      readonly do: 'accepted';
      readonly fence: number;
      readonly said: string;
      readonly sha256: string;
      readonly on: Day;
      readonly at: string;
    }
  | { readonly do: 'failed'; readonly fence: number; readonly said: string; readonly sha256: string; readonly at: string }
  | { readonly do: 'lose'; readonly fence: number; readonly said: string; readonly sha256: string; readonly at: string }
  /** A person's answer to an ambiguous one. */
  | { readonly do: 'resolve'; readonly delivered: boolean; readonly on: Day; readonly at: string };

export type DeliveryRefusal = 'draft-on-its-way' | 'delivery-unknown' | 'not-queued' | 'not-this-try' | 'not-ambiguous';

export function queued(approvedBy: string): Delivery {
  return { messageId: '', fence: 0, tries: 0, waitsUntil: null, waitsFor: null, said: '', sha256: '', at: null, approvedBy };
}

/** Between approval and the mail server's answer. At most one delivery: what is ambiguous leaves that state by an answer only. */
export function decideDelivery(draft: Draft, request: DeliveryRequest): DraftDecision {
  const { account, hash, delivery } = draft;
  if (request.do === 'queue') {
    if (request.seen !== hash) return { refused: 'draft-changed' };
    if (draft.state !== 'approved') return { refused: 'draft-not-approved' };
    return { draft: { ...draft, state: 'queued', delivery: queued(draft.approvals.at(-1)?.by ?? '') }, facts: [] };
  }
  if (delivery === null) return { refused: 'not-queued' };
  switch (request.do) {
    case 'wait':
      if (draft.state !== 'queued') return { refused: 'not-queued' };
      return { draft: { ...draft, delivery: { ...delivery, waitsUntil: request.until, waitsFor: request.why } }, facts: [] };
    case 'take': {
      if (draft.state !== 'queued') return { refused: 'not-queued' };
      if (request.seen !== hash) return { refused: 'draft-changed' };
      const { fence, messageId } = request;
      const taken = { ...delivery, fence, messageId, tries: delivery.tries + 1, waitsUntil: null, waitsFor: null };
      return { draft: { ...draft, state: 'sending', delivery: taken }, facts: [] };
    }
    case 'resolve': {
      if (draft.state !== 'ambiguous') return { refused: 'not-ambiguous' };
      const { delivered, on, at } = request;
      const fact = { type: 'send-resolved' as const, account, delivered, messageId: delivery.messageId };
      if (delivered) return { draft: { ...sent(draft, on), delivery: { ...delivery, at } }, facts: [fact] };
      const said = 'A person found out that it was not delivered.';
      return { draft: { ...draft, state: 'failed', approvals: [], delivery: { ...delivery, said, at } }, facts: [fact] };
    }
    default:
      return decideOutcome(draft, delivery, request);
  }
}

/** What came of one try, told by the holder of its claim. */
function decideOutcome(
  draft: Draft,
  delivery: Delivery,
  request: Extract<DeliveryRequest, { do: 'give-back' | 'accepted' | 'failed' | 'lose' }>,
): DraftDecision {
  if (request.fence !== delivery.fence) return { refused: 'not-this-try' };
  // An answer that comes after its claim has lapsed still is the answer.
  const late = draft.state === 'ambiguous' && request.do === 'accepted';
  if (draft.state !== 'sending' && !late) return { refused: 'not-this-try' };
  const { account, hash } = draft;
  const { said, sha256 } = request;
  const { messageId } = delivery;
  if (request.do === 'give-back') {
    const waitsFor = request.until === null ? null : (request.why ?? ('mail-server' as const));
    const tries = request.why === 'server-trouble' ? delivery.tries - 1 : delivery.tries;
    return {
      draft: { ...draft, state: 'queued', delivery: { ...delivery, tries, said, sha256, waitsUntil: request.until, waitsFor } },
      facts: [],
    };
  }
  const known = { ...delivery, said, sha256, at: request.at };
  switch (request.do) {
    case 'accepted':
      return { draft: { ...sent(draft, request.on), delivery: known }, facts: [{ type: 'draft-sent', account, hash, sha256, messageId }] };
    case 'failed':
      return {
        draft: { ...draft, state: 'failed', approvals: [], delivery: known },
        facts: [{ type: 'send-failed', account, hash, fence: request.fence, said }],
      };
    case 'lose':
      return {
        draft: { ...draft, state: 'ambiguous', delivery: known },
        facts: [{ type: 'send-ambiguous', account, hash, fence: request.fence, sha256, messageId }],
      };
  }
}

const sent = (draft: Draft, on: Day): Draft => ({ ...draft, state: 'sent', sentOn: on, closed: BY_SERVER });

/** Whether the mail server says for good that there is no such mailbox or domain: 5.1.1, 5.1.2, 5.1.6 and 5.1.10 of RFC 3463 and RFC 7505. */
export const isNoMailbox = (said: string) => /^5\d\d[ -]5\.1\.(1|2|6|10)\b/.test(said);
