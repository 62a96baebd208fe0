import type { Day } from '../../kernel/day.ts';
import type { Fault, InvoiceKey, SourceRow } from '../../ledger/import.port.ts';
import type { AccountPart, ContactRecord, InvoiceRecord, ReceiptRecord } from '../../ledger/ledger-record.ts';
import { type Customer, customerKey } from './customers.ts';
import type { OpenDocument } from './documents.ts';
import { outOfMagnitude } from './magnitude.ts';
import type { OpenItems } from './read-open-items.ts';
import type { Choices } from './reading.ts';

const LONGEST_NUMBER = 64;

/** Documents of a list as rows of the ledger: what is owed as invoices, what is not as credit notes and payments on account. */
export function ledgerRows(read: OpenItems, asOf: Day, choices: Pick<Choices, 'apart' | 'large' | 'blocks'> = {}): SourceRow[] {
  const lines = new Map(read.rows.map(({ row, line }) => [row, line]));
  const customers = new Map(
    read.customers.map((customer) => [customerKey({ account: customer.account, accountName: customer.name }), customer]),
  );
  const taken = new Map<string, number>();
  const rows: SourceRow[] = [];
  const aside = outOfMagnitude(read.documents);
  const large = new Set(choices.large);
  const apart = new Set((choices.apart ?? []).map((pair) => JSON.stringify(pair)));
  const described = new Set<string>();
  for (const written of togetherByDueDay(read.documents)) {
    const document = named(written, apart);
    const line = lines.get(document.row)!;
    const customer = customers.get(customerKey(document));
    if (aside.has(written.row) && !large.has(written.number ?? '')) rows.push(putAside(document, line));
    else rows.push(rowOf(unblocked(document, choices), customer, line, asOf, taken));
    const key = customerKey(document);
    if (customer && !described.has(key)) rows.push(...contactsOf(customer, document, line));
    described.add(key);
  }
  for (const { line, class: is, why } of read.rows)
    if (is === 'unreadable') rows.push({ line, faults: [{ column: '', value: '', reason: why }], invoice: null });
  return rows.sort((a, b) => a.line - b.line);
}

/** A number that another customer's document has, too, and that a person keeps apart. */
function named(document: OpenDocument, apart: ReadonlySet<string>): OpenDocument {
  const customer = customerKey(document);
  if (document.number === null || !apart.has(JSON.stringify([document.number, customer]))) return document;
  return { ...document, number: `${document.number} (${customer.slice(0, 30)})` };
}

/** Without the block that a person said is to hold nothing back. */
function unblocked(document: OpenDocument, { blocks = {} }: Pick<Choices, 'blocks'>): OpenDocument {
  return document.dunningBlock !== null && blocks[document.dunningBlock] === 'remind' ? { ...document, dunningBlock: null } : document;
}

function putAside({ number, entity }: OpenDocument, line: number): SourceRow {
  const reason = 'is more than 10,000 times as large as most amounts of the file: put aside until somebody says that it is right';
  return {
    line,
    faults: [{ column: 'open', value: number ?? '', reason }],
    invoice: number === null ? null : { entity: entity ?? '', number },
  };
}

/** Parts of an invoice that fall due on one day are one item of the ledger. */
function togetherByDueDay(documents: readonly OpenDocument[]): OpenDocument[] {
  const found = new Map<string, OpenDocument>();
  for (const document of documents) {
    const key =
      document.line === null
        ? `row ${document.row}`
        : JSON.stringify([ledgerKey(document), document.due, document.open !== null && document.open < 0]);
    const known = found.get(key);
    if (known?.open != null && document.open !== null && known.currency === document.currency)
      found.set(key, { ...known, open: known.open + document.open, total: null });
    else found.set(known ? `row ${document.row}` : key, document);
  }
  return [...found.values()];
}

function ledgerKey({ entity, fiscalYear, number, account, accountName }: OpenDocument): string {
  return JSON.stringify([entity, fiscalYear, number, account ?? accountName]);
}

/** What is owed and is no invoice, such as a bounced payment or a fee, is due on its day where the file says no other. */
function dueOf({ class: is, due, issued }: OpenDocument): Day | null {
  return due ?? (is === 'invoice' ? null : issued);
}

