import type { Day } from '../kernel/day.ts';
import type { Basis } from './expected-cash.ts';
import type { WeekForecast } from './forecast.ts';

/** A forecast as it was made: on the evening before its first week. Amounts in minor units of one currency each. */
export interface MadeForecast {
  /** The evening up to which everything was known; the first week begins on the next day. */
  readonly evening: Day;
  readonly currencies: readonly CurrencyForecast[];
}

export interface CurrencyForecast {
  readonly currency: string;
  readonly open: number;
  readonly weeks: readonly (WeekForecast & {
    /** What the week rests on; adds up to `expected` but for rounding. */
    readonly by: Readonly<Partial<Record<Basis, number>>>;
  })[];
  /** For comparison, over the same weeks: each on its due day, and on its due day and the customer's median delay. */
  readonly byDue: readonly number[];
  readonly byMedian: readonly number[];
  /** Expected later than the last week, or not at all. */
  readonly later: number;
  /** The largest that are expected in the first week rather than later. */
  readonly first: readonly ExpectedInvoice[];
  /** The largest amounts of all. */
  readonly biggest: readonly ExpectedInvoice[];
}

export interface ExpectedInvoice {
  readonly account: string;
  readonly name: string;
  readonly entity: string;
  readonly number: string;
  readonly amount: number;
  readonly basis: Basis;
  /** The most likely week, 0 the first; null: later or never. */
  readonly week: number | null;
}
