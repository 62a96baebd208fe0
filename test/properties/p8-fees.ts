import { addDays, type Bill, type Books, offOn } from './p8-books.ts';

/** Something claimed besides a bill; minor units. */
export interface Fee {
  readonly bill: Bill;
  readonly kind: 'interest' | 'compensation' | 'reminder-fee';
  readonly stage: string;
  readonly amount: number;
  left: number;
}

/** What every agreement of the year says a reminder costs, whatever the currency. */
export const REMINDER_FEE = 1500;

/** Reference rates as the central banks published them, and what the laws add; hundredths of a percent a year. */
const LAWS: Readonly<Record<string, { currency: string; add: number; rates: Readonly<Record<string, number>>; fixed: boolean }>> = {
  GB: { currency: 'GBP', add: 800, rates: { '2025H2': 425, '2026H1': 375, '2026H2': 375 }, fixed: true },
  DE: { currency: 'EUR', add: 900, rates: { '2025H2': 127, '2026H1': 127, '2026H2': 152 }, fixed: false },
  FR: { currency: 'EUR', add: 1000, rates: { '2025H2': 215, '2026H1': 215, '2026H2': 240 }, fixed: false },
  ES: { currency: 'EUR', add: 800, rates: { '2025H2': 215, '2026H1': 215, '2026H2': 240 }, fixed: false },
  NL: { currency: 'EUR', add: 800, rates: { '2025H2': 215, '2026H1': 215, '2026H2': 240 }, fixed: false },
};
const halfOf = (day: string) => `${day.slice(0, 4)}H${day.slice(5, 7) <= '06' ? 1 : 2}`;

const lawOf = ({ customer }: Bill) => LAWS[customer.place.slice(0, 2)] ?? null;

/** Public holidays of all Germany before the year. */
const GERMAN_2025 = ['2025-10-03', '2025-12-25', '2025-12-26'];

/** By the law of Germany a due date on a day off moves to the next working day (BGB s.193). */
function dueOf({ customer, due }: Bill): string {
  let at = due;
  while (customer.place.startsWith('DE') && (offOn(customer.place, at) !== null || GERMAN_2025.includes(at))) at = addDays(at, 1);
  return at;
}

/** What was owed of a bill at the beginning of a day: what is credited or contested counts as never billed. */
function owedOn(books: Books, bill: Bill, day: string): number {
  let owed = bill.total - books.contested(bill.number);
  for (const { kind, date, allocated } of books.receiptsOn(bill))
    if (kind === 'credit-note' || date < day || date <= dueOf(bill)) owed -= allocated;
  return Math.max(0, owed);
}

/** Day by day at the rate of the law, rounded once; 0 where no law of the year gives any. */
export function plainInterest(books: Books, bill: Bill, today: string): number {
  const law = lawOf(bill);
  if (!law) return 0;
  // After a year its interest bears interest in the Netherlands, but for what was waived of it (BW 6:119a(3)).
  const own = books.fees.get(bill.customer.number) ?? [];
  const settled = own.reduce((all, fee) => (fee.bill === bill && fee.kind === 'interest' ? all + fee.amount - fee.left : all), 0);
  const year = bill.customer.place.startsWith('NL') ? addDays(dueOf(bill), 365) : '';
  let [sum, grown] = [0, 0];
  const first = addDays(dueOf(bill), 1);
  for (let day = first; day <= today; day = addDays(day, 1)) {
    sum += (owedOn(books, bill, day) + grown) * (law.rates[halfOf(law.fixed ? first : day)]! + law.add);
    if (day === year) grown = Math.max(0, sum / 3_650_000 - settled);
  }
  return Math.floor(sum / 3_650_000 + 0.5);
}

/** The fixed sum by law, in its own currency alone. */
export function plainSum(books: Books, bill: Bill): number {
  if (lawOf(bill)?.currency !== bill.currency) return 0;
  const owed = owedOn(books, bill, addDays(dueOf(bill), 1));
  if (owed === 0) return 0;
  if (bill.currency === 'EUR' || owed < 100_000) return 4000;
  return owed < 1_000_000 ? 7000 : 10_000;
}

/** What is claimed of a customer for one of our companies and still asked for, by currency. */
export function feesLeft(fees: readonly Fee[], entity: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { bill, left } of fees) if (bill.entity === entity && left > 0) sums.set(bill.currency, (sums.get(bill.currency) ?? 0) + left);
  return sums;
}
