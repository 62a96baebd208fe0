import { type Bill, type Books, type Customer, daysFrom, workingDays } from './p8-books.ts';
import type { Counting } from './p8-judge-fees.ts';

const STEPS = [
  'note',
  'friendly',
  'reminder',
  'call',
  'firm',
  'second-contact',
  'manager-call',
  'final-notice',
  'demand-letter',
  'last-step',
];
const LARGE_STEPS = STEPS.with(2, 'call').with(3, 'reminder');
const DAY_OF: Readonly<Record<string, number>> = {
  note: -7,
  friendly: 3,
  reminder: 10,
  call: 14,
  firm: 21,
  'second-contact': 30,
  'manager-call': 40,
  'final-notice': 45,
  'demand-letter': 60,
  'last-step': 90,
};
/** Large customers are called a week earlier. */
const dayOf = (step: string, { large }: Customer) => (large && step === 'call' ? 7 : DAY_OF[step]!);
const DEMANDS = new Set(['friendly', 'reminder', 'firm', 'second-contact', 'final-notice']);
const DEMAND_GAP = 5;
const minimumOf = (step: string) => (step === 'final-notice' ? 50_000 : step === 'second-contact' ? 10_000 : 2_500);

const keyIn =
  (entity: string) =>
  ({ number }: Bill) =>
    `${entity} ${number}`;

/** Judges the order and the days of the steps that were taken for bills. */
export class Ladder {
  #books: Books;
  #counting: Counting;
  /** By entity and bill: index of the highest step that named it. */
  #steps = new Map<string, number>();
  #lastDemand = new Map<string, string>();

  constructor(books: Books, counting: Counting) {
    this.#books = books;
    this.#counting = counting;
  }

  /** Where bills stood when they came to us. */
  stand(entity: string, bills: readonly Bill[], step: string): void {
    for (const { number } of bills) this.#steps.set(`${entity} ${number}`, STEPS.indexOf(step));
  }

  /** A message took bills to steps: each to one that comes behind its own, on its day or later; only a call or a minimum may lie between. */
  stepped(customer: Customer, entity: string, took: readonly (readonly [Bill, string])[], day: string, demand: boolean): void {
    const order = customer.large ? LARGE_STEPS : STEPS;
    const key = keyIn(entity);
    for (const [bill, step] of took) {
      const index = order.indexOf(step);
      const place = this.#steps.get(key(bill)) ?? -1;
      this.#counting.could('skipped');
      this.#counting.could('early');
      const where = `${customer.number} ${bill.number} ${day}: ${step}`;
      const between = order
        .slice(Math.max(place + 1, 1), index)
        .filter((each) => DEMANDS.has(each) && this.#owed(customer, bill) >= minimumOf(each));
      if (index < place || (index === place && step !== 'final-notice') || between.length > 0)
        this.#counting.fault('skipped', `${where} behind ${order[place] ?? 'none'}`);
      if (daysFrom(bill.due, day) < dayOf(step, customer)) this.#counting.fault('early', where);
      this.#steps.set(key(bill), Math.max(place, index));
    }
    this.contacted(customer, entity);
    if (demand) this.#demanded(customer, entity, day);
  }

  /** All that is owed with a bill: no more can reach a minimum. */
  #owed(customer: Customer, { entity, currency }: Bill): number {
    return this.#books
      .billsOf(customer)
      .filter((bill) => bill.entity === entity && bill.currency === currency)
      .reduce((sum, bill) => sum + this.#books.open(bill.number), 0);
  }

  /** With every contact what is paid leaves the ladder; should a payment bounce, it starts again. */
  contacted(customer: Customer, entity: string): void {
    for (const bill of this.#books.billsOf(customer))
      if (bill.entity === entity && this.#books.open(bill.number) === 0) this.#steps.delete(keyIn(entity)(bill));
  }

  #demanded(customer: Customer, entity: string, day: string): void {
    const key = `${customer.number} ${entity}`;
    const before = this.#lastDemand.get(key);
    this.#lastDemand.set(key, day);
    if (before === undefined) return;
    this.#counting.could('demandGap');
    if (workingDays(customer.place, before, day) < DEMAND_GAP) this.#counting.fault('demandGap', `${key} ${before} and ${day}`);
  }
}
