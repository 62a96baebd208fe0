import { addDays, type Day, epochDay } from '../kernel/day.ts';
import { type BookInvoice, openOn } from './book.ts';
import { byHabit, type Chances, type Expected, onDay, sumWeeks } from './forecast.ts';
import { delayOf, PayHabits } from './pay-habits.ts';

/** Weeks that are scored after each origin. */
export const SCORED = 4;
export const METHODS = ['due', 'median', 'habit'] as const;
/** `due`: on the due day, what is late next week. `median`: due day and the customer's median delay, at the earliest next week. */
export type Method = (typeof METHODS)[number];

/** Sums of absolute errors and of what came; shares of what came. */
export interface Score {
  readonly origins: number;
  readonly wapeByWeek: number;
  readonly wapeOfSum: number;
  readonly bias: number;
  /** By week after the origin. */
  readonly wapeOfWeek: readonly number[];
  /** Share of weeks in whose band what came lay; null for methods without one. */
  readonly covered: number | null;
}

/** The median of a list that is not empty; of two in the middle the mean. */
export function median(of: readonly number[]): number {
  const sorted = [...of].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

class Errors {
  private readonly absolute = new Float64Array(SCORED);
  private readonly came = new Float64Array(SCORED);
  private sums = 0;
  private bias = 0;
  private origins = 0;
  private weeks = 0;
  private inside = 0;

  add(expected: readonly number[], came: readonly number[], band: readonly { readonly low: number; readonly high: number }[] | null): void {
    this.origins += 1;
    let difference = 0;
    for (let week = 0; week < SCORED; week += 1) {
      const error = expected[week]! - came[week]!;
      difference += error;
      this.absolute[week]! += Math.abs(error);
      this.came[week]! += came[week]!;
      if (!band) continue;
      this.weeks += 1;
      if (band[week]!.low <= came[week]! && came[week]! <= band[week]!.high) this.inside += 1;
    }
    this.sums += Math.abs(difference);
    this.bias += difference;
  }

  score(): Score {
    const all = this.came.reduce((sum, each) => sum + each, 0);
    const absolute = this.absolute.reduce((sum, each) => sum + each, 0);
    return {
      origins: this.origins,
      wapeByWeek: absolute / all,
      wapeOfSum: this.sums / all,
      bias: this.bias / all,
      wapeOfWeek: [...this.absolute].map((each, week) => each / this.came[week]!),
      covered: this.weeks > 0 ? this.inside / this.weeks : null,
    };
  }
}

export interface BacktestOf {
  /** Of one currency. */
  readonly invoices: readonly BookInvoice[];
  readonly segment: (account: string) => string;
  /** Evenings at which a forecast is made; only what was known by then is used. */
  readonly origins: readonly Day[];
}

/** What each method would have said on each evening, against what came of the invoices that were open then. */
export function backtest(of: BacktestOf): Readonly<Record<Method, Score>> {
  const trial = new Backtest(of);
  for (const _ of trial.steps());
  return trial.scores();
}

/** The same in steps, for those who answer others in between. */
export class Backtest {
  private readonly of: BacktestOf;
  private readonly habits = new PayHabits();
  private readonly errors: Readonly<Record<Method, Errors>> = { due: new Errors(), median: new Errors(), habit: new Errors() };

  constructor(of: BacktestOf) {
    this.of = of;
  }

  *steps(): Generator<void> {
    const { invoices, origins, segment } = this.of;
    const paid = paidBy(invoices, origins.at(-1) ?? ('1970-01-01' as Day));
    let next = 0;
    for (const origin of origins) {
      for (; next < paid.length && paid[next]!.on <= origin; next += 1) {
        const { invoice, delay, on } = paid[next]!;
        this.habits.add({ ...invoice, segment: segment(invoice.account) }, delay, on);
      }
      yield;
      yield* this.judge(origin);
    }
  }

  scores(): Readonly<Record<Method, Score>> {
    const { due, median: byMedian, habit } = this.errors;
    return { due: due.score(), median: byMedian.score(), habit: habit.score() };
  }

  private *judge(origin: Day): Generator<void> {
    const { invoices, segment } = this.of;
    const today = epochDay(origin);
    const came = new Array<number>(SCORED).fill(0);
    const expected: Record<Method, Expected[]> = { due: [], median: [], habit: [] };
    this.habits.standing(standingOf(invoices, origin, segment), origin);
    for (const [n, invoice] of invoices.entries()) {
      if (n % 500 === 499) yield;
      const amount = openOn(invoice, origin);
      if (amount <= 0) continue;
      addCame(invoice, origin, came);
      const { account, due } = invoice;
      const own = this.habits.ownDelays(account);
      const put = (method: Method, chances: Chances) => expected[method].push({ amount, chances });
      put('due', onDay(epochDay(due), today));
      put('median', onDay(epochDay(due) + (own.length > 0 ? Math.round(median(own)) : 0), today));
      put('habit', byHabit({ ...invoice, segment: segment(account) }, this.habits, origin));
    }
    for (const method of METHODS) {
      const sums = method === 'habit' ? sumWeeks(expected.habit, today) : null;
      const means = Array.from({ length: SCORED }, (_, week) =>
        expected[method].reduce((sum, { amount, chances }) => sum + amount * chances[week]!, 0),
      );
      this.errors[method].add(means, came, sums);
      yield;
    }
  }
}

/** Every invoice that is open on an evening, with its days past due. */
export function* standingOf(invoices: readonly BookInvoice[], evening: Day, segment: (account: string) => string) {
  for (const invoice of invoices) {
    const { account, entity, due } = invoice;
    if (openOn(invoice, evening) > 0) yield { account, entity, segment: segment(account), age: epochDay(evening) - epochDay(due) };
  }
}

/** In the order in which they were paid. */
function paidBy(invoices: readonly BookInvoice[], last: Day) {
  return invoices
    .flatMap((invoice) => {
      const delay = delayOf(invoice, '9999-12-31' as Day);
      const on = invoice.cuts.at(-1)?.on;
      return delay === null || on === undefined || on > last ? [] : [{ invoice, delay, on }];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function addCame({ cuts }: BookInvoice, origin: Day, came: number[]): void {
  for (const { on, amount, by } of cuts) {
    const week = Math.floor((epochDay(on) - epochDay(origin) - 1) / 7);
    if (by !== 'credit' && on > origin && week < SCORED) came[week]! += amount;
  }
}

/** One evening a week, from the 26th week of a history to the last from which all scored weeks are known. */
export function weeklyOrigins(invoices: readonly BookInvoice[], skip = 26): Day[] {
  const first = invoices.reduce<Day | null>((least, { issued }) => (least === null || issued < least ? issued : least), null);
  const end = invoices.reduce<Day | null>((most, { issued }) => (most === null || issued > most ? issued : most), null);
  if (first === null || end === null) return [];
  const origins: Day[] = [];
  for (let at = addDays(first, skip * 7); addDays(at, SCORED * 7) <= end; at = addDays(at, 7)) origins.push(at);
  return origins;
}
