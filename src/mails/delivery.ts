import type { Day } from '../kernel/day.ts';

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

/** Whoever approved it may think again; working hours at the customer's; the mail server, which could not take it yet; or what ails our account there, or the server itself. */
export type WaitsFor = 'undo' | 'working-hours' | 'mail-server' | 'server-trouble';

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

/** An approved email leaves no sooner. */
export const UNDO_SECONDS = 30;

/** An ISO instant: so long an approval of that instant can be taken back for certain. */
export const undoUntil = (approvedAt: string) => Temporal.Instant.from(approvedAt).add({ seconds: UNDO_SECONDS }).toString();

/** `until`: an ISO instant before which it does not leave. */
export function queued(approvedBy: string, until: string | null = null): Delivery {
  return {
    messageId: '',
    fence: 0,
    tries: 0,
    waitsUntil: until,
    waitsFor: until === null ? null : 'undo',
    said: '',
    sha256: '',
    at: null,
    approvedBy,
  };
}

/** Whether the mail server says for good that there is no such mailbox or domain: 5.1.1, 5.1.2, 5.1.6 and 5.1.10 of RFC 3463 and RFC 7505. */
export const isNoMailbox = (said: string) => /^5\d\d[ -]5\.1\.(1|2|6|10)\b/.test(said);
