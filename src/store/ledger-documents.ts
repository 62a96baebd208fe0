import { hash } from 'node:crypto';
import type { LedgerAccount } from '../account/account.ts';
import type { Day } from '../kernel/day.ts';
import { type Placed, settleInvoice } from '../ledger/balance.ts';
import { accountId, invoiceId, recordId } from '../ledger/ledger-ids.op.ts';
import type { AccountPart, ContactRecord, InvoiceRecord, ReceiptRecord } from '../ledger/ledger-record.ts';

/** One document per account: `ledger` is the importer's, everything else belongs to the verbs. */
export interface AccountDocument {
  readonly _id: string;
  readonly version: number;
  readonly outbox: readonly unknown[];
  readonly collector: string | null;
  readonly ledger: Omit<LedgerAccount, 'id'>;
  readonly ledgerRevision: number;
  /** The import run that is writing rows of this account, or null. */
  readonly dirty: string | null;
  readonly sample: boolean;
  /** When the account first came into the ledger: what was late by then is not ours to remind from the start. */
  readonly importedAt?: Date;
}

interface Row {
  readonly _id: string;
  readonly account: string;
  /** Hash over what the source said: equal means unchanged. */
  readonly fingerprint: string;
  readonly sample: boolean;
}

export interface ContactDocument extends Row, Omit<ContactRecord, 'kind' | 'account'> {}

export interface InvoiceDocument extends Row, Omit<InvoiceRecord, 'kind' | 'account' | 'disputed'> {
  readonly disputedStated: number;
  /** Gone from a source that lists all open invoices: closed, by what is not known. */
  readonly vanished: boolean;
  readonly open: number;
  readonly disputed: number;
  readonly statedApplied: number;
  /** See Settled in ledger/balance.ts; left out in documents of earlier versions: none. */
  readonly misplaced?: readonly string[];
}

export interface ReceiptDocument extends Row, Omit<ReceiptRecord, 'kind' | 'account' | 'allocations'> {
  /** `id` is the invoice's document, which may not be there yet; `applied` what it took. */
  readonly allocations: readonly { readonly invoice: string; readonly id: string; readonly amount: number; readonly applied: number }[];
  /** amount - everything applied; 0 when annulled, derived or vanished. */
  readonly unapplied: number;
  /** Gone from a source that lists all that is open: used up or paid out, how is not known. */
  readonly vanished?: boolean;
  /** Worked out from an open amount that fell from one file to the next; its `amount` is what is applied. */
  readonly derived?: { readonly from: number; readonly to: number; readonly since?: Day };
  /** What people said of the invoices it names, by their documents; kept whatever the source says later. */
  readonly placed?: readonly (Placed & { readonly id: string })[];
}

const NEW_ACCOUNT: Omit<LedgerAccount, 'id' | 'number' | 'name'> = {
  country: '',
  region: '',
  language: '',
  zone: '',
  segment: '',
  kind: 'unknown',
  parent: null,
  entity: '',
  owner: '',
  autopay: false,
};

/** Only what the part names; the parent as an account id. */
export function ledgerFields(part: AccountPart): Partial<AccountDocument['ledger']> {
  const { parent, ...rest } = part;
  return parent === undefined ? rest : { ...rest, parent: parent === '' ? null : accountId(parent) };
}

export function accountDocument(part: AccountPart, run: string, sample: boolean, now: Temporal.Instant): AccountDocument {
  const ledger = { ...NEW_ACCOUNT, name: part.number, ...ledgerFields(part), number: part.number };
  const importedAt = new Date(now.epochMilliseconds);
  return {
    _id: accountId(part.number),
    version: 1,
    outbox: [],
    collector: null,
    ledger,
    ledgerRevision: 1,
    dirty: run,
    sample,
    importedAt,
  };
}

