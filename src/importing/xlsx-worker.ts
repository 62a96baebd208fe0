import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { InvalidInputError, InvalidSpreadsheetError, readSheet, SheetNotFoundError } from 'read-excel-file/universal';
import { decimalText } from './decimal-text.ts';
import type { TableRow } from './table.ts';

/** What the worker is asked, and what it answers: the rows of the sheet, the first of them the headers, or a sentence for people. */
export interface SheetRequest {
  readonly path: string;
  readonly sheet: string | undefined;
  readonly decimal: '.' | ',';
}
export type SheetAnswer = { readonly rows: readonly TableRow[] } | { readonly sentence: string };

const KEPT = 'Nothing was imported.';
const MOST_ROWS = 100_000;
const MOST_COLUMNS = 100;
/** Of all parts together, unpacked: a small archive can unpack to anything. */
const MOST_UNPACKED = 200_000_000;
const AS_CSV = 'Leave out what is not needed, or save the sheet as CSV, which has no such limit.';

class Unfit extends Error {}

async function read({ path, sheet, decimal }: SheetRequest): Promise<SheetAnswer> {
  const archive = computed(unpack(readFileSync(path)));
  const data = await readSheet(archive, sheet ?? 1, { parseNumber: (raw) => decimalText(raw, decimal) });
  const rows = (data as unknown as Cell[][]).map((cells, index) => ({ line: index + 1, cells: cells.map(textOf) }));
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (filled.length === 0) throw new Unfit(`The sheet is empty. ${KEPT}`);
  if (filled.length > MOST_ROWS + 1)
    throw new Unfit(`The sheet has ${filled.length - 1} rows; at most ${MOST_ROWS} are read from an XLSX file. ${KEPT} ${AS_CSV}`);
  const width = Math.max(...filled.map(({ cells }) => lastFilled(cells)));
  if (width > MOST_COLUMNS)
    throw new Unfit(`The sheet has ${width} columns; at most ${MOST_COLUMNS} are read from an XLSX file. ${KEPT} ${AS_CSV}`);
  const columns = lastFilled(filled[0]!.cells);
  return { rows: filled.map(({ line, cells }) => ({ line, cells: fitted(cells, columns) })) };
}

type Cell = string | boolean | Date | null;

/** A date as 2026-03-31, which every declared order understands; a time of day stays, so that it is seen and refused. */
function textOf(cell: Cell): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '#VALUE!' : cell.toISOString().slice(0, 19).replace('T00:00:00', '');
  return cell === null ? '' : String(cell);
}

function lastFilled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell !== '') + 1;
}

/** As wide as the headers; wider where something stands beside them, so that the row is seen to be misplaced. */
function fitted(cells: readonly string[], columns: number): string[] {
  const width = Math.max(columns, lastFilled(cells));
  return Array.from({ length: width }, (_, i) => cells[i] ?? '');
}

function unpack(file: Uint8Array): Record<string, Uint8Array> {
  let size = 0;
  return unzipSync(file, {
    filter: ({ name, originalSize }) => {
      if (!/\.xml(\.rels)?$/.test(name)) return false;
      size += originalSize;
      if (size > MOST_UNPACKED) throw new Unfit(`The file unpacks to more than ${MOST_UNPACKED / 1e6} MB. ${KEPT} ${AS_CSV}`);
      return true;
    },
  });
}

const UNCOMPUTED =
  /<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*\/>|<(?:\w+:)?v><\/(?:\w+:)?v>)?\s*<\/(?:\w+:)?c>/;
const FORMULA = /<(?:\w+:)?f[\s>]/;

/**
 * The package takes a formula without a saved result and an error such as #N/A for an empty cell, which would turn an unknown payment into
 * none. The first is refused; the second becomes its text, which no field takes. Also closes the door to a second, different unpacking.
 */
function computed(parts: Record<string, Uint8Array>): ArrayBuffer {
  const recalculates = /fullCalcOnLoad="(1|true)"/.test(strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array()));
  for (const [name, bytes] of Object.entries(parts)) {
    if (!name.startsWith('xl/worksheets/') || !name.endsWith('.xml')) continue;
    const xml = strFromU8(bytes);
    if (UNCOMPUTED.test(xml) || (recalculates && FORMULA.test(xml)))
      throw new Unfit(
        `The file holds formulas whose results were not saved with it. ${KEPT} Open it in your spreadsheet program, save it, and try again.`,
      );
    const withErrors = xml.replaceAll(/(<(?:\w+:)?c\b[^>]*\bt=)"e"/g, '$1"str"');
    if (withErrors !== xml) parts[name] = strToU8(withErrors);
  }
  const packed = zipSync(parts, { level: 0 });
  return packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) as ArrayBuffer;
}

function sentenceFor(error: unknown): string {
  if (error instanceof Unfit) return error.message;
  if (error instanceof SheetNotFoundError)
    return `The file has no sheet "${error.sheet}". ${KEPT} Check the name with the tabs of the file.`;
  const known = error instanceof InvalidInputError || error instanceof InvalidSpreadsheetError;
  return `The file is damaged or no XLSX file${known ? ` (${error.message})` : ''}. ${KEPT} Open it in your spreadsheet program, save it as XLSX or CSV, and try again.`;
}

const answer: SheetAnswer = await read(workerData as SheetRequest).catch((error: unknown) => ({ sentence: sentenceFor(error) }));
parentPort!.postMessage(answer);
