import type { Contact, LedgerAccount } from '../account/account.ts';
import type { Day } from '../kernel/day.ts';
import type { Book } from '../numbers/book.ts';
import type { CreditNote, Invoice, Payment } from './invoice.ts';
import type { Dunned } from './ledger-record.ts';

/** One open invoice, slim: lists and the digest walk all of them. Amounts in minor units. */
export interface OpenItem {
  readonly account: string;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly issued: Day;
  readonly due: Day;
  readonly open: number;
  readonly disputed: number;
  /** Left out: the source says nothing of its own reminders. */
  readonly dunned?: Dunned;
  /** Held back: see LedgerItem. */
  readonly dunningBlock?: string;
  readonly misplaced?: readonly string[];
}

/** An account as lists need it: the ledger's part and who works on it. */
export interface AccountRow extends LedgerAccount {
  /** Slack user id of the collector, or null. */
  readonly collector: string | null;
}

export interface AccountName {
  readonly id: string;
  readonly name: string;
}

/** Credit not yet taken off an invoice: unapplied cash and open credit notes, by account, entity and currency; minor units, positive. */
export interface OpenCredit {
  readonly account: string;
  readonly entity: string;
  readonly currency: string;
  readonly unappliedCash: number;
  readonly openCredit: number;
}

/** Since when an account is known. */
export interface AccountOrigin {
  /** When it first came into the ledger; null when that was not kept. */
  readonly importedAt: Temporal.Instant | null;
  /** Issue date of its first invoice ever, paid or not; null without any. */
  readonly firstIssued: Day | null;
}

/** What is open of all accounts, by account id. Whoever asks gets the same one, for as long as nobody writes the ledger: it is not to be changed. */
export interface OpenBooks {
  /** An account with nothing open has no entry. */
  readonly items: ReadonlyMap<string, readonly OpenItem[]>;
  readonly credits: ReadonlyMap<string, readonly OpenCredit[]>;
  /** Of every account. */
  readonly origins: ReadonlyMap<string, AccountOrigin>;
}

/** How fresh the ledger is. `asOf` is the end of the last applied import; null before the first. */
export interface Freshness {
  readonly asOf: Temporal.Instant | null;
  /** The generated sample, until a real import replaces it. */
  readonly sample: boolean;
  /** A run is being applied right now: nothing may be sent. */
  readonly applying: boolean;
}

/** What everything but the importer may ask of the ledger. */
export interface Ledger {
  freshness(): Promise<Freshness>;
  accounts(): Promise<AccountRow[]>;
  /** As `accounts`, without what changes between imports: read far more quickly, and not to be changed. */
  customers(): Promise<readonly LedgerAccount[]>;
  account(id: string): Promise<AccountRow | null>;
  /** Codes of the selling entities that accounts or invoices name, in order. */
  entities(): Promise<string[]>;
  contacts(account: string): Promise<Contact[]>;
  /** Of every account, in no order. */
  allContacts(): Promise<Contact[]>;
  /** Accounts one of whose contacts has one of these addresses as the ledger writes them. */
  reachedAt(addresses: readonly string[]): Promise<AccountRow[]>;
  /** Names of all contacts, each once. */
  contactNames(): Promise<string[]>;
  /** The parent by its id, and the accounts whose parent this account is. */
  family(account: string, parent: string | null): Promise<{ parent: AccountName | null; children: AccountName[] }>;
  openBooks(): Promise<OpenBooks>;
  /** Everything there ever was, of all accounts or of one: read anew each time. `zone`: where the day of the first import is counted. */
  book(zone: string, account?: string): Promise<Book>;
  /** One account's, in the order of their ids. */
  openItems(account: string): Promise<OpenItem[]>;
  openCredits(account: string): Promise<OpenCredit[]>;
  /** Where one account's history begins; null when there is no such account. */
  origin(account: string): Promise<AccountOrigin | null>;
  /** One account's invoices, open first, then newest first; with `among` only those. */
  invoices(account: string, limit: number, among?: readonly Pick<Invoice, 'entity' | 'number'>[]): Promise<Invoice[]>;
  payments(account: string, limit: number): Promise<Payment[]>;
  /** Of all accounts, received between two days, both included; reversed ones are left out. */
  paymentsBetween(from: Day, to: Day): Promise<Payment[]>;
  creditNotes(account: string, limit: number): Promise<CreditNote[]>;
  /** Cash received by currency between two days, both included; reversed payments do not count. Minor units. */
  cashReceived(from: Day, to: Day): Promise<Map<string, number>>;
}
