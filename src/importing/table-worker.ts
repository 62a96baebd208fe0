import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { deflateRawSync } from 'node:zlib';
import { SourceUnreadable } from '../ledger/import.port.ts';
import { openCsv } from './csv-table.ts';
import { isXlsx } from './file-kind.ts';
import type { Mapping } from './mapping.ts';
import { choicesOf } from './open-items/choices-of.ts';
import { readOpenItems } from './open-items/read-open-items.ts';
import { openSheet } from './open-items/read-sheet.ts';
import type { TableRow } from './table.ts';
import { inspectTextFile } from './text-file.ts';
import { readXlsxRows } from './xlsx-rows.ts';

/** What the worker is asked. */
export interface TableToRead {
  readonly path: string;
  readonly mapping: Mapping;
  readonly sheet?: string | undefined;
}

/** What it answers: batches of rows, JSON deflated, then the end; or a sentence for people. */
export type TableMessage = { readonly batch: Uint8Array<ArrayBuffer> } | TableEnd | { readonly sentence: string };
export interface TableEnd {
  /** Of a list of open items: what was read of it, JSON deflated, instead of rows. */
  readonly openItems?: Uint8Array<ArrayBuffer>;
  readonly headers: readonly string[];
  readonly rows: number;
  /** Of the file's bytes, in hex. */
  readonly sha256: string;
  /** Why its bytes are read as they are, where that was not plain. */
  readonly evidence?: string;
}

const BATCH_CHARACTERS = 1 << 18;
/** A spreadsheet's own limit. What is longer is cut one character later, so that it is still seen to be too long. */
const LONGEST_CELL = 32_767;
const MOST_COLUMNS = 1_000;
const LONGEST_HEADERS = 100_000;

async function read(request: TableToRead, post: (message: TableMessage, transfer?: ArrayBuffer[]) => void): Promise<void> {
  if (request.mapping.kind === 'open-items') {
    const end = await readOpenItemsFile(request);
    return post(end, [end.openItems.buffer]);
  }
  let headers: readonly string[] | null = null;
  let rows = 0;
  let pending: string[] = [];
  let size = 0;
  const flush = () => {
    if (pending.length === 0) return;
    // A copy of its own: what zlib returns may lie in a pool, which cannot be handed over.
    const batch = new Uint8Array(deflateRawSync(`[${pending.join(',')}]`, { level: 1 }));
    post({ batch }, [batch.buffer]);
    pending = [];
    size = 0;
  };
  const take = ({ line, cells }: TableRow) => {
    if (headers === null) {
      headers = fitting(cells.map((header) => plain(header).trim()));
      return;
    }
    rows += 1;
    const text = JSON.stringify([line, ...cells.map(plain)]);
    pending.push(text);
    size += text.length;
    if (size >= BATCH_CHARACTERS) flush();
  };
  const read = (await isXlsx(request.path)) ? { sha256: await readSpreadsheet(request, take) } : await readText(request, take);
  flush();
  post({ headers: headers ?? [], rows, ...read });
}

/** A list is looked at as a whole: what its columns are is told by all of its rows. */
async function readOpenItemsFile({ path, sheet, mapping }: TableToRead) {
  const { rows, sha256, ...rest } = await openSheet(path, sheet);
  const read = readOpenItems({ rows, ...rest }, choicesOf(mapping, rows));
  const { columns } = read.layout;
  const openItems = new Uint8Array(deflateRawSync(JSON.stringify(read), { level: 1 }));
  return { headers: fitting(columns.map(({ header }) => header)), rows: read.rows.length, sha256, openItems };
}

async function readSpreadsheet({ path, sheet, mapping }: TableToRead, take: (row: TableRow) => void): Promise<string> {
  await readXlsxRows({ path, sheet, decimal: mapping.numbers.decimal }, take);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function readText(
  { path, sheet, mapping }: TableToRead,
  take: (row: TableRow) => void,
): Promise<Pick<TableEnd, 'sha256' | 'evidence'>> {
  if (sheet !== undefined) throw new SourceUnreadable('Only XLSX files have sheets. Nothing was imported. Leave the sheet out.');
  const file = await inspectTextFile(path, mapping.encoding);
  const { headers, rows } = await openCsv(file, mapping);
  take({ line: 1, cells: headers });
  for await (const row of rows) take(row);
  return { sha256: file.sha256, evidence: file.evidence };
}

/** Normalised here, where there is a deadline: with marks in the wrong order that takes time by the square of their number. */
function plain(cell: string): string {
  if (cell.length > LONGEST_CELL) return cell.slice(0, LONGEST_CELL + 1).normalize('NFC');
  return /^[ -~]*$/.test(cell) ? cell : cell.normalize('NFC');
}

/** They are kept with the file and shown to people. */
function fitting(headers: readonly string[]): readonly string[] {
  if (headers.length > MOST_COLUMNS)
    throw new SourceUnreadable(
      `The file has ${headers.length} columns; at most ${MOST_COLUMNS} are read. Nothing was imported. Leave out the columns that are not needed.`,
    );
  if (headers.reduce((sum, { length }) => sum + length, 0) > LONGEST_HEADERS)
    throw new SourceUnreadable(
      'The first line of the file is too long to be a line of column names. Nothing was imported. Put the names of the columns into the first line.',
    );
  return headers;
}

await read(workerData as TableToRead, (message, transfer = []) => parentPort!.postMessage(message, transfer)).catch((error: unknown) => {
  if (!(error instanceof SourceUnreadable)) throw error;
  parentPort!.postMessage({ sentence: error.message } satisfies TableMessage);
});
