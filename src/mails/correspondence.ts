import type { ReplyKind } from '../account/customer-reply.ts';
import type { AccountReason } from '../follow-up/follow-up.ts';
import type { ContactPurpose } from '../follow-up/ladder.ts';
import type { CorrespondenceKind } from './letter-facts.ts';

/** A mail that belongs to no stage: what it is about, and what it answers. */
export interface Correspondence {
  readonly kind: CorrespondenceKind;
  /** Id of the promise, dispute, plan or payment; '' for copies. */
  readonly about: string;
  /** Numbers of the invoices whose copies go; of one selling entity. */
  readonly invoices: readonly string[];
  /** The selling entity of copies, statements and emails of one's own words; '' elsewhere: what it is about says it. */
  readonly entity: string;
  /** The customer's waiting reply that it answers, or null. */
  readonly answers: string | null;
}

export const CORRESPONDENCE_NAMES: Readonly<Record<CorrespondenceKind, string>> = {
  'promise-confirmation': 'Promise confirmed',
  'promise-broken': 'Promise not kept',
  'dispute-received': 'Dispute acknowledged',
  'invoice-copy': 'Copy of invoice',
  'plan-offer': 'Plan offered',
  thanks: 'Thanks for paying',
  'statement-copy': 'Statement of account',
  message: 'Email',
};

/** What the customer wrote that such a mail answers. */
export const ANSWERED_BY: Readonly<Partial<Record<CorrespondenceKind, ReplyKind>>> = {
  'promise-confirmation': 'will-pay',
  'dispute-received': 'dispute',
  'invoice-copy': 'asks-copy',
  thanks: 'remittance',
};

const PURPOSE: Readonly<Record<CorrespondenceKind, ContactPurpose>> = {
  'promise-confirmation': 'confirmation',
  'promise-broken': 'other',
  'dispute-received': 'confirmation',
  'invoice-copy': 'copy',
  'plan-offer': 'other',
  thanks: 'other',
  'statement-copy': 'other',
  message: 'other',
};

/** None of them moves the ladder. */
export function purposeOf({ kind, answers }: Pick<Correspondence, 'kind' | 'answers'>): ContactPurpose {
  return answers !== null && kind !== 'invoice-copy' ? 'answer' : PURPOSE[kind];
}

export const sameMatter = (a: Correspondence, b: Correspondence) =>
  a.kind === b.kind && a.about === b.about && a.entity === b.entity && a.invoices.join('\n') === b.invoices.join('\n');

/** What of an account stands in the way of a mail about some invoices. */
export interface InTheWay {
  readonly reasons: readonly AccountReason[];
  /** What it is about is with an agency or a law firm. */
  readonly placed: boolean;
  /** A reply about it is unanswered. */
  readonly reply: boolean;
}

/**
 * Why such a mail may not be written, as a sentence; null: it may. Whoever wrote to us gets an answer on hold, while others of their replies wait,
 * and on a day with another contact. A contact today, a weekend and a public holiday only make the others wait.
 */
export function whyNotWrite({ reasons, placed, reply }: InTheWay, answers: boolean): string | null {
  const stops = reasons.find((reason) => reason in STOPS || (!answers && reason in STOPS_UNASKED));
  if (stops !== undefined) return STOPS[stops] ?? STOPS_UNASKED[stops] ?? null;
  if (placed) return PLACED;
  return reply && !answers ? REPLY_WAITS : null;
}

const PLACED = 'An agency or a law firm follows this up: whatever goes to the customer about it goes through them. Recall it first.';
const REPLY_WAITS = 'A reply of the customer waits for its answer. Answer it first.';

const STOPS: Readonly<Partial<Record<AccountReason, string>>> = {
  'status-stopped': 'The account has a status in which nobody writes to the customer as usual.',
  'stale-ledger': 'The ledger is too old to write to a customer. Import the latest first.',
};
const STOPS_UNASKED: Readonly<Partial<Record<AccountReason, string>>> = {
  'on-hold': 'The account is on hold.',
};
