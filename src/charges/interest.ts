import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import { endOf, type Half, halfOf, type RateTable, rateName, rateOf } from './interest-rates.ts';
import type { InterestBasis } from './interest-rules.ts';
import type { InterestRule } from './law-rules.ts';

/** A debt as it bears interest. Minor units. */
export interface Debt {
  /** The last day without interest. */
  readonly due: Day;
  readonly amount: number;
  /** Positive; in any order. What came by the due date bears no interest. */
  readonly payments: readonly { readonly on: Day; readonly amount: number }[];
  /** Interest that was paid or given up: it does not bear interest itself. */
  readonly settled?: number;
  /** The day on which insolvency proceedings over the debtor were opened: from it on nothing bears interest. */
  readonly opened?: Day | null;
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
  /** Minor units, rounded half up once over all steps; where a year's interest is added to the debt, once for each year. */
  readonly amount: number;
  /** Without those on which nothing was owed. */
  readonly steps: readonly InterestStep[];
}

export type InterestResult = Interest | MissingRate;
/** A reference rate that is not known, by name, and of which half-year it would be. */
export interface MissingRate {
  readonly missing: string;
  readonly half: Half;
}

/** Actual days over 365, whatever the year: usual in the UK and the EU, and the same in a leap year. */
const YEAR = 365n;
const HUNDREDTHS_OF_PERCENT = 10_000n;

/**
 * Interest from the day after the due date through `until`; the day of a payment still bears interest on what it pays. Simple, but where the law adds
 * the interest of each year to the debt. `missing` names a reference rate that is not known. Amounts must be safe integers.
 */
export function interestUntil(debt: Debt, until: Day, basis: InterestBasis, rates: RateTable): InterestResult {
  const last = debt.opened && debt.opened <= until ? addDays(debt.opened, -1) : until;
  const years = yearsOf(debt, last, basis);
  const steps: InterestStep[] = [];
  let year: InterestStep[] = [];
  let [from, amount, added] = [addDays(debt.due, 1), 0, 0];
  for (const to of cutsOf(debt, last, basis, years)) {
    const principal = owedOn(debt, from) + added;
    if (principal > 0) {
      const rate = rateOn(basis, from, debt.due, rates);
      if ('missing' in rate) return rate;
      const step = { from, to, days: daysBetween(from, to) + 1, principal, ...rate };
      steps.push(step);
      year.push(step);
    }
    if (years.has(to)) {
      amount += rounded(year);
      added = Math.max(0, amount - (debt.settled ?? 0));
      year = [];
    }
    from = addDays(to, 1);
  }
  return { amount: amount + rounded(year), steps };
}

/** What bears interest on a day: the amount less every payment of the days before it. */
export function owedOn({ due, amount, payments }: Debt, on: Day): number {
  const paid = payments.reduce((sum, payment) => (payment.on < on || payment.on <= due ? sum + payment.amount : sum), 0);
  return Math.max(0, amount - paid);
}

/** Last days of the steps, in order, the last one `until`; none when it is not later than the due date. */
function cutsOf({ due, payments }: Debt, until: Day, basis: InterestBasis, years: ReadonlySet<Day>): Day[] {
  if (until <= due) return [];
  const cuts = new Set<Day>([...payments.map(({ on }) => on), ...years].filter((on) => on > due && on < until));
  if (basis.how === 'agreed' ? basis.cap !== null : basis.rule.fixing === 'each-half-year') {
    for (let end = endOf(halfOf(addDays(due, 1))); end < until; end = endOf(halfOf(addDays(end, 1)))) cuts.add(end);
  }
  return [...[...cuts].sort(), until];
}

/** Last days of the full years of interest, where each year's interest is added to the debt. */
function yearsOf({ due }: Debt, until: Day, basis: InterestBasis): ReadonlySet<Day> {
  const years = new Set<Day>();
  if (basis.how === 'agreed' || !basis.rule.compound) return years;
  const after = (count: number) => Temporal.PlainDate.from(due).add({ years: count }).toString() as Day;
  for (let count = 1; after(count) <= until; count += 1) years.add(after(count));
  return years;
}

type StepRate = Pick<InterestStep, 'rate' | 'reference'>;

/** The rate of the days from `from` on. */
function rateOn(basis: InterestBasis, from: Day, due: Day, rates: RateTable): StepRate | MissingRate {
  if (basis.how === 'statutory') return statutoryRate(basis.rule, from, due, rates);
  const { rate, cap } = basis;
  if (!cap) return { rate, reference: null };
  const half = halfOf(from);
  const name = rateName(cap.series, half);
  const found = rateOf(rates, cap.series, half);
  if (!found) return { missing: name, half };
  const most = cap.times * (found.rate + cap.points);
  return rate <= most ? { rate, reference: null } : { rate: most, reference: { name, rate: found.rate, source: found.source } };
}

const HALF_POINT = 50;

function statutoryRate({ series, points, fixing, roundedUp }: InterestRule, from: Day, due: Day, rates: RateTable): StepRate | MissingRate {
  const fixed = fixing === 'due-date' ? due : addDays(due, 1);
  const half = halfOf(fixing === 'each-half-year' ? from : fixed);
  const name = rateName(series, half);
  const found = rateOf(rates, series, half);
  if (!found) return { missing: name, half };
  const reference = { name: roundedUp ? `${name}, rounded up to the half point` : name, rate: found.rate, source: found.source };
  const counted = roundedUp ? Math.ceil(found.rate / HALF_POINT) * HALF_POINT : found.rate;
  return { rate: counted + points, reference };
}

function rounded(steps: readonly InterestStep[]): number {
  const sum = steps.reduce((total, { principal, days, rate }) => total + BigInt(principal) * BigInt(days) * BigInt(rate), 0n);
  const divisor = YEAR * HUNDREDTHS_OF_PERCENT;
  const amount = Number((2n * sum + divisor) / (2n * divisor));
  if (!Number.isSafeInteger(amount)) throw new RangeError(`interest leaves the safe integers: ${amount}`);
  return amount;
}
