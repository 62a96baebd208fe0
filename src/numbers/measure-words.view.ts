import type { Day } from '../kernel/day.ts';
import { longDay, shortDay } from '../slack/freshness.ts';
import type { Lacking, Measure } from './measures.ts';

const WHY: { readonly [Why in Lacking]: string } = {
  history: 'not enough data',
  sales: 'no sales',
  'nothing-due': 'nothing was due',
  few: 'fewer than 10',
  large: 'too large to add up',
};

/** '23.18 days', 'more than 61 days', 'not enough data'. */
export function daysWords(measure: Measure): string {
  if ('lacking' in measure) return WHY[measure.lacking];
  return `${measure.more ? 'more than ' : ''}${decimal(measure.value)} days`;
}

export function percentWords(measure: Measure): string {
  return 'lacking' in measure ? WHY[measure.lacking] : `${decimal(measure.value)}%`;
}

/** CEI has no unit: 100 is everything that could be collected. */
export function indexWords(measure: Measure): string {
  return 'lacking' in measure ? WHY[measure.lacking] : decimal(measure.value);
}

const format = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function decimal(value: number): string {
  return format.format(value).replace('-', '−');
}

/** Where a figure is missing because the ledger does not reach back: from when it does. */
export function sinceWords(since: Day | null): string {
  return since === null
    ? 'Nothing is known yet.'
    : `The ledger is complete from ${longDay(since)}. Figures that need earlier days show “not enough data”.`;
}

export function periodWords({ name, from, to }: { readonly name: 'month' | 'quarter'; readonly from: Day; readonly to: Day }): string {
  return `${name === 'month' ? 'Month' : '91 days'}, ${shortDay(from)} to ${shortDay(to)}`;
}

/** Medians that the Credit Research Foundation published; each is the median of its own figure, so that they do not add up. */
export const BENCHMARK =
  'For comparison, medians of the Credit Research Foundation’s national summary for the third quarter of 2020: CEI 82.84 · DSO 39.25 days · ' +
  'best possible DSO 32.23 days · average days delinquent 4.12 · not due 88.31% · over 91 days 0.67%. Each is a median of its own.';
