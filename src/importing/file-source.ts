import { basename } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { Day } from '../kernel/day.ts';
import { type InvoiceKey, type LedgerSource, SourceAsks, type SourceRow } from '../ledger/import.port.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { dateOf } from '../ledger/ledger-record.ts';
import { type Cells, cellsOf } from './cells.ts';
import type { Mapping } from './mapping.ts';
import { askedOf } from './open-items/asked.ts';
import { ledgerRows } from './open-items/ledger-rows.ts';
import type { OpenItems } from './open-items/read-open-items.ts';
import { openQuestions, reportOf } from './open-items/report.ts';
import { furtherContacts, readRow } from './read-row.ts';
import { placeColumns, type TableRow } from './table.ts';
import { type ReadTable, readTable } from './table-reader.ts';
import { withTakenBack } from './taken-back.ts';

export interface FileToRead {
  readonly path: string;
  readonly mapping: Mapping;
  /** Of an XLSX file; its first one when left out. */
  readonly sheet?: string | undefined;
  /** Rows dated after it are left for later; null takes every row. */
  readonly asOf: Day | null;
  readonly today: Day;
  /** Ends the reading of the file; its reason is thrown. */
  readonly stop?: AbortSignal | undefined;
}

/** Rows of a CSV or XLSX file under a mapping. The file is read here and now: throws SourceUnreadable when it cannot be, or lacks a column. */
export async function fileSource(request: FileToRead): Promise<LedgerSource> {
  const { mapping, path, sheet, stop } = request;
  const table = await readTable({ path, mapping, sheet }, { stop });
  if (table.openItems) return openItemsSource(table, table.openItems, request);
  const places = placeColumns(table.headers, mapping);
  return {
    name: basename(path),
    sha256: table.sha256,
    declares: mapping.declares,
    ...(table.evidence ? { report: [table.evidence] } : {}),
    tellsBalances: mapping.kind !== 'accounts' && mapping.kind !== 'contacts',
    zeros: mapping.zeros,
    rows: () => (mapping.kind === 'payments' ? withTakenBack(() => rowsOf(table, places, request)) : rowsOf(table, places, request)),
    columnOf: (field) => mapping.columns[field] ?? mapping.optionalColumns[field] ?? field,
  };
}

/** A list of open items has been read as a whole; what nobody has answered yet is a sentence. */
function openItemsSource({ sha256 }: ReadTable, deflated: Uint8Array, { path, mapping, asOf, today }: FileToRead): LedgerSource {
  const read = JSON.parse(inflateRawSync(deflated).toString()) as OpenItems;
  const unanswered = openQuestions(read);
  const asks = { questions: askedOf(read), firstRows: read.firstRows };
  if (unanswered !== null) throw new SourceAsks(unanswered, asks);
  const rows = ledgerRows(read, asOf ?? today, mapping.choices);
  const header = (field: string) => read.layout.columns.find((column) => column.field === field)?.header ?? field;
  return {
    name: basename(path),
    sha256,
    declares: mapping.declares,
    coversAll: true,
    asOf: asOf ?? today,
    tellsBalances: true,
    report: reportOf(read),
    doubts: read.questions.filter(({ about }) => about === 'total').map(({ sentence }) => sentence),
    asks,
    ...(mapping.choices?.elsewhere ? { elsewhere: mapping.choices.elsewhere } : {}),
    zeros: mapping.zeros,
    async *rows() {
      for (const row of rows) yield 'record' in row && asOf !== null && dateOf(row.record) > asOf ? later(row) : row;
    },
    columnOf: header,
  };
}

function later({ line, record }: SourceRow & { record: LedgerRecord }): SourceRow {
  return { line, later: true, invoice: invoiceOf(record) };
}

async function* rowsOf(
  table: ReadTable,
  places: ReadonlyMap<string, number>,
  { mapping, asOf, today }: FileToRead,
): AsyncGenerator<SourceRow> {
  for await (const row of table.body()) {
    const cells = cellsOf(row.cells, places, mapping);
    const misplaced = row.cells.length !== table.headers.length;
    if (misplaced) yield { line: row.line, faults: [tooManyOrFew(row, table.headers.length)], invoice: null };
    else {
      const read = sourceRow(row.line, cells, mapping, asOf, today);
      yield read;
      if ('record' in read) for (const record of furtherContacts(read.record, cells)) yield { line: row.line, record };
    }
  }
}

function sourceRow(line: number, cells: Cells, { kind }: Mapping, asOf: Day | null, today: Day): SourceRow {
  const record = readRow(kind, cells, asOf ?? today);
  const invoice = kind === 'invoices' ? invoiceOf(record) : null;
  if (cells.faults.length > 0) return { line, faults: cells.faults, invoice };
  if (asOf !== null && dateOf(record) > asOf) return { line, later: true, invoice };
  return { line, record };
}

function invoiceOf(record: LedgerRecord): InvoiceKey | null {
  return record.kind === 'invoice' && record.number !== '' ? { entity: record.entity, number: record.number } : null;
}

/** Its cells may stand under wrong headers, so none of them is believed. */
function tooManyOrFew({ cells }: TableRow, headers: number) {
  return { column: '', value: String(cells.length), reason: `the row has ${cells.length} cells, the header has ${headers}` };
}
