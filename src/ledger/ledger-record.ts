import type { LedgerAccount } from '../account/account.ts';
import type { Day } from '../kernel/day.ts';
import type { Allocation } from './invoice.ts';

/**
 * What one row of the accounting system says of an account. Only what the row names is given; a missing field leaves the ledger as it is.
 * `parent` is the customer number of the parent, '' for none.
 */
export interface AccountPart extends Partial<Omit<LedgerAccount, 'id' | 'number' | 'parent'>> {
  readonly number: string;
  readonly parent?: string;
}

export interface AccountRecord {
  readonly kind: 'account';
  readonly account: AccountPart;
}

export interface ContactRecord {
  readonly kind: 'contact';
  readonly account: AccountPart;
  readonly name: string;
  /** 'Ms Quill', 'Frau Dr. Quill'; left out: the file does not say. */
  readonly salutation?: string;
  readonly email: string;
  readonly phone: string;
  readonly role: string;
  readonly rank: number;
  readonly doNotContact: boolean;
}

/** What the accounting system says of its own reminders of an invoice: 0 for none, and when the last one went, where it says so. */
export interface Dunned {
  readonly level: number;
  readonly on: Day | null;
}

/** Amounts in minor units. See `Billed` in ledger/balance.ts for `stated` and `disputed`. */
export interface InvoiceRecord {
  readonly kind: 'invoice';
  readonly account: AccountPart;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly total: number;
  readonly issued: Day;
  readonly due: Day;
  readonly stated: number;
  /** The day `stated` was received in full; '' when not known. */
  readonly settled: Day | '';
  readonly disputed: number;
  readonly cancelled: boolean;
  readonly purchaseOrder: string;
  readonly payLink: string;
  /** An https link or the name of a file in the folder of invoices; left out: none. */
  readonly copy?: string;
  /** Reminders of the accounting system before us; left out: the source says nothing. */
  readonly dunned?: Dunned;
  /** What the customer knows it by, where that is not its number. */
  readonly reference?: string;
  /** The accounting system says that nobody is to remind of it, and why. */
  readonly dunningBlock?: string;
  /** The source says only what is open: a larger total that the ledger knows stays. */
  readonly totalUnsaid?: boolean;
}

/** A payment or a credit note. A file may spread it over several rows, one an allocation. */
export interface ReceiptRecord {
  readonly kind: 'payment' | 'credit-note';
  readonly account: AccountPart;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  /** Received, or issued for a credit note. */
  readonly date: Day;
  readonly allocations: readonly Allocation[];
  /** Reversed, or cancelled for a credit note: counts for nothing. */
  readonly annulled: boolean;
  readonly reason: string;
  /** A row that takes back the payment of its number, which must be known. */
  readonly takesBack?: true;
}

export type LedgerRecord = AccountRecord | ContactRecord | InvoiceRecord | ReceiptRecord;

/** The day a row is about; '' where it is about none. */
export function dateOf(record: LedgerRecord): string {
  if (record.kind === 'invoice') return record.issued;
  return record.kind === 'payment' || record.kind === 'credit-note' ? record.date : '';
}
