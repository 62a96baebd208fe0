import type { AccountWork } from '../account/account-work.ts';
import type { PastPromise } from '../arrangements/past-promises.ts';
import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import type { Figures, TrendPoint } from './figures.ts';
import { lacking, type Measure, share } from './measures.ts';
import type { Period } from './period.ts';

/** What somebody asked a report for. Left out: everything. */
export interface Asked {
  readonly period: Period['name'];
  readonly entity?: string;
  /** Slack user id, or 'nobody'. */
  readonly collector?: string;
  readonly segment?: string;
}

export const GROUPS = ['entity', 'collector', 'segment', 'step'] as const;
export type GroupKind = (typeof GROUPS)[number];

/** One currency's figures of one part of the company; `key`: the code, the Slack user id, the segment or the step, '' for none. */
export interface GroupFigures {
  readonly kind: GroupKind;
  readonly key: string;
  readonly figures: Figures;
  /** Cash within 30 days after a contact that named the invoice: after it, which is not because of it. */
  readonly afterContact: number;
}

export interface CurrencyReport {
  readonly figures: Figures;
  readonly trend: readonly TrendPoint[];
  readonly groups: readonly GroupFigures[];
  readonly promises: PromisesKept;
  readonly writtenOff: number;
  readonly recovered: number;
  /** Written off less recovered, of the credit sales. */
  readonly badDebt: Measure;
  readonly disputes: DisputeFigures;
}

export interface Report {
  readonly asked: Asked;
  readonly period: Period;
  readonly asOf: string | null;
  readonly sample: boolean;
  readonly currencies: readonly CurrencyReport[];
}

/** Fewer promises than these say nothing as a share. */
const LEAST_PROMISES = 10;

export interface PromisesKept {
  readonly count: number;
  readonly kept: number;
  readonly amount: number;
  readonly paid: number;
  readonly byNumber: Measure;
  /** Partly kept ones count with the part that was paid. */
  readonly byAmount: Measure;
}

/** Promises of one currency whose day and grace ended in the period; what a credit note covered was neither kept nor broken. `lapses`: the last day of grace. */
export function promisesKept(
  past: Iterable<Pick<PastPromise, 'currency' | 'amount' | 'paid' | 'outcome' | 'date'>>,
  currency: string,
  { from, to }: Pick<Period, 'from' | 'to'>,
  lapses: (date: Day) => Day,
): PromisesKept {
  let [count, kept, amount, paid] = [0, 0, 0, 0];
  for (const promise of past) {
    if (promise.currency !== currency || promise.outcome === 'credited') continue;
    const lapsed = lapses(promise.date);
    if (lapsed < from || lapsed > to) continue;
    count += 1;
    if (promise.outcome === 'kept') kept += 1;
    amount += promise.amount;
    paid += Math.min(promise.amount, promise.paid);
  }
  const enough = (measure: () => Measure) => (count < LEAST_PROMISES ? lacking('few') : measure());
  return { count, kept, amount, paid, byNumber: enough(() => share(kept, count)), byAmount: enough(() => share(paid, amount)) };
}

export interface DisputeFigures {
  readonly open: number;
  readonly amount: number;
  /** Of the open invoices. */
  readonly rate: Measure;
  /** Days since the middle one was opened; null without any. */
  readonly medianAge: number | null;
}

export function disputeFigures(
  disputes: readonly { readonly amount: number; readonly on: Day }[],
  gross: number,
  today: Day,
): DisputeFigures {
  const ages = disputes.map(({ on }) => daysBetween(on, today)).sort((a, b) => a - b);
  const amount = disputes.reduce((sum, each) => sum + each.amount, 0);
  return { open: disputes.length, amount, rate: share(Math.min(amount, gross), gross), medianAge: ages[ages.length >> 1] ?? null };
}

/** Days for which cash counts as received after a contact. */
const AFTER_CONTACT_DAYS = 30;

/** The days on which an invoice was asked for, by its selling company and number. */
export function contactDays(works: Iterable<Pick<AccountWork, 'ladders'>>): Map<string, Day[]> {
  const days = new Map<string, Day[]>();
  for (const { ladders } of works)
    for (const { entity, marks, named } of ladders)
      for (const { invoice, on } of [...marks.filter(({ how }) => how !== 'start' && how !== 'jump'), ...named]) {
        const key = `${entity}\n${invoice}`;
        const known = days.get(key);
        if (known) known.push(on);
        else days.set(key, [on]);
      }
  return days;
}

export function isAfterContact(on: Day, contacts: readonly Day[] | undefined): boolean {
  return contacts?.some((contact) => contact <= on && on <= addDays(contact, AFTER_CONTACT_DAYS)) ?? false;
}
