import { addDays, type Day } from '../kernel/day.ts';
import { allocateAmount, type Money } from '../kernel/money.ts';
import { dayOff, type WorkingDays } from '../kernel/working-days.ts';

export const INTERVALS = ['weekly', 'fortnightly', 'monthly'] as const;
export type Interval = (typeof INTERVALS)[number];

/** One payment of a plan; minor units. */
export interface Instalment {
  /** The day people said. */
  readonly agreed: Day;
  /** The day on which it is due: `agreed`, or the customer's next business day. */
  readonly date: Day;
  readonly amount: number;
}

/** Beyond this an arrangement is a loan (own policy). */
export const MOST_INSTALMENTS = 60;

export type InstalmentProblem =
  | 'no-instalments'
  | 'too-many-instalments'
  | 'instalment-not-positive'
  | 'instalment-in-past'
  | 'instalments-out-of-order'
  | 'plan-does-not-sum';

/** Equal parts that sum exactly; minor units left over go to the first ones. `count` from 1; every part is above zero when the total allows it. */
export function instalmentsOf(total: Money, count: number, first: Day, interval: Interval, calendar: WorkingDays): Instalment[] {
  const amounts = allocateAmount(total, Array(count).fill(1));
  return onBusinessDays(
    amounts.map((amount, n) => ({ agreed: dayOfTurn(first, interval, n), amount })),
    calendar,
  );
}

/** Months are counted from the first day, so that the 31st is the last day of shorter months and the 31st again behind them. */
export function dayOfTurn(first: Day, interval: Interval, n: number): Day {
  if (interval !== 'monthly') return addDays(first, n * (interval === 'weekly' ? 7 : 14));
  return Temporal.PlainDate.from(first).add({ months: n }, { overflow: 'constrain' }).toString() as Day;
}

/** Moves each to the customer's next business day; no two fall on one day. In the order given. */
export function onBusinessDays(agreed: readonly Omit<Instalment, 'date'>[], calendar: WorkingDays): Instalment[] {
  const moved: Instalment[] = [];
  for (const each of agreed) {
    const before = moved.at(-1);
    let date = before && before.date >= each.agreed && before.agreed < each.agreed ? addDays(before.date, 1) : each.agreed;
    while (dayOff(date, calendar) !== null) date = addDays(date, 1);
    moved.push({ ...each, date });
  }
  return moved;
}

/** What is wrong with instalments of a total; null: nothing. Minor units. */
export function instalmentProblem(instalments: readonly Instalment[], total: number, today: Day): InstalmentProblem | null {
  if (instalments.length === 0) return 'no-instalments';
  if (instalments.length > MOST_INSTALMENTS) return 'too-many-instalments';
  if (instalments.some(({ amount }) => !Number.isSafeInteger(amount) || amount <= 0)) return 'instalment-not-positive';
  if (instalments.some(({ date }) => date < today)) return 'instalment-in-past';
  if (instalments.some(({ agreed }, n) => n > 0 && agreed <= instalments[n - 1]!.agreed)) return 'instalments-out-of-order';
  return sumOf(instalments) === total ? null : 'plan-does-not-sum';
}

/** Minor units; above zero: too much, below: missing. */
export function difference(instalments: readonly Pick<Instalment, 'amount'>[], total: number): number {
  return sumOf(instalments) - total;
}

/** How many instalments `paid` covers in full, oldest first. */
export function coveredBy(instalments: readonly Pick<Instalment, 'amount'>[], paid: number): number {
  let left = paid;
  const open = instalments.findIndex(({ amount }) => {
    left -= amount;
    return left < 0;
  });
  return open < 0 ? instalments.length : open;
}

export const sumOf = (parts: readonly { readonly amount: number }[]): number => parts.reduce((sum, { amount }) => sum + amount, 0);
