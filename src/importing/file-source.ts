import { basename } from 'node:path';
import type { Day } from '../kernel/day.ts';
import type { InvoiceKey, LedgerSource, SourceRow } from '../ledger/import.port.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { dateOf } from '../ledger/ledger-record.ts';
import { type Cells, cellsOf } from './cells.ts';
import type { Mapping } from './mapping.ts';
import { readRow } from './read-row.ts';
import { placeColumns, type TableRow } from './table.ts';
import { type ReadTable, readTable } from './table-reader.ts';

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
  const places = placeColumns(table.headers, mapping);
  return {
    name: basename(path),
    sha256: table.sha256,
    declares: mapping.declares,
    tellsBalances: mapping.kind !== 'accounts' && mapping.kind !== 'contacts',
    rows: () => rowsOf(table, places, request),
    columnOf: (field) => mapping.columns[field] ?? mapping.optionalColumns[field] ?? field,
  };
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
    else yield sourceRow(row.line, cells, mapping, asOf, today);
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
