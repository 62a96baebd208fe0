import { basename } from 'node:path';
import type { Day } from '../domain/day.ts';
import { type InvoiceKey, type LedgerSource, type SourceRow, SourceUnreadable } from '../operations/import-ports.ts';
import type { LedgerRecord } from '../operations/ledger-record.ts';
import { type Cells, cellsOf } from './cells.ts';
import { openCsv } from './csv-table.ts';
import type { Mapping } from './mapping.ts';
import { readRow } from './read-row.ts';
import { placeColumns, type Table, type TableRow } from './table.ts';
import { inspectTextFile } from './text-file.ts';
import { isXlsx, readXlsx, sha256Of } from './xlsx-sheet.ts';

export interface FileRequest {
  readonly path: string;
  readonly mapping: Mapping;
  /** Of an XLSX file; its first one when left out. */
  readonly sheet?: string | undefined;
  /** Rows dated after it are left for later; null takes every row. */
  readonly asOf: Day | null;
  readonly today: Day;
}

/** Rows of a CSV or XLSX file under a mapping. Throws SourceUnreadable when the file cannot be opened; so do its rows. */
export async function fileSource(request: FileRequest): Promise<LedgerSource> {
  const { mapping, path } = request;
  const { open, sha256 } = await openTable(request);
  return {
    name: basename(path),
    sha256,
    declares: mapping.declares,
    tellsBalances: mapping.kind !== 'accounts' && mapping.kind !== 'contacts',
    rows: () => rowsOf(open, request),
    columnOf: (field) => mapping.columns[field] ?? mapping.optionalColumns[field] ?? field,
  };
}

/** What a file holds and how to read it from its beginning, as often as needed. Throws SourceUnreadable. */
export async function openTable({
  path,
  mapping,
  sheet,
}: Pick<FileRequest, 'path' | 'mapping' | 'sheet'>): Promise<{ open: () => Promise<Table>; sha256: string }> {
  if (await isXlsx(path)) {
    const read = await readXlsx({ path, sheet, decimal: mapping.numbers.decimal });
    return { open: async () => read(), sha256: await sha256Of(path) };
  }
  if (sheet !== undefined) throw new SourceUnreadable('Only XLSX files have sheets. Nothing was imported. Leave the sheet out.');
  const file = await inspectTextFile(path, mapping.encoding);
  return { open: () => openCsv(file, mapping), sha256: file.sha256 };
}

async function* rowsOf(open: () => Promise<Table>, { mapping, asOf, today }: FileRequest): AsyncGenerator<SourceRow> {
  const table = await open();
  const places = placeColumns(table.headers, mapping);
  for await (const row of table.rows) {
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

function dateOf(record: LedgerRecord): string {
  if (record.kind === 'invoice') return record.issued;
  return record.kind === 'payment' || record.kind === 'credit-note' ? record.date : '';
}

/** Its cells may stand under wrong headers, so none of them is believed. */
function tooManyOrFew({ cells }: TableRow, headers: number) {
  return { column: '', value: String(cells.length), reason: `the row has ${cells.length} cells, the header has ${headers}` };
}
