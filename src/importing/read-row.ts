import type { Day } from '../kernel/day.ts';
import type { ContactRecord, InvoiceRecord, LedgerRecord, ReceiptRecord } from '../ledger/ledger-record.ts';
import { invoiceCopy } from '../mails/invoice-copy.ts';
import type { Cells } from './cells.ts';
import type { Kind } from './fields.ts';
import { addressesIn } from './open-items/addresses.ts';
import { readAccountPart } from './read-account.ts';

const EPOCH = '1970-01-01' as Day;

/** The record a row stands for; worth nothing when `cells.faults` is not empty afterwards. `today` is the day settled dates are read as of. */
export function readRow(kind: Kind, cells: Cells, today: Day): LedgerRecord {
  switch (kind) {
    case 'accounts':
      return { kind: 'account', account: readAccountPart(cells, true) };
    case 'contacts':
      return readContact(cells);
    case 'invoices':
      return readInvoice(cells, today);
    case 'payments':
      return readReceipt(cells, 'payment', 'received', 'reversed');
    case 'credit-notes':
      return readReceipt(cells, 'credit-note', 'issued', 'cancelled');
    case 'open-items':
      throw new TypeError('a list of open items is read as a whole');
  }
}

function readContact(cells: Cells): ContactRecord {
  const [email = ''] = readAddresses(cells);
  const rank = cells.text('rank', 4);
  if (rank !== '' && !/^[1-9]\d{0,2}$/.test(rank)) cells.refuse('rank', 'is not a whole number from 1 to 999');
  const salutation = cells.text('salutation', 60);
  return {
    kind: 'contact',
    account: readAccountPart(cells, false),
    ...(salutation === '' ? {} : { salutation }),
    // A mailbox such as invoices@ has no person's name.
    name: email === '' ? cells.required('name') : cells.text('name') || email,
    email,
    phone: cells.text('phone', 60),
    role: cells.text('role', 60).toLowerCase(),
    rank: Number(rank || 1),
    doNotContact: cells.flag('doNotContact'),
  };
}

/** Every recipient that stands in the cell; refuses it when one of them cannot be written to. */
function readAddresses(cells: Cells): string[] {
  const { usable, unusable } = addressesIn(cells.text('email', 1_000));
  const [first] = unusable;
  if (first) cells.refuse('email', `"${first.text.slice(0, 80)}" ${first.why}`);
  return usable.map(({ address }) => address);
}

/** A contact each for the further recipients that stand in the cell of one. */
export function furtherContacts(contact: LedgerRecord, cells: Cells): ContactRecord[] {
  if (contact.kind !== 'contact') return [];
  return readAddresses(cells)
    .slice(1)
    .map((email, at) => ({ ...contact, email, rank: Math.min(999, contact.rank + at + 1) }));
}

function readInvoice(cells: Cells, today: Day): InvoiceRecord {
  const currency = cells.currency('currency');
  const total = requiredAmount(cells, 'total', currency);
  if (total < 0) cells.refuse('total', 'is negative: import credit notes from a file of their own, with the mapping "credit-notes"');
  const issued = requiredDate(cells, 'issued');
  const due = requiredDate(cells, 'due');
  if (due !== EPOCH && due < issued) cells.refuse('due', 'is before the invoice date');
  const { stated, settled } = readPaid(cells, currency, total, today);
  const payLink = cells.text('payLink', 2000);
  if (payLink !== '' && !isSecureLink(payLink)) cells.refuse('payLink', 'is not an https link');
  const copy = cells.text('copy', 300);
  if (copy !== '' && !invoiceCopy(copy))
    cells.refuse('copy', 'is neither an https link nor the name of a PDF file in the folder of invoices, such as UK-1.pdf');
  return {
    kind: 'invoice',
    account: readAccountPart(cells, false),
    entity: cells.text('entity', 20),
    number: cells.required('number', 64),
    currency,
    total,
    issued,
    due,
    stated,
    settled,
    disputed: readDisputed(cells, currency, total),
    cancelled: cells.flag('cancelled'),
    purchaseOrder: cells.text('purchaseOrder', 64),
    payLink,
    ...(copy === '' ? {} : { copy }),
  };
}

/** An open amount tells more than a paid one, and both more than a date alone. A date after `today` has not happened yet. */
function readPaid(cells: Cells, currency: string, total: number, today: Day): Pick<InvoiceRecord, 'stated' | 'settled'> {
  const open = cells.amount('open', currency);
  const paid = cells.amount('paid', currency);
  const settled = cells.date('settled');
  if (open !== null && (open < 0 || open > total)) cells.refuse('open', 'is not between 0 and the total');
  if (paid !== null && (paid < 0 || paid > total))
    cells.refuse('paid', 'is not between 0 and the total; an overpayment comes with the payments');
  const inFull = settled !== '' && settled <= today;
  const stated = open === null ? (paid ?? (inFull ? total : 0)) : total - open;
  return { stated, settled: inFull && stated === total ? settled : '' };
}

function readDisputed(cells: Cells, currency: string, total: number): number {
  const amount = cells.amount('disputedAmount', currency);
  if (amount !== null && (amount < 0 || amount > total)) cells.refuse('disputedAmount', 'is not between 0 and the total');
  return amount ?? (cells.flag('disputed') ? total : 0);
}

function readReceipt(cells: Cells, kind: ReceiptRecord['kind'], dateField: string, annulledField: string): ReceiptRecord {
  const currency = cells.currency('currency');
  const amount = requiredAmount(cells, 'amount', currency);
  // A bounced payment or a chargeback as a row of its own.
  const takesBack = kind === 'payment' && amount < 0;
  if (amount < 0 && !takesBack) cells.refuse('amount', `is negative: mark it as ${annulledField} instead, under its number`);
  const invoice = cells.text('invoice', 64);
  const allocated = cells.amount('allocated', currency);
  if (allocated !== null && allocated < 0 && !takesBack) cells.refuse('allocated', 'is negative');
  if (allocated !== null && allocated > 0 && invoice === '') cells.refuse('invoice', 'is missing although an amount is allocated');
  const { name, ...payer } = readAccountPart(cells, false);
  return {
    kind,
    // What a bank calls whoever paid renames no customer.
    account: kind === 'payment' || name === undefined ? payer : { ...payer, name },
    entity: cells.text('entity', 20),
    number: cells.required('number', 64),
    currency,
    amount: Math.abs(amount),
    date: requiredDate(cells, dateField),
    allocations: invoice === '' || allocated === 0 ? [] : [{ invoice, amount: Math.abs(allocated ?? amount) }],
    annulled: cells.flag(annulledField) || takesBack,
    reason: cells.text('reason', 200),
    ...(takesBack ? { takesBack } : {}),
  };
}

function requiredAmount(cells: Cells, field: string, currency: string): number {
  if (cells.required(field, 60) === '') return 0;
  return cells.amount(field, currency) ?? 0;
}

function requiredDate(cells: Cells, field: string): Day {
  return cells.required(field, 40) === '' ? EPOCH : cells.date(field) || EPOCH;
}

function isSecureLink(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
