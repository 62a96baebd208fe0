import type { Day } from '../kernel/day.ts';
import { type DatedRate, type Half, halfOf, rateOf, rateTable, type Series } from './interest-rates.ts';

/** A rate that an admin entered, so that a new half-year needs no new version of the program. */
export interface AddedRate extends DatedRate {
  /** Slack user id. */
  readonly by: string;
  readonly on: Day;
}

export interface RateRequest {
  readonly series: Series;
  readonly half: Half;
  /** Hundredths of a percent a year; may be below zero, as the German base rate was until 2022. */
  readonly rate: number;
  readonly source: string;
}

export type RatesFact = {
  readonly type: 'rate-added';
  /** What was on file for this half-year before, or null. */
  readonly from: number | null;
} & RateRequest;

export type RatesRefusal = 'reference-rate-out-of-range' | 'rate-source-missing' | 'rate-not-fixed-yet' | 'rate-known';

export type RatesDecision =
  | { readonly added: readonly AddedRate[]; readonly facts: readonly [RatesFact] }
  | { readonly refused: RatesRefusal };

/** Own limits: beyond them a decimal point was forgotten. */
const LOWEST = -200;
const HIGHEST = 3000;

/** The last one for a half-year counts; what was claimed before keeps the rate it was claimed with. */
export function decideRates(added: readonly AddedRate[], request: RateRequest, by: string, today: Day): RatesDecision {
  const { series, half, rate, source } = request;
  if (!Number.isInteger(rate) || rate < LOWEST || rate > HIGHEST) return { refused: 'reference-rate-out-of-range' };
  if (source.trim() === '') return { refused: 'rate-source-missing' };
  if (half > halfOf(today)) return { refused: 'rate-not-fixed-yet' };
  const before = rateOf(rateTable(added), series, half);
  if (before?.rate === rate) return { refused: 'rate-known' };
  const others = added.filter((each) => each.series !== series || each.half !== half);
  return {
    added: [...others, { series, half, rate, source, by, on: today }],
    facts: [{ type: 'rate-added', series, half, rate, source, from: before?.rate ?? null }],
  };
}
