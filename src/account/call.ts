import type { DisputeRequest } from '../arrangements/dispute.ts';
import type { PromiseRequest } from '../arrangements/promise.ts';
import type { Said } from '../follow-up/ladder.ts';
import type { PolicyStage } from '../follow-up/policy.ts';
import type { Day } from '../kernel/day.ts';
import type { ContactBook } from './contact-book.ts';

/** How a call went; the first five reached somebody. */
export const CALL_OUTCOMES = ['promise', 'dispute', 'paid', 'no-commitment', 'refuses', 'voicemail', 'no-answer', 'wrong-number'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** Why the customer has not paid, as a person heard it. */
export const PAYMENT_REASONS = [
  'cash-flow',
  'dispute',
  'missing-document',
  'internal-approval',
  'director-away',
  'insolvency-hint',
  'other',
] as const;
export type PaymentReason = (typeof PAYMENT_REASONS)[number];

export interface GivenReason {
  readonly reason: PaymentReason;
  readonly on: Day;
  readonly by: string;
}

/** A call that reached nobody. */
export interface CallTry {
  /** Contact id; '' when nobody of the list was called. */
  readonly contact: string;
  readonly outcome: CallOutcome;
  readonly on: Day;
}

/** What the customer says they have paid, as far as they said it. Nobody has seen the money: it changes nothing but what people read. */
export interface SaidPaid {
  readonly on: Day | null;
  /** Minor units; null when they named none. */
  readonly amount: number | null;
  readonly currency: string;
  /** '' when they named none. */
  readonly reference: string;
}

/** What the last call that reached somebody heard of a payment. */
export interface CallTold extends SaidPaid {
  /** Those that were spoken of. */
  readonly invoices: readonly string[];
  readonly heard: Day;
  readonly by: string;
}

export interface CallRequest {
  readonly do: 'log-call';
  /** Of the invoices that were spoken of. */
  readonly entity: string;
  /** Contact id; '' for somebody who is not in the list. */
  readonly contact: string;
  /** Of the contact, for readers of the file; '' when unknown. */
  readonly name: string;
  /** The number that was dialled, as the list had it. */
  readonly phone: string;
  readonly outcome: CallOutcome;
  readonly reason: PaymentReason | null;
  readonly note: string;
  /** The call that the policy asks for today and this person may make; null: a call besides. */
  readonly stage: Pick<PolicyStage, 'key' | 'offset'> | null;
  readonly invoices: readonly string[];
  /** What the ladder remembers of the step, if it reaches somebody. */
  readonly said?: Said;
  /** Numbers of all open invoices of the entity. */
  readonly open: readonly string[];
  /** Left out unless they say that it is paid. */
  readonly paid?: SaidPaid & Pick<CallTold, 'invoices'>;
  /** What was agreed on the phone, recorded with the call or not at all. */
  readonly agreed: Extract<PromiseRequest, { do: 'record-promise' }> | Extract<DisputeRequest, { do: 'record-dispute' }> | null;
}

/** What passed on the telephone, and apart from it what we thought of it: that stays in the house. */
export type CallFact =
  | ({ readonly type: 'call-made' } & Pick<CallRequest, 'entity' | 'contact' | 'name' | 'outcome' | 'reason' | 'paid'>)
  | ({ readonly type: 'call-noted' } & Pick<CallRequest, 'entity' | 'reason' | 'note'>);

export function callFacts({ entity, contact, name, outcome, reason, note, paid }: CallRequest): CallFact[] {
  // Nobody says that of themselves: it is the caller's impression.
  const hint = reason === 'insolvency-hint' ? reason : null;
  const made: CallFact = { type: 'call-made', entity, contact, name, outcome, reason: hint ? null : reason, ...(paid ? { paid } : {}) };
  return note === '' && !hint ? [made] : [made, { type: 'call-noted', entity, reason: hint, note }];
}

export type CallRefusal = 'call-agreement-missing' | 'paid-in-future' | 'paid-not-positive';

export interface Calls {
  /** Newest last; those since the last call that reached somebody. */
  readonly tries: readonly CallTry[];
  /** Newest first. */
  readonly reasons: readonly GivenReason[];
  /** Null, and left out on accounts without a call since this is kept, when the last one reached heard of no payment. */
  readonly told?: CallTold | null;
}

const KEPT_TRIES = 10;
const KEPT_REASONS = 3;
export const reachedSomebody = (outcome: CallOutcome): boolean =>
  outcome !== 'voicemail' && outcome !== 'no-answer' && outcome !== 'wrong-number';

/** Who was reached or where a message was left has been contacted; a telephone that only rang has contacted nobody. */
export const isContact = (outcome: CallOutcome): boolean => reachedSomebody(outcome) || outcome === 'voicemail';

/** A payment lies behind them and is some amount; null: nothing is wrong with what they say. */
export function paidProblem({ paid }: Pick<CallRequest, 'paid'>, today: Day): CallRefusal | null {
  if (!paid) return null;
  if (paid.on !== null && paid.on > today) return 'paid-in-future';
  return paid.amount !== null && (!Number.isSafeInteger(paid.amount) || paid.amount <= 0) ? 'paid-not-positive' : null;
}

export function withCall({ tries, reasons, told }: Calls, request: CallRequest, by: string, today: Day): Calls {
  const { contact, outcome, reason, paid } = request;
  const heard = paid ? { ...paid, heard: today, by } : reachedSomebody(outcome) ? null : (told ?? null);
  return {
    told: heard,
    tries: reachedSomebody(outcome) ? [] : [...tries, { contact, outcome, on: today }].slice(-KEPT_TRIES),
    reasons: reason === null ? reasons : [{ reason, on: today, by }, ...reasons].slice(0, KEPT_REASONS),
  };
}

/** Calls that rang in vain or reached a stranger; a voicemail may still be heard. */
export function failedCalls(tries: readonly CallTry[]): number {
  return tries.filter((each) => each.outcome === 'no-answer' || each.outcome === 'wrong-number').length;
}

/** The number did not belong to them: the contact is kept, its number is not offered again. */
export function bookAfterCall(book: ContactBook, { contact, phone, outcome }: CallRequest, today: Day): ContactBook {
  if (outcome !== 'wrong-number' || contact === '' || phone === '') return book;
  const before = book.find((each) => each.id === contact);
  const others = book.filter((each) => each.id !== contact);
  return [...others, { ...(before ?? { id: contact }), wrongNumber: { phone, on: today } }];
}
