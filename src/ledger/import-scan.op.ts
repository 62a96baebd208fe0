import type { ImportRequest, InvoiceKey, OpenDocumentKey } from './import.port.ts';
import type { AccountPart, LedgerRecord, ReceiptRecord } from './ledger-record.ts';
import { dateOf } from './ledger-record.ts';
import { SeenRows } from './seen-rows.op.ts';

/** What a first reading of a source tells, kept small however long it is. */
export interface Scan {
  readonly seen: SeenRows;
  /** By customer number: what its rows say of the account. */
  readonly accounts: ReadonlyMap<string, AccountPart>;
  /** Selling entities whose invoices the source names. */
  readonly entities: ReadonlySet<string>;
  /** Entity and currency of what it lists, one text each: see groupKey. */
  readonly groups: ReadonlySet<string>;
  /** Most documents the rows can make, accounts apart. */
  readonly documents: number;
  /** Rejected rows whose invoice cannot be told. */
  readonly unidentified: number;
  holdsInvoice(key: InvoiceKey): boolean;
  holdsReceipt(key: Pick<OpenDocumentKey, 'kind' | 'entity' | 'number'>): boolean;
  /** Accounts of which rows of other kinds say more than the number. */
  describedAccounts(): Iterable<AccountPart>;
}

export async function scanRows({ source, onProgress }: ImportRequest): Promise<Scan> {
  const seen = new SeenRows();
  const accounts = new Map<string, { part: AccountPart; rank: string }>();
  const entities = new Set<string>();
  const groups = new Set<string>();
  let documents = 0;
  let unidentified = 0;
  let rows = 0;
  for await (const row of source.rows()) {
    rows += 1;
    if (rows % 5000 === 0) onProgress?.({ phase: 'reading', rows });
    if (!('record' in row)) {
      if (row.invoice === null) unidentified += 1;
      else noteInvoice(row.invoice, seen, entities);
      continue;
    }
    const { record } = row;
    if (note(record, seen)) documents += record.kind === 'account' ? 0 : 1;
    if (record.kind === 'invoice') entities.add(record.entity);
    if (record.kind !== 'account' && record.kind !== 'contact') groups.add(groupKey(record));
    gatherAccount(record, accounts);
  }
  return {
    seen,
    accounts: new Map([...accounts].map(([number, { part }]) => [number, part])),
    entities,
    groups,
    documents,
    unidentified,
    holdsInvoice: (key) => seen.has(invoiceKey(key)) || seen.has(untaken(key)),
    holdsReceipt: ({ kind, entity, number }) => seen.has(`${kind}\n${entity}\n${number}`),
    *describedAccounts() {
      for (const { part, rank } of accounts.values()) if (rank !== '') yield part;
    },
  };
}

export function groupKey({ entity, currency }: { readonly entity: string; readonly currency: string }): string {
  return `${entity}\n${currency}`;
}

/** The same for every row about the same document. */
export function keyOf(record: LedgerRecord): string {
  switch (record.kind) {
    case 'account':
      return `account\n${record.account.number}`;
    case 'contact':
      return `contact\n${record.account.number}\n${(record.email || record.name).toLowerCase()}`;
    case 'invoice':
      return invoiceKey(record);
    default:
      return `${record.kind}\n${record.entity}\n${record.number}`;
  }
}

export function partKeyOf(record: ReceiptRecord): string {
  return `${keyOf(record)}\n${record.allocations[0]?.invoice ?? ''}`;
}

/** True for the first row of a document. */
function note(record: LedgerRecord, seen: SeenRows): boolean {
  const key = keyOf(record);
  if (record.kind !== 'payment' && record.kind !== 'credit-note') return seen.note(key, JSON.stringify(record)) === 'new';
  const first = seen.note(key, JSON.stringify({ ...record, allocations: [] })) === 'new';
  const part = seen.note(partKeyOf(record), String(record.allocations[0]?.amount ?? 0));
  if (part === 'new') seen.addPart(seen.place(key));
  if (part === 'conflict') seen.markConflict(seen.place(key));
  return first;
}

/**
 * Rows may describe one account differently. The one of the latest date counts, of equal dates the greater text, so that the order of the
 * rows does not matter. Rows of an accounts file are written like other rows, not from here.
 */
function gatherAccount(record: LedgerRecord, accounts: Map<string, { part: AccountPart; rank: string }>): void {
  const part = record.account;
  const described = record.kind !== 'account' && Object.keys(part).length > 1;
  const known = accounts.get(part.number);
  const date = dateOf(record);
  // Of an older row the text need not be made.
  if (known !== undefined && (!described || date < known.rank.slice(0, date.length))) return;
  const rank = described ? `${date} ${JSON.stringify(part)}` : '';
  if (known === undefined || rank > known.rank) accounts.set(part.number, { part: described ? part : { number: part.number }, rank });
}

function noteInvoice(key: InvoiceKey, seen: SeenRows, entities: Set<string>): void {
  seen.note(untaken(key), '');
  entities.add(key.entity);
}

function invoiceKey({ entity, number }: InvoiceKey): string {
  return `invoice\n${entity}\n${number}`;
}

/** A row that was not taken is apart from one that was: it contradicts nothing, it only shows that the invoice is still listed. */
function untaken(key: InvoiceKey): string {
  return `untaken\n${invoiceKey(key)}`;
}
