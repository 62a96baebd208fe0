import type { AccountWork } from '../domain/account-work.ts';
import { AGEING_BUCKETS, bucketOf } from '../domain/ageing.ts';
import type { Charges } from '../domain/charges.ts';
import { residualsOf } from '../domain/collectable.ts';
import { type KnownContact, knownContacts } from '../domain/contact-book.ts';
import { type Day, dayIn, daysBetween } from '../domain/day.ts';
import type { BucketAmounts } from '../domain/digest.ts';
import type { Invoice } from '../domain/invoice.ts';
import { paidOn } from '../domain/plan.ts';
import type { ChargesStore } from './charge-ports.ts';
import type { AccountRow, AccountStore, Clock, Freshness, Ledger, RecordedFact, SettingsStore, Timeline } from './ports.ts';

export interface CurrencyBalance {
  readonly currency: string;
  readonly open: number;
  readonly overdue: number;
  readonly disputed: number;
  /** Unapplied cash and open credit notes, not yet taken off `open`. */
  readonly credit: number;
  readonly buckets: BucketAmounts;
  readonly openInvoices: number;
  /** Days past due of the oldest open invoice; 0 or less when nothing is overdue. */
  readonly oldest: number;
}

export interface AccountCard {
  readonly account: AccountRow;
  readonly work: AccountWork;
  /** Buttons carry it: a card drawn from another version is refused. */
  readonly version: number;
  readonly today: Day;
  readonly freshness: Freshness;
  readonly balances: readonly CurrencyBalance[];
  /** Open invoices, oldest due first, at most CARD_INVOICES. */
  readonly invoices: readonly Invoice[];
  /** In the order in which steps go to them. */
  readonly contacts: readonly KnownContact[];
  readonly parent: { readonly id: string; readonly name: string } | null;
  readonly children: readonly { readonly id: string; readonly name: string }[];
  /** What came in on each open plan, by its id; minor units. */
  readonly planPaid: Readonly<Record<string, number>>;
  /** What was claimed besides the invoices. */
  readonly charges: Charges;
  /** Newest first. */
  readonly timeline: readonly RecordedFact[];
}

export interface ReadAccountPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly ledger: Ledger;
  readonly accounts: AccountStore;
  readonly timeline: Timeline;
  readonly charges: ChargesStore;
}

export const CARD_INVOICES = 8;
const TIMELINE = 5;

/** Everything one account's card shows; null when there is no such account. */
export async function readAccount(ports: ReadAccountPorts, id: string): Promise<AccountCard | null> {
  const [account, worked, settings] = await Promise.all([ports.ledger.account(id), ports.accounts.load(id), ports.settings.read()]);
  if (!account || !worked) return null;
  const today = dayIn(account.zone || settings.zone, ports.clock.now());
  const [freshness, invoices, contacts, family, timeline, charges, balances] = await Promise.all([
    ports.ledger.freshness(),
    ports.ledger.invoices(id, 200),
    ports.ledger.contacts(id),
    ports.ledger.family(id, account.parent),
    ports.timeline.latest(`account:${id}`, TIMELINE),
    ports.charges.load(id),
    balancesOf(ports.ledger, id, today),
  ]);
  const open = invoices.filter((invoice) => invoice.open > 0).sort((a, b) => (a.due < b.due ? -1 : 1));
  return {
    account,
    work: worked.work,
    version: worked.version,
    today,
    freshness,
    balances,
    invoices: open.slice(0, CARD_INVOICES),
    contacts: knownContacts(contacts, worked.work.contacts, id),
    parent: family.parent,
    children: family.children,
    planPaid: Object.fromEntries(worked.work.plans.map((plan) => [plan.id, paidOn(plan, residualsOf(invoices, plan.entity))])),
    charges: charges.charges,
    timeline,
  };
}

async function balancesOf(ledger: Ledger, id: string, today: Day): Promise<CurrencyBalance[]> {
  const rows = new Map<string, { -readonly [K in keyof CurrencyBalance]: CurrencyBalance[K] }>();
  const row = (currency: string) => {
    let entry = rows.get(currency);
    if (!entry) {
      const buckets = Object.fromEntries(AGEING_BUCKETS.map((bucket) => [bucket, 0])) as BucketAmounts;
      entry = { currency, open: 0, overdue: 0, disputed: 0, credit: 0, buckets, openInvoices: 0, oldest: Number.NEGATIVE_INFINITY };
      rows.set(currency, entry);
    }
    return entry;
  };
  for await (const item of ledger.openItems(id)) {
    const daysPastDue = daysBetween(item.due, today);
    const entry = row(item.currency);
    entry.open += item.open;
    entry.disputed += item.disputed;
    entry.openInvoices += 1;
    entry.buckets[bucketOf(daysPastDue)] += item.open;
    entry.oldest = Math.max(entry.oldest, daysPastDue);
    if (daysPastDue > 0) entry.overdue += item.open;
  }
  for (const credit of await ledger.openCredits(id)) row(credit.currency).credit += credit.unappliedCash + credit.openCredit;
  return [...rows.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

export type Found =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'many'; readonly accounts: readonly AccountRow[] }
  | { readonly kind: 'none' };

/** By part of a name or number, any case; a whole number or a whole name decides at once. */
export async function findAccount(ledger: Ledger, text: string): Promise<Found> {
  const wanted = text.trim().toLowerCase();
  const accounts = await ledger.accounts();
  const whole = accounts.filter((account) => account.number.toLowerCase() === wanted || account.name.toLowerCase() === wanted);
  if (whole.length === 1) return { kind: 'one', id: whole[0]!.id };
  const part = accounts.filter((account) => account.name.toLowerCase().includes(wanted) || account.number.toLowerCase().includes(wanted));
  if (part.length === 0 || wanted === '') return { kind: 'none' };
  if (part.length === 1) return { kind: 'one', id: part[0]!.id };
  return { kind: 'many', accounts: part.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
