import { addDays, type Day, daysBetween, epochDay } from '../kernel/day.ts';
import { weekdayOf } from '../kernel/working-days.ts';
import { type BookInvoice, openOn } from './book.ts';
import { delayOf } from './pay-habits.ts';

/** How a customer pays, from what it paid lately. Days count from the due day; below zero is early. */
export interface PaymentHabit {
  /** Paid invoices looked at. */
  readonly paid: number;
  /** Median of their delays, weighted by amount. */
  readonly usualDelay: number;
  /** Between these lie the middle half of them. */
  readonly from: number;
  readonly to: number;
  /** Per cent of them paid after the due day. */
  readonly lateShare: number;
  /** Change over a year, where it is no chance; null: none that is sure. */
  readonly trend: { readonly towards: 'slower' | 'faster'; readonly days: number } | null;
  readonly payRun: PayRun | null;
  /** Open invoices that have taken longer than usual already: the true delay is above what is known. */
  readonly longer: number;
}

/** Days on which a customer's money goes out. Weekdays 1 Monday to 7 Sunday; days of the month, 31 for the last one. */
export type PayRun = { readonly on: 'weekday'; readonly weekday: number } | { readonly on: 'month-days'; readonly days: readonly number[] };

/** Fewer paid invoices show nothing. */
const LEAST = 3;
const LAST = 12;
/** A change is told when it is at least so many days and would come by chance less often than one time in ten. */
const [TREND_DAYS, CHANCE] = [5, 0.1];
/** Every pair of them is looked at. */
const MOST_OF_YEAR = 120;
/** Receipts needed for a pay run, and the share of them on its days. */
const [RUN_RECEIPTS, RUN_SHARE] = [8, 0.6];

/**
 * Of an account's invoices as they were known on an evening; null below three paid ones. Invoices that a credit note paid, or that are in dispute or in
 * `apart` (a plan, a settlement), say nothing of the habit.
 */
export function paymentHabit(invoices: readonly BookInvoice[], evening: Day, apart: ReadonlySet<string> = new Set()): PaymentHabit | null {
  const paid = invoices
    .filter(({ entity, number, disputed }) => disputed === 0 && !apart.has(`${entity}\n${number}`))
    .flatMap((invoice) => {
      const delay = delayOf(invoice, evening);
      return delay === null ? [] : [{ delay, on: invoice.cuts.at(-1)!.on, amount: invoice.total, invoice }];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  if (paid.length < LEAST) return null;
  const last = paid.slice(-LAST);
  const [usualDelay, from, to] = [0.5, 0.25, 0.75].map((part) => weightedQuantile(last, part)) as [number, number, number];
  const year = paid.filter(({ on }) => daysBetween(on, evening) <= 365).slice(-MOST_OF_YEAR);
  const beyond = to - from + usualDelay;
  return {
    ...{ paid: last.length, usualDelay, from, to },
    lateShare: Math.round((100 * last.filter(({ delay }) => delay > 0).length) / last.length),
    trend: trendOf(year.map(({ delay, on }) => ({ x: epochDay(on), y: delay }))),
    payRun: payRunOf(receiptDays(invoices, evening)),
    longer: invoices.filter((invoice) => openOn(invoice, evening) > 0 && daysBetween(invoice.due, evening) > beyond).length,
  };
}

/** The smallest delay up to which lies at least that part of the amount. */
function weightedQuantile(of: readonly { readonly delay: number; readonly amount: number }[], part: number): number {
  const sorted = [...of].sort((a, b) => a.delay - b.delay);
  const whole = sorted.reduce((sum, { amount }) => sum + amount, 0);
  let passed = 0;
  for (const { delay, amount } of sorted) {
    passed += amount;
    if (passed >= whole * part) return delay;
  }
  return sorted.at(-1)!.delay;
}

/** Theil-Sen: the median of the slopes of all pairs. Whether it is chance, by the signs of the pairs (Mann and Kendall). */
function trendOf(points: readonly { readonly x: number; readonly y: number }[]): PaymentHabit['trend'] {
  const n = points.length;
  if (n < 2 * LEAST) return null;
  const slopes: number[] = [];
  let signs = 0;
  for (let i = 0; i < n; i += 1)
    for (let j = i + 1; j < n; j += 1) {
      const [a, b] = [points[i]!, points[j]!];
      if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x));
      signs += Math.sign((b.y - a.y) * (b.x - a.x));
    }
  if (slopes.length === 0) return null;
  slopes.sort((a, b) => a - b);
  const slope = slopes[slopes.length >> 1]!;
  const days = Math.round(slope * (points.at(-1)!.x - points[0]!.x));
  const spread = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const z = signs === 0 ? 0 : (Math.abs(signs) - 1) / spread;
  if (Math.abs(days) < TREND_DAYS || 2 * (1 - normal(z)) >= CHANCE) return null;
  return { towards: days > 0 ? 'slower' : 'faster', days: Math.abs(days) };
}

