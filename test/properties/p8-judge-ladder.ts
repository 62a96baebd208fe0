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

  /** A step of the ladder was taken for some bills; the oldest of them leads. */
  stepped(customer: Customer, entity: string, step: string, named: readonly Bill[], day: string): void {
    const order = customer.large ? LARGE_STEPS : STEPS;
    const index = order.indexOf(step);
    const key = keyIn(entity);
    const place = (bill: Bill) => this.#steps.get(key(bill)) ?? -1;
    const [lead] = named.toSorted((a, b) => (a.due + a.number < b.due + b.number ? -1 : 1));
    if (!lead) return void this.#counting.fault('skipped', `${customer.number} ${step} ${day} names no invoice`);
    this.#counting.could('skipped');
    this.#counting.could('early');
    const expected = step === 'note' ? 0 : Math.max(place(lead) + 1, 1);
    const where = `${customer.number} ${lead.number} ${day}: ${step}`;
    if (index !== expected || (step === 'note' && place(lead) >= 0))
      this.#counting.fault('skipped', `${where}, expected ${order[expected]}`);
    if (daysFrom(lead.due, day) < dayOf(step, customer)) this.#counting.fault('early', where);
    for (const bill of named) this.#steps.set(key(bill), Math.max(place(bill), index));
    this.contacted(customer, entity);
    if (DEMANDS.has(step)) this.#demanded(customer, entity, day);
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
