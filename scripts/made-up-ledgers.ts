import { addDays, type Day, day, epochDay } from '../src/kernel/day.ts';
import type { Book, BookInvoice, BookReceipt } from '../src/numbers/book.ts';
import { randomFrom } from '../src/numbers/forecast.ts';

/** How the customers of a made-up ledger pay: days after the due day, by the number of the customer and the day of issue. */
interface Habit {
  readonly name: string;
  readonly delay: (of: { readonly customer: number; readonly issued: number; readonly random: () => number }) => number;
  /** The weekday on which money goes out, 1 Monday; left out: any. */
  readonly payRun?: (customer: number) => number;
}

const FIRST = day('2024-01-01');
const [CUSTOMERS, DAYS, A_MONTH] = [40, 730, 2];
const bell = (random: () => number) => random() + random() + random() + random() - 2;
const own = (customer: number, most: number) => ((customer * 37) % most) - 5;

/** Ten ways to pay: from to the day to by chance. */
export const HABITS: readonly Habit[] = [
  { name: 'to the day', delay: () => 0 },
  { name: 'each its own days', delay: ({ customer }) => own(customer, 40) },
  { name: 'its own days, a few more or less', delay: ({ customer, random }) => own(customer, 40) + Math.round(4 * bell(random)) },
  { name: 'its own days, widely spread', delay: ({ customer, random }) => own(customer, 40) + Math.round(15 * bell(random)) },
  { name: 'all alike', delay: ({ random }) => 10 + Math.round(10 * bell(random)) },
  { name: 'pay runs on a weekday', delay: ({ customer }) => own(customer, 30), payRun: (customer) => 1 + (customer % 5) },
  { name: 'slower and slower', delay: ({ issued, random }) => Math.round(issued / 40 + 6 * bell(random)) },
  { name: 'faster and faster', delay: ({ issued, random }) => Math.round(25 - issued / 40 + 6 * bell(random)) },
  { name: 'a long tail', delay: ({ random }) => Math.round(8 * -Math.log(1 - random())) - 4 },
  {
    name: 'some in time, some never on time',
    delay: ({ customer, random }) => (customer % 3 === 0 ? 45 : 0) + Math.round(8 * bell(random)),
  },
];

/** Two years of 40 customers with an invoice every fortnight or so, paid as the habit says. The same seed is the same ledger. */
export function madeUpLedger({ delay, payRun }: Habit, seed: number): Book {
  const random = randomFrom(seed);
  const invoices: BookInvoice[] = [];
  const receipts: BookReceipt[] = [];
  for (let customer = 0; customer < CUSTOMERS; customer += 1) {
    const account = `customer-${customer}`;
    for (let issued = Math.floor(random() * 30); issued < DAYS; issued += 1 + Math.floor((random() * 60) / A_MONTH)) {
      const at = addDays(FIRST, issued);
      const due = addDays(at, 30);
      const total = 10_000 + Math.floor(random() ** 3 * 2_000_000);
      let on = addDays(due, Math.max(-29, delay({ customer, issued, random })));
      if (payRun) while (weekday(on) !== payRun(customer)) on = addDays(on, 1);
      const base = { account, entity: 'ONE', number: `${customer}-${issued}`, currency: 'EUR' };
      invoices.push({ ...base, issued: at, due, total, undated: 0, disputed: 0, cuts: [{ on, amount: total, by: 'cash' }] });
      receipts.push({ ...base, on, amount: total, by: 'cash', takes: [{ on, amount: total }] });
    }
  }
  return { invoices, receipts, firstImport: null };
}

/** 1 Monday to 7 Sunday. */
function weekday(of: Day): number {
  return ((((epochDay(of) + 3) % 7) + 7) % 7) + 1;
}
