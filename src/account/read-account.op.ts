import { residualsOf } from '../arrangements/collectable.ts';
import { disputedOf } from '../arrangements/dispute.ts';
import { paidOn } from '../arrangements/plan.ts';
import type { Charges } from '../charges/charges.ts';
import type { Limited } from '../charges/limitation-record.ts';
import { readLimitation } from '../charges/read-limitation.op.ts';
import type { StandardTerms, VatPlace } from '../charges/terms.ts';
import { type CreditStand, readCredit } from '../credit/read-credit.op.ts';
import { type InsolvencyFile, openFile } from '../escalation/insolvency.ts';
import { monthsAfter } from '../escalation/insolvency-rules.ts';
import type { BucketAmounts } from '../follow-up/digest.ts';
import { type Day, dayIn, daysBetween, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { AGEING_BUCKETS, bucketOf } from '../ledger/ageing.ts';
import type { MisplacedReceipt } from '../ledger/import.port.ts';
import type { Invoice, Payment } from '../ledger/invoice.ts';
import type { AccountRow, Freshness, Ledger, OpenCredit, OpenItem } from '../ledger/ledger.port.ts';
import { searchRank } from '../ledger/search.ts';
import type { PaymentHabit } from '../numbers/payment-habit.ts';
import { habitOf } from '../numbers/read-habits.op.ts';
import type { Settings } from '../team/settings.port.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { LedgerAccount } from './account.ts';
import type { AccountWork } from './account-work.ts';
import { type KnownContact, knownContacts } from './contact-book.ts';

export interface CurrencyBalance {
  readonly currency: string;
  readonly open: number;
  readonly overdue: number;
  readonly disputed: number;
  /** Unapplied cash and open credit notes, not yet taken off `open`. */
  readonly credit: number;
  readonly buckets: BucketAmounts;
  readonly openInvoices: number;
  /** The one with the most open, to look at where the sums are too large. */
  readonly largest: { readonly number: string; readonly open: number };
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
  /** The company that usually sells to it, and its standard terms. */
  readonly standard: { readonly company: string; readonly terms: StandardTerms | undefined };
  /** Names and countries of VAT of our companies, by their code. */
  readonly companies: ReadonlyMap<string, { readonly name: string; readonly vat: VatPlace | null }>;
  /** Of the months before insolvency proceedings were opened that may be claimed back; newest first. */
  readonly received: readonly Payment[];
  /** Overdue invoices whose limitation period has ended or ends soon, the first to end first. */
  readonly limitation: readonly Limited[];
  /** How it pays; null below three paid invoices. */
  readonly habit: PaymentHabit | null;
  /** Money under another customer or in another currency that names open invoices; the first few. */
  readonly misplaced: readonly MisplacedReceipt[];
  /** Left out: not read. */
  readonly credit?: CreditStand;
  /** Newest first. */
  readonly timeline: readonly RecordedFact[];
}

export const CARD_INVOICES = 8;
const TIMELINE = 5;
const CARD_MISPLACED = 3;

/** Everything one account's card shows; null when there is no such account. */
export async function readAccount(world: World, id: string): Promise<AccountCard | null> {
  const [account, worked, settings] = await Promise.all([world.ledger.account(id), world.accounts.load(id), world.settings.read()]);
  if (!account || !worked) return null;
  const today = dayIn(zoneOf(account, settings), world.clock.now());
  const [freshness, contacts, family, timeline, charges, items, credits, habit] = await Promise.all([
    world.ledger.freshness(),
    world.ledger.contacts(id),
    world.ledger.family(id, account.parent),
    world.timeline.latest(`account:${id}`, TIMELINE),
    world.charges.load(id),
    world.ledger.openItems(id),
    world.ledger.openCredits(id),
    habitOf(world, id),
  ]);
  // A customer may have thousands: of all that is open, the oldest.
  const oldest = items.sort((a, b) => compare(a.due, b.due) || compare(a.number, b.number)).slice(0, CARD_INVOICES);
  const [invoices, limited, credit] = await Promise.all([
    world.ledger.invoices(id, CARD_INVOICES, oldest),
    readLimitation(
      world,
      settings,
      { id, ...worked.work },
      items.filter(({ due }) => due < today),
      today,
    ),
    readCredit(world, id),
  ]);
  return {
    account,
    work: worked.work,
    version: worked.version,
    today,
    freshness,
    balances: balancesOf(items, credits, worked.work, today),
    invoices: invoices.sort((a, b) => compare(a.due, b.due) || compare(a.number, b.number)),
    contacts: knownContacts(contacts, worked.work.contacts, id),
    parent: family.parent,
    children: family.children,
    planPaid: Object.fromEntries(worked.work.plans.map((plan) => [plan.id, paidOn(plan, residualsOf(items, plan.entity))])),
    charges: charges.charges,
    standard: {
      company: settings.senders?.[account.entity]?.name || account.entity || 'our company',
      terms: settings.terms?.[account.entity],
    },
    companies: companiesOf(settings),
    received: await receivedBefore(world, id, openFile(worked.work.insolvencies)),
    limitation: limited
      .filter(({ stand }) => stand === 'near' || stand === 'past')
      .sort((a, b) => compare(a.end!.until, b.end!.until) || compare(a.number, b.number)),
    misplaced: items.some(({ misplaced }) => misplaced?.length) ? await world.intake.misplaced(CARD_MISPLACED, id) : [],
    credit,
    timeline,
    habit,
  };
}

function companiesOf({ senders = {}, terms = {} }: Settings): AccountCard['companies'] {
  const codes = [...Object.keys(senders), ...Object.keys(terms)];
  return new Map(codes.map((code) => [code, { name: senders[code]?.name || code, vat: terms[code]?.vat ?? null }]));
}

/** More payments than any customer makes in some months. */
const MOST_PAYMENTS = 5000;

async function receivedBefore(world: World, id: string, file: InsolvencyFile | null): Promise<readonly Payment[]> {
  if (!file) return [];
  const from = monthsAfter(file.opened, -file.lookBack);
  const payments = await world.ledger.payments(id, MOST_PAYMENTS);
  return payments
    .filter(({ received, reversed }) => !reversed && received >= from && received <= file.opened)
    .sort((a, b) => compare(b.received, a.received));
}

/** What is in dispute is what the ledger marks or what the team recorded, whichever is more. */
function balancesOf(
  items: readonly OpenItem[],
  credits: readonly OpenCredit[],
  { disputes }: Pick<AccountWork, 'disputes'>,
  today: Day,
): CurrencyBalance[] {
  const rows = new Map<string, { -readonly [K in keyof CurrencyBalance]: CurrencyBalance[K] }>();
  const row = (currency: string) => {
    let entry = rows.get(currency);
    if (!entry) {
      const buckets = Object.fromEntries(AGEING_BUCKETS.map((bucket) => [bucket, 0])) as BucketAmounts;
      entry = {
        currency,
        open: 0,
        overdue: 0,
        disputed: 0,
        credit: 0,
        buckets,
        openInvoices: 0,
        oldest: Number.NEGATIVE_INFINITY,
        largest: { number: '', open: 0 },
      };
      rows.set(currency, entry);
    }
    return entry;
  };
  for (const item of items) {
    const daysPastDue = daysBetween(item.due, today);
    const entry = row(item.currency);
    entry.open += item.open;
    entry.disputed += Math.min(item.open, Math.max(item.disputed, disputedOf(disputes, item.entity, item.number)));
    entry.openInvoices += 1;
    if (item.open > entry.largest.open) entry.largest = item;
    entry.buckets[bucketOf(daysPastDue)] += item.open;
    entry.oldest = Math.max(entry.oldest, daysPastDue);
    if (daysPastDue > 0) entry.overdue += item.open;
  }
  for (const credit of credits) row(credit.currency).credit += credit.unappliedCash + credit.openCredit;
  return [...rows.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export type Found =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'many'; readonly accounts: readonly LedgerAccount[] }
  | { readonly kind: 'none' };

/** Other spellings, word orders and typing errors; the best of them alone. */
function closest(text: string, accounts: readonly LedgerAccount[]): Found {
  const ranked = accounts.flatMap((account) => {
    const rank = searchRank(text, account.name);
    return rank === null ? [] : [{ account, rank }];
  });
  const best = Math.min(...ranked.map(({ rank }) => rank));
  const found = ranked.filter(({ rank }) => rank === best).map(({ account }) => account);
  if (found.length === 0) return { kind: 'none' };
  return found.length === 1
    ? { kind: 'one', id: found[0]!.id }
    : { kind: 'many', accounts: found.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** By part of a name or number, any case; a whole number or a whole name decides at once. */
export async function findAccount(ledger: Ledger, text: string): Promise<Found> {
  const wanted = text.trim().toLowerCase();
  const accounts = await ledger.customers();
  const whole = accounts.filter((account) => account.number.toLowerCase() === wanted || account.name.toLowerCase() === wanted);
  if (whole.length === 1) return { kind: 'one', id: whole[0]!.id };
  const part = accounts.filter((account) => account.name.toLowerCase().includes(wanted) || account.number.toLowerCase().includes(wanted));
  if (wanted === '') return { kind: 'none' };
  if (part.length === 0) return closest(text, accounts);
  if (part.length === 1) return { kind: 'one', id: part[0]!.id };
  return { kind: 'many', accounts: part.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
