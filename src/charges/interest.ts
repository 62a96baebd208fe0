import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import { endOf, halfOf, type RateTable, rateName, rateOf } from './interest-rates.ts';
import type { InterestBasis } from './interest-rules.ts';

/** A debt as it bears interest. Minor units. */
export interface Debt {
  readonly due: Day;
  readonly amount: number;
  /** Positive; in any order. What came by the due date bears no interest. */
  readonly payments: readonly { readonly on: Day; readonly amount: number }[];
}

/** Days `from` to `to`, both counted, on one principal at one rate (hundredths of a percent a year). */
export interface InterestStep {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly principal: number;
  readonly rate: number;
  /** The official rate it rests on; null for an agreed one. */
  readonly reference: { readonly name: string; readonly rate: number; readonly source: string } | null;
}

export interface Interest {
  /** Minor units, rounded half up once over all steps. */
  readonly amount: number;
  /** Without those on which nothing was owed. */
  readonly steps: readonly InterestStep[];
}

export type InterestResult = Interest | { readonly missing: string };

/** Actual days over 365, whatever the year: usual in the UK and the EU, and the same in a leap year. */
const YEAR = 365n;
const HUNDREDTHS_OF_PERCENT = 10_000n;

/**
 * Simple interest from the day after the due date through `until`; the day of a payment still bears interest on what it pays.
 * `missing` names a reference rate that is not known. Amounts must be safe integers.
 */
export function interestUntil(debt: Debt, until: Day, basis: InterestBasis, rates: RateTable): InterestResult {
  const steps: InterestStep[] = [];
  const cuts = cutsOf(debt, until, basis);
  let from = addDays(debt.due, 1);
  for (const to of cuts) {
    const principal = owedOn(debt, from);
    if (principal > 0) {
      const rate = rateOn(basis, from, debt.due, rates);
      if ('missing' in rate) return rate;
      steps.push({ from, to, days: daysBetween(from, to) + 1, principal, ...rate });
    }
    from = addDays(to, 1);
  }
  return { amount: rounded(steps), steps };
}

/** What bears interest on a day: the amount less every payment of the days before it. */
export function owedOn({ due, amount, payments }: Debt, on: Day): number {
  const paid = payments.reduce((sum, payment) => (payment.on < on || payment.on <= due ? sum + payment.amount : sum), 0);
  return Math.max(0, amount - paid);
}

/** Last days of the steps, in order, the last one `until`; none when it is not later than the due date. */
function cutsOf({ due, payments }: Debt, until: Day, basis: InterestBasis): Day[] {
  if (until <= due) return [];
  const cuts = new Set<Day>(payments.map(({ on }) => on).filter((on) => on > due && on < until));
  if (basis.how === 'statutory' && basis.rule.fixing === 'each-half-year') {
    for (let end = endOf(halfOf(addDays(due, 1))); end < until; end = endOf(halfOf(addDays(end, 1)))) cuts.add(end);
  }
  return [...[...cuts].sort(), until];
}

/** The rate of the days from `from` on. */
function rateOn(
  basis: InterestBasis,
  from: Day,
  due: Day,
  rates: RateTable,
): Pick<InterestStep, 'rate' | 'reference'> | { readonly missing: string } {
  if (basis.how === 'agreed') return { rate: basis.rate, reference: null };
  const { series, points, fixing } = basis.rule;
  const half = halfOf(fixing === 'each-half-year' ? from : addDays(due, 1));
  const name = rateName(series, half);
  const found = rateOf(rates, series, half);
  return found ? { rate: found.rate + points, reference: { name, rate: found.rate, source: found.source } } : { missing: name };
}

function rounded(steps: readonly InterestStep[]): number {
  const sum = steps.reduce((total, { principal, days, rate }) => total + BigInt(principal) * BigInt(days) * BigInt(rate), 0n);
  const divisor = YEAR * HUNDREDTHS_OF_PERCENT;
  const amount = Number((2n * sum + divisor) / (2n * divisor));
  if (!Number.isSafeInteger(amount)) throw new RangeError(`interest leaves the safe integers: ${amount}`);
  return amount;
}
