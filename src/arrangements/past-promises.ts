import type { Moment } from '../account/moment.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import {
  decidePromise,
  type OpenPromise,
  type PromiseFact,
  type PromiseOutcome,
  type PromiseRefusal,
  type PromiseRequest,
} from './promise.ts';

/** A promise that came to an end; withdrawn ones leave no mark. Amounts in minor units. */
export interface PastPromise {
  readonly id: string;
  readonly entity: string;
  readonly currency: string;
  readonly amount: number;
  readonly paid: number;
  readonly outcome: Exclude<PromiseOutcome, 'withdrawn'>;
  /** The day for which it was promised. */
  readonly date: Day;
  readonly closed: Day;
  readonly invoices: readonly string[];
  readonly saidBy: string;
  /** Slack user id. */
  readonly takenBy: string;
  /** Somebody has spoken or written to the customer since, or has a new promise. */
  readonly chased: boolean;
}

/** The promise-kept rate looks back this far. */
const RATE_DAYS = 365;
/** So many broken ones within so many days propose the next stage (own policy). */
export const REPEATED = { count: 2, days: 90 } as const;

interface Promised {
  readonly promises: readonly OpenPromise[];
  readonly pastPromises: readonly PastPromise[];
}

/** One that has ended is remembered; a new one answers those that were broken. */
export function decidePromised<Work extends Promised>(
  work: Work,
  request: PromiseRequest,
  moment: Moment,
): { readonly work: Work; readonly facts: readonly PromiseFact[] } | { readonly refused: PromiseRefusal } {
  const decided = decidePromise(work.promises, request, moment);
  if ('refused' in decided) return decided;
  const { promises, fact } = decided;
  const closed = fact.type === 'promise-closed';
  const pastPromises = closed ? withClosed(work.pastPromises, fact, moment.today) : chasedOn(work.pastPromises, moment.today);
  return { work: { ...work, promises, pastPromises }, facts: [fact] };
}

/** The account keeps a year of them; the trail keeps all. */
export function withClosed(
  past: readonly PastPromise[],
  fact: Extract<PromiseFact, { type: 'promise-closed' }>,
  today: Day,
): PastPromise[] {
  const { promise: id, outcome, entity, currency, amount, paid, date, saidBy, takenBy, invoices } = fact;
  if (outcome === 'withdrawn') return [...past];
  const closed: PastPromise = {
    id,
    entity,
    currency,
    amount,
    paid,
    outcome,
    date,
    closed: today,
    invoices,
    saidBy,
    takenBy,
    chased: false,
  };
  return [...past.filter((each) => daysBetween(each.closed, today) <= RATE_DAYS), closed];
}

/** What somebody said to the customer on a day answers everything that had come to an end by then. */
export function chasedOn(past: readonly PastPromise[], on: Day): PastPromise[] {
  return past.map((each) => (each.chased || each.closed > on ? each : { ...each, chased: true }));
}

/** Broken or partly kept, and nobody has gone back to the customer about it. */
export function unchased(past: readonly PastPromise[]): PastPromise[] {
  return past.filter((each) => !each.chased && (each.outcome === 'broken' || each.outcome === 'partly-kept'));
}

/** How many were broken lately; null while that is not often enough to propose the next stage. */
export function repeatedlyBroken(past: readonly PastPromise[], today: Day): number | null {
  const lately = past.filter((each) => each.outcome === 'broken' && daysBetween(each.closed, today) <= REPEATED.days).length;
  return lately >= REPEATED.count ? lately : null;
}

/** Counts, and promised amounts of one currency, of the last year. */
export interface PromiseRate {
  readonly currency: string;
  readonly kept: { readonly count: number; readonly amount: number };
  readonly partly: { readonly count: number; readonly amount: number; readonly paid: number };
  readonly broken: { readonly count: number; readonly amount: number };
}

const COUNTED = { kept: 'kept', 'partly-kept': 'partly', broken: 'broken' } as const;

/** By currency code. What a credit note covered does not count: there was nothing to keep. */
export function promiseRates(past: readonly PastPromise[], today: Day): PromiseRate[] {
  const rates = new Map<
    string,
    { currency: string } & Record<'kept' | 'partly' | 'broken', { count: number; amount: number; paid: number }>
  >();
  for (const { outcome, currency, amount, paid, closed } of past) {
    if (outcome === 'credited' || daysBetween(closed, today) > RATE_DAYS) continue;
    const none = () => ({ count: 0, amount: 0, paid: 0 });
    const rate = rates.get(currency) ?? { currency, kept: none(), partly: none(), broken: none() };
    rates.set(currency, rate);
    const sum = rate[COUNTED[outcome]];
    sum.count += 1;
    sum.amount += amount;
    sum.paid += paid;
  }
  return [...rates.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Whole per cent of the promises that were kept in full; null when none has ended. */
export function keptPercent(rates: readonly PromiseRate[]): number | null {
  const count = (of: 'kept' | 'partly' | 'broken') => rates.reduce((sum, rate) => sum + rate[of].count, 0);
  const all = count('kept') + count('partly') + count('broken');
  return all === 0 ? null : Math.round((100 * count('kept')) / all);
}