export function contactDocument(record: ContactRecord, sample: boolean): ContactDocument {
  const { kind: _, account, name, salutation, email, phone, role, rank, doNotContact } = record;
  const said = { account: accountId(account.number), name, email, phone, role, rank, doNotContact, ...(salutation ? { salutation } : {}) };
  return { _id: recordId(record), ...said, fingerprint: fingerprint(said), sample };
}

/** Balances as if no payment or credit note named it. */
export function invoiceDocument(record: InvoiceRecord, sample: boolean): InvoiceDocument {
  const said = {
    account: accountId(record.account.number),
    entity: record.entity,
    number: record.number,
    currency: record.currency,
    total: record.total,
    issued: record.issued,
    due: record.due,
    stated: record.stated,
    settled: record.settled,
    disputedStated: record.disputed,
    cancelled: record.cancelled,
    purchaseOrder: record.purchaseOrder,
    payLink: record.payLink,
    ...(record.copy ? { copy: record.copy } : {}),
    ...(record.dunned ? { dunned: record.dunned } : {}),
    ...(record.reference ? { reference: record.reference } : {}),
    ...(record.dunningBlock ? { dunningBlock: record.dunningBlock } : {}),
  };
  const { open, disputed, statedApplied } = settleInvoice({ ...said, disputed: record.disputed }, []);
  return {
    _id: recordId(record),
    ...said,
    vanished: false,
    open,
    disputed,
    statedApplied,
    misplaced: [],
    fingerprint: fingerprint(said),
    sample,
  };
}

/** When a list was seen, and when the one of its entity and currency before it. */
export interface Seen {
  readonly on: Day;
  readonly since: Day | null;
}

/** What was open and is not any more, as a payment of the day it was seen: when it came before that, and how, is not known. */
export function derivedReceipt(
  invoice: Pick<InvoiceDocument, '_id' | 'account' | 'entity' | 'number' | 'currency' | 'sample'>,
  { from, to }: { readonly from: number; readonly to: number },
  { on: seen, since }: Seen,
  known: ReceiptDocument | undefined,
): ReceiptDocument {
  const { account, entity, currency, sample } = invoice;
  const number = derivedNumber(invoice.number, seen);
  // A second file of the day goes on where the first left it; the same one once more changes nothing.
  const begun = known?.derived?.to === from ? known.derived.from : from;
  return {
    _id: derivedId(entity, invoice.number, seen),
    account,
    entity,
    number,
    currency,
    amount: 0,
    date: seen,
    allocations: [{ invoice: invoice.number, id: invoice._id, amount: begun - to, applied: 0 }],
    annulled: false,
    reason: '',
    unapplied: 0,
    derived: { from: begun, to, ...(since ? { since } : {}) },
    fingerprint: 'derived',
    sample,
  };
}

export function derivedId(entity: string, invoice: string, seen: Day): string {
  return `pay_${hash('sha256', `${entity}\n${derivedNumber(invoice, seen)}`).slice(0, 20)}`;
}

function derivedNumber(invoice: string, seen: Day): string {
  return `${invoice} cleared, as seen on ${seen}`;
}

/** Nothing applied yet. */
export function receiptDocument(record: ReceiptRecord, sample: boolean): ReceiptDocument {
  const { entity, number, currency, amount, date, annulled, reason } = record;
  const inOrder = [...record.allocations].sort((a, b) => (a.invoice < b.invoice ? -1 : 1));
  const said = { account: accountId(record.account.number), entity, number, currency, amount, date, annulled, reason };
  const allocations = inOrder.map(({ invoice, amount }) => ({ invoice, id: invoiceId(entity, invoice), amount, applied: 0 }));
  return {
    _id: recordId(record),
    ...said,
    allocations,
    unapplied: annulled ? 0 : amount,
    fingerprint: fingerprint([said, inOrder]),
    sample,
  };
}

export function billed(invoice: InvoiceDocument) {
  return { ...invoice, disputed: invoice.disputedStated, stated: invoice.vanished ? invoice.total : invoice.stated };
}

function fingerprint(said: unknown): string {
  return hash('sha256', JSON.stringify(said)).slice(0, 32);
}