/** Share of a normal distribution below z; Abramowitz and Stegun 26.2.17. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429].reduceRight((sum, each) => (sum + each) * t, 0);
  return 1 - (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

/** Each day on which money came counts once, however many invoices it paid; what was derived from two lists has no day of its own. */
function receiptDays(invoices: readonly BookInvoice[], evening: Day): Day[] {
  const days = new Set(invoices.flatMap(({ cuts }) => cuts.filter(({ by, on }) => by === 'cash' && on <= evening).map(({ on }) => on)));
  return [...days].sort().slice(-24);
}

function payRunOf(days: readonly Day[]): PayRun | null {
  if (days.length < RUN_RECEIPTS) return null;
  const enough = RUN_SHARE * days.length;
  const weekdays = countBy(days, weekdayOf);
  if (weekdays[0]![1] >= enough && unlikely(weekdays[0]![1], days.length, 1 / 5)) return { on: 'weekday', weekday: weekdays[0]![0] };
  const monthDays = countBy(days, dayOfMonth).slice(0, 2);
  const [first, second] = monthDays as [[number, number], [number, number]?];
  if (first[1] >= enough) return { on: 'month-days', days: [first[0]] };
  if (second && second[1] >= 3 && first[1] + second[1] >= enough)
    return { on: 'month-days', days: [first[0], second[0]].sort((a, b) => a - b) };
  return null;
}

/** Whether so many of n would fall on one of five weekdays by chance less than once in a hundred times. */
function unlikely(hits: number, n: number, chance: number): boolean {
  let tail = 0;
  for (let k = hits; k <= n; k += 1) {
    let term = 1;
    for (let i = 0; i < k; i += 1) term *= ((n - i) / (k - i)) * chance;
    tail += term * (1 - chance) ** (n - k);
  }
  return 5 * tail < 0.01;
}

function countBy(days: readonly Day[], of: (day: Day) => number): [number, number][] {
  const counts = new Map<number, number>();
  for (const each of days) counts.set(of(each), (counts.get(of(each)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** The last day of each month is 31. */
function dayOfMonth(of: Day): number {
  return addDays(of, 1).endsWith('-01') ? 31 : Number(of.slice(8));
}

const EPOCH = '1970-01-01' as Day;

/** The first day of a pay run on or after a day; days since 1970. */
export function payRunDay(run: PayRun, from: number): number {
  for (let at = from; at < from + 31; at += 1) {
    const day = addDays(EPOCH, at);
    if (run.on === 'weekday' ? weekdayOf(day) === run.weekday : run.days.includes(dayOfMonth(day))) return at;
  }
  return from;
}

/** Two days before the next pay run, so that the invoice can still be put into it; null without one. */
export function bestDayToCall({ payRun }: Pick<PaymentHabit, 'payRun'>, today: Day): Day | null {
  if (payRun === null) return null;
  const run = payRunDay(payRun, epochDay(today) + 2);
  return addDays(EPOCH, run - 2);
}
