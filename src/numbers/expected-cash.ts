import type { AccountWork } from '../account/account-work.ts';
import type { ItemParts } from '../arrangements/collectable.ts';
import { addDays, type Day, epochDay } from '../kernel/day.ts';
import { byHabit, type Chances, onDay, WEEKS } from './forecast.ts';
import type { PayHabits } from './pay-habits.ts';

/** What an expectation rests on. `none`: nothing is expected, since it is with an agency, the customer is insolvent or it was written off. */
export const BASES = ['promised', 'planned', 'direct-debit', 'habit', 'overdue', 'disputed', 'none'] as const;
export type Basis = (typeof BASES)[number];

export interface ExpectedPart {
  readonly account: string;
  readonly name: string;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly due: Day;
  readonly amount: number;
  readonly basis: Basis;
  readonly chances: Chances;
}

/** The chance that a promise or instalment is kept, where a customer has ended fewer than LEAST_KEPT of them (own policy). */
const KEPT = 0.8;
const LEAST_KEPT = 5;

/** Share of the customer's promises that were kept, by amount. */
export function keptRate({ pastPromises }: Pick<AccountWork, 'pastPromises'>): number {
  const counted = pastPromises.filter(({ outcome }) => outcome !== 'credited');
  if (counted.length < LEAST_KEPT) return KEPT;
  const [amount, paid] = counted.reduce(([all, came], each) => [all + each.amount, came + Math.min(each.amount, each.paid)], [0, 0]);
  return amount > 0 ? paid / amount : KEPT;
}

export interface CustomerToday {
  readonly account: string;
  readonly name: string;
  readonly segment: string;
  readonly autopay: boolean;
  readonly work: AccountWork;
  readonly parts: readonly ItemParts[];
  /** Weeks begin on the day after this evening. */
  readonly evening: Day;
  /** Days until a dispute is settled, as the company's rule has it. */
  readonly disputeDays: number;
  readonly leaves?: (day: number) => number;
}

/** What is expected of one customer's open invoices, part by part. */
export function expectedOf(customer: CustomerToday, habits: PayHabits): ExpectedPart[] {
  const { account, name, segment, autopay, work, parts, evening } = customer;
  const rate = keptRate(work);
  const stopped = work.status === 'insolvent' || work.status === 'ceased-trading';
  const placed = new Set(
    work.placements
      .filter(({ state }) => state !== 'recalled')
      .flatMap(({ entity, invoices }) => invoices.map((number) => `${entity}\n${number}`)),
  );
  return parts.flatMap(({ item, writtenOff, disputed, planned, promised, held, ask }) => {
    const { entity, number, currency, due } = item;
    const payer = { account, entity, segment };
    const habit = (from: Day) => byHabit({ ...payer, due: from }, habits, evening, customer.leaves);
    const part = (amount: number, basis: Basis, chances: () => Chances): ExpectedPart[] =>
      amount > 0 ? [{ account, name, entity, number, currency, due, amount, basis, chances: chances() }] : [];
    const nothing = () => new Float64Array(WEEKS);
    if (stopped || placed.has(`${entity}\n${number}`)) return part(item.open, 'none', nothing);
    const late = due <= evening;
    const own = autopay
      ? part(ask + held, 'direct-debit', () => onDay(epochDay(due) + 1, epochDay(evening)))
      : part(ask + held, late ? 'overdue' : 'habit', () => habit(due));
    const settled = addDays(evening, customer.disputeDays);
    return [
      ...part(writtenOff, 'none', nothing),
      ...part(disputed, 'disputed', () => habit(settled > due ? settled : due)),
      ...part(planned, 'planned', () => instalments(work, entity, number, evening, rate)),
      ...part(promised, 'promised', () => promisedChances(work, entity, number, evening, rate, habit(due))),
      ...own,
    ];
  });
}

/** The promised day has its rate, the habit the rest. */
function promisedChances(work: AccountWork, entity: string, number: string, evening: Day, rate: number, habit: Chances): Chances {
  const dates = work.promises
    .filter((promise) => promise.entity === entity && promise.parts.some(({ invoice }) => invoice === number))
    .map(({ date }) => date)
    .sort();
  const on = onDay(epochDay(dates[0] ?? evening), epochDay(evening));
  return habit.map((chance, week) => rate * on[week]! + (1 - rate) * chance);
}

/** What is left of a plan, spread over the instalments still to come; each is kept as often as the customer's promises are. */
function instalments(work: AccountWork, entity: string, number: string, evening: Day, rate: number): Chances {
  const chances = new Float64Array(WEEKS);
  const plans = work.plans.filter((plan) => plan.entity === entity && plan.parts.some(({ invoice }) => invoice === number));
  const due = plans.flatMap((plan) => plan.instalments).filter(({ date }) => date > evening);
  const whole = due.reduce((sum, { amount }) => sum + amount, 0);
  for (const { date, amount } of due) {
    const on = onDay(epochDay(date), epochDay(evening));
    for (let week = 0; week < WEEKS; week += 1) chances[week]! += (rate * on[week]! * amount) / whole;
  }
  return chances;
}
