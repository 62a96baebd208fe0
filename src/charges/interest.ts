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
  /** With the interest of full years where the law adds it, then rounded. */
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

export type InterestResult = Interest | MissingRate;
/** A reference rate that is not known, by name, and of which half-year it would be. */
export interface MissingRate {
  readonly missing: string;
  readonly half: Half;
}

/** Actual days over 365, whatever the year: usual in the UK and the EU, and the same in a leap year. */
const YEAR = 365n;
const HUNDREDTHS_OF_PERCENT = 10_000n;
const DIVISOR = YEAR * HUNDREDTHS_OF_PERCENT;

/**
 * Interest from the day after the due date through `until`; the day of a payment still bears interest on what it pays. Simple, but where the law adds
 * the interest of each year to the debt. `missing` names a reference rate that is not known. Amounts must be safe integers.
 */
export function interestUntil(debt: Debt, until: Day, basis: InterestBasis, rates: RateTable): InterestResult {
  const last = debt.opened && debt.opened <= until ? addDays(debt.opened, -1) : until;
  const years = yearsOf(debt, last, basis);
  const steps: InterestStep[] = [];
  let [from, total, added] = [addDays(debt.due, 1), NOTHING, NOTHING];
  for (const to of cutsOf(debt, last, basis, years)) {
    const bearing = plus(whole(owedOn(debt, from)), added);
    if (bearing.top > 0n) {
      const rate = rateOn(basis, from, debt.due, rates);
      if ('missing' in rate) return rate;
      const days = daysBetween(from, to) + 1;
      steps.push({ from, to, days, principal: rounded(bearing), ...rate });
      total = plus(total, { top: bearing.top * BigInt(days) * BigInt(rate.rate), below: bearing.below * DIVISOR });
    }
    if (years.has(to)) {
      const kept = plus(total, whole(-(debt.settled ?? 0)));
      added = kept.top > 0n ? kept : NOTHING;
    }
    from = addDays(to, 1);
  }
  return { amount: rounded(total), steps };
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

/** An exact amount in minor units. `below` is a power of DIVISOR. */
interface Exact {
  readonly top: bigint;
  readonly below: bigint;
}

const NOTHING: Exact = { top: 0n, below: 1n };
const whole = (amount: number): Exact => ({ top: BigInt(amount), below: 1n });

function plus(a: Exact, b: Exact): Exact {
  const below = a.below > b.below ? a.below : b.below;
  return { top: a.top * (below / a.below) + b.top * (below / b.below), below };
}

/** Half up. */
function rounded({ top, below }: Exact): number {
  const amount = Number((2n * top + below) / (2n * below));
  if (!Number.isSafeInteger(amount)) throw new RangeError(`interest leaves the safe integers: ${amount}`);
  return amount;
}
