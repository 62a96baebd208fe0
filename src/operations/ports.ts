import type { Contact, LedgerAccount } from '../domain/account.ts';
import type { Day } from '../domain/day.ts';
import type { CreditNote, Invoice, Payment } from '../domain/invoice.ts';

/** Synchronised to the store's time in production. Commands read it once and pass `now` on as a value. */
export interface Clock {
  now(): Temporal.Instant;
}

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
}

/** An account as lists need it: the ledger's part and who works on it. */
export interface AccountRow extends LedgerAccount {
  /** Slack user id of the collector, or null. */
  readonly collector: string | null;
}

/** Credit not yet taken off an invoice: unapplied cash and open credit notes, by account, entity and currency; minor units, positive. */
export interface OpenCredit {
  readonly account: string;
  readonly entity: string;
  readonly currency: string;
  readonly unappliedCash: number;
  readonly openCredit: number;
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
  account(id: string): Promise<AccountRow | null>;
  contacts(account: string): Promise<Contact[]>;
  /** All open items, or one account's, in no order. */
  openItems(account?: string): AsyncIterable<OpenItem>;
  openCredits(account?: string): Promise<OpenCredit[]>;
  /** One account's invoices, open first, then newest first. */
  invoices(account: string, limit: number): Promise<Invoice[]>;
  payments(account: string, limit: number): Promise<Payment[]>;
  creditNotes(account: string, limit: number): Promise<CreditNote[]>;
  /** Cash received by currency between two days, both included; reversed payments do not count. Minor units. */
  cashReceived(from: Day, to: Day): Promise<Map<string, number>>;
}