function rowOf(document: OpenDocument, customer: Customer | undefined, line: number, asOf: Day, taken: Map<string, number>): SourceRow {
  const { open, currency, issued } = document;
  const due = dueOf(document);
  const owed = (open ?? 0) > 0;
  const number = numberOf(document, owed, taken);
  const entity = document.entity ?? '';
  const invoice: InvoiceKey | null = owed || open === null ? (number === null ? null : { entity, number }) : null;
  const faults: Fault[] = [];
  const refuse = (column: string, reason: string) => faults.push({ column, value: document.number ?? '', reason });
  if (customerKey(document) === '') refuse('account', 'nothing says whose it is');
  if (open === null) refuse('open', 'is partly paid, and nothing says how much is left');
  if (currency === null) refuse('currency', 'is missing: give the currency of the file');
  if (number === null) refuse('number', 'is missing');
  if (owed && due === null) refuse('due', 'is missing: give the days from the date to the due date');
  if (faults.length > 0) return { line, faults, invoice };
  const account = accountOf(document, customer);
  const common = { account, entity, number: number!, currency: currency! };
  if (owed) return { line, record: invoiceOf({ ...document, due }, common, issued ?? due!) };
  const receipt: ReceiptRecord = {
    kind: document.class === 'payment' ? 'payment' : 'credit-note',
    ...common,
    amount: -open!,
    date: issued ?? due ?? asOf,
    allocations: [],
    annulled: false,
    reason: '',
  };
  return { line, record: receipt };
}

function invoiceOf(
  { number, reference, open, total, due, purchaseOrder, dunningLevel, lastDunned, dunningBlock }: OpenDocument,
  common: Pick<InvoiceRecord, 'account' | 'entity' | 'number' | 'currency'>,
  issued: Day,
): InvoiceRecord {
  const whole = Math.max(total ?? open!, open!);
  return {
    kind: 'invoice',
    ...common,
    total: whole,
    issued,
    due: due!,
    stated: whole - open!,
    settled: '',
    disputed: 0,
    cancelled: false,
    purchaseOrder: purchaseOrder?.slice(0, LONGEST_NUMBER) ?? '',
    payLink: '',
    ...(total === null ? { totalUnsaid: true } : {}),
    ...dunnedOf(dunningLevel, lastDunned),
    ...(reference !== null && reference !== number ? { reference: reference.slice(0, LONGEST_NUMBER) } : {}),
    ...(dunningBlock === null ? {} : { dunningBlock: dunningBlock.slice(0, LONGEST_NUMBER) }),
  };
}

/** A reminder that went on a day without a level was one at least; a level in words says nothing that can be counted. */
function dunnedOf(level: string | null, on: Day | null): Pick<InvoiceRecord, 'dunned'> {
  const counted = /^0*(\d{1,2})$/.exec(level?.trim() ?? '')?.[1];
  if (counted === undefined && on === null) return {};
  return { dunned: { level: Math.max(Number(counted ?? 0), on === null ? 0 : 1), on } };
}

/** A part of an invoice is known by its due day; a credit without a number by what it is. */
function numberOf(
  { number, fiscalYear, line, due, class: is, issued, open, account, accountName }: OpenDocument,
  owed: boolean,
  taken: Map<string, number>,
): string | null {
  const year = fiscalYear === null ? '' : `/${fiscalYear}`;
  if (number !== null && line === null) return `${number}${year}`.slice(0, LONGEST_NUMBER);
  const plain =
    number !== null
      ? `${number}${year} (${due ?? line})`
      : owed
        ? null
        : `${is} ${issued ?? ''} ${account ?? accountName}`.slice(0, LONGEST_NUMBER - 20);
  if (plain === null) return null;
  const key = number === null ? `${plain} ${-open!}` : plain;
  const times = (taken.get(key) ?? 0) + 1;
  taken.set(key, times);
  return (times === 1 ? key : `${key} #${times}`).slice(0, LONGEST_NUMBER);
}

/** Only what the file says: an empty cell changes nothing. */
function accountOf(document: OpenDocument, customer: Customer | undefined): AccountPart {
  return {
    number: customerKey(document).slice(0, LONGEST_NUMBER),
    ...(document.accountName === null ? {} : { name: document.accountName }),
    ...(customer?.country ? { country: customer.country } : {}),
    ...(customer?.language ? { language: customer.language } : {}),
  };
}

/** One each address; nobody's name is needed. */
function contactsOf(customer: Customer, document: OpenDocument, line: number): SourceRow[] {
  return customer.addresses.map(({ address, name }, at) => {
    const record: ContactRecord = {
      kind: 'contact',
      account: { number: customerKey(document).slice(0, LONGEST_NUMBER) },
      name: (name ?? (at === 0 ? customer.contactName : null) ?? address).slice(0, 200),
      email: address,
      phone: at === 0 ? (customer.phone ?? '') : '',
      role: '',
      rank: at + 1,
      doNotContact: false,
    };
    return { line, record };
  });
}
