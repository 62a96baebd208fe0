import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import { dayOff, type WorkingDays } from '../kernel/working-days.ts';
import type { Invoice } from '../ledger/invoice.ts';
import type { ERemark } from './e-invoice.ts';

export const FLAGS = ['no-order', 'terms', 'no-contact', 'duplicate', 'currency', 'day-off', 'due-before-issued', 'e-invoice'] as const;
/** What may keep an invoice from being paid on time. */
export type FlagKind = (typeof FLAGS)[number];

export interface Flag {
  readonly kind: FlagKind;
  /** For people; without the invoice's number. */
  readonly says: string;
}

type Checked = Pick<Invoice, 'entity' | 'number' | 'currency' | 'total' | 'issued' | 'due' | 'open' | 'cancelled' | 'purchaseOrder'>;

/** What the checks of one account's invoices rest on. */
export interface HygieneOf {
  readonly today: Day;
  /** All that is known of the account's invoices, in any order. */
  readonly invoices: readonly Checked[];
  /** Agreed days from issue to due by selling entity; null: not known. */
  readonly terms: (entity: string) => number | null;
  /** Somebody there has an address that works. */
  readonly reachable: boolean;
  readonly calendar: WorkingDays;
  /** Where its e-invoice differs from the ledger or is refused; none: there is none, or all is right. */
  readonly eInvoice: (entity: string, number: string) => readonly ERemark[];
}

export interface FlaggedInvoice {
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly open: number;
  readonly due: Day;
  readonly flags: readonly Flag[];
}

/** How many invoices before tell a habit, and how many of them it takes. */
const HABIT = { of: 4, least: 3 };
const TERMS_TOLERANCE = 1;
const TWICE_WITHIN = 30;
/** Of amounts that come again and again, such as a subscription's. */
const TWICE_WITHIN_REGULAR = 7;
const REGULAR = 3;

/** Flags of what is open and not yet due, or fell due today, soonest due first; invoices without any are left out. Answered ones are not known here. */
export function flaggedInvoices(of: HygieneOf): FlaggedInvoice[] {
  const known = of.invoices.filter(({ cancelled }) => !cancelled).sort((a, b) => (a.issued < b.issued ? -1 : a.issued > b.issued ? 1 : 0));
  return known
    .filter(({ open, due }) => open > 0 && due >= of.today)
    .map((invoice) => ({ ...facts(invoice), flags: flagsOf(invoice, known, of) }))
    .filter(({ flags }) => flags.length > 0)
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.number < b.number ? -1 : 1));
}

/** What may have kept the customer from paying, and is not the customer's fault; a day off is nothing that was missing. */
const OURS: readonly FlagKind[] = ['no-order', 'terms', 'duplicate', 'currency', 'due-before-issued', 'e-invoice'];

/** Whether something was missing on one of these invoices, due or not: then a first reminder does not speak as if the customer were late alone. */
export function anythingMissing(of: HygieneOf, entity: string, numbers: readonly string[]): FlagKind[] {
  const known = of.invoices.filter(({ cancelled }) => !cancelled).sort((a, b) => (a.issued < b.issued ? -1 : a.issued > b.issued ? 1 : 0));
  return known
    .filter((each) => each.entity === entity && numbers.includes(each.number))
    .flatMap((each) => flagsOf(each, known, of).map(({ kind }) => kind))
    .filter((kind) => OURS.includes(kind));
}

const facts = ({ entity, number, currency, open, due }: Checked) => ({ entity, number, currency, open, due });

function flagsOf(invoice: Checked, known: readonly Checked[], of: HygieneOf): Flag[] {
  const flags: Flag[] = [];
  const say = (kind: FlagKind, says: string) => flags.push({ kind, says });
  const { entity, number, issued, due, purchaseOrder } = invoice;
  const before = known.filter((each) => each.entity === entity && each.number !== number && each.issued <= issued).slice(-HABIT.of);
  const usual = (has: (each: Checked) => boolean) => before.filter(has).length >= HABIT.least;
  if (purchaseOrder === '' && usual((each) => each.purchaseOrder !== ''))
    say('no-order', 'no purchase order number, which this customer’s invoices usually have');
  const terms = of.terms(entity);
  if (due < issued) say('due-before-issued', 'due before the day it was issued');
  else if (terms !== null && !fitsTerms(issued, due, terms))
    say('terms', `due ${daysBetween(issued, due)} days after it was issued; ${terms} days were agreed`);
  if (!of.reachable) say('no-contact', 'nobody at this customer has a working email address');
  const twin = known.find((each) => isTwin(each, invoice, known));
  if (twin) say('duplicate', `same amount and order as invoice ${twin.number} of ${twin.issued}`);
  if (before.length >= HABIT.least && before.every(({ currency }) => currency !== invoice.currency))
    say('currency', `in ${invoice.currency}; this customer’s invoices are in ${before.at(-1)!.currency}`);
  const off = dayOff(due, of.calendar);
  if (off && !usual((each) => dayOff(each.due, of.calendar) !== null)) say('day-off', 'due on a day off');
  for (const { says } of of.eInvoice(entity, number).slice(0, 1)) say('e-invoice', `its e-invoice: ${says}`);
  return flags;
}

/** From the day of issue, or from the end of its month, a day more or less. */
function fitsTerms(issued: Day, due: Day, terms: number): boolean {
  const near = (from: Day) => Math.abs(daysBetween(addDays(from, terms), due)) <= TERMS_TOLERANCE;
  return near(issued) || near(monthEnd(issued)) || monthEnd(addDays(issued, terms)) === due;
}

function monthEnd(of: Day): Day {
  const next = addDays(`${of.slice(0, 8)}28` as Day, 4);
  return addDays(`${next.slice(0, 8)}01` as Day, -1);
}

/** The later of the two is flagged. */
function isTwin(each: Checked, invoice: Checked, known: readonly Checked[]): boolean {
  if (each === invoice || !alike(each, invoice) || each.number === invoice.number) return false;
  const apart = daysBetween(each.issued, invoice.issued);
  if (apart < 0 || (apart === 0 && each.number > invoice.number)) return false;
  const regular = known.filter((other) => alike(other, invoice)).length >= REGULAR;
  return apart <= (regular ? TWICE_WITHIN_REGULAR : TWICE_WITHIN);
}

const alike = (a: Checked, b: Checked) =>
  a.entity === b.entity && a.currency === b.currency && a.total === b.total && a.purchaseOrder === b.purchaseOrder;
