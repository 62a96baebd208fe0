import { readFile } from 'node:fs/promises';
import { isXlsx } from '../file-kind.ts';
import { readXlsxRows } from '../xlsx-rows.ts';
import { decodeBytes } from './encoding.ts';
import { splitRecords } from './records.ts';
import type { Sheet, SheetRow } from './sheet.ts';

/** A CSV, a list of tabs or strokes, whatever its name says, or an XLSX. Throws SourceUnreadable for a spreadsheet that cannot be read. */
export async function readSheet(path: string, sheet?: string): Promise<Sheet> {
  if (await isXlsx(path)) return { rows: await spreadsheetRows(path, sheet), origin: 'spreadsheet', evidence: ['A spreadsheet (XLSX).'] };
  return textSheet(await readFile(path));
}

export function textSheet(bytes: Uint8Array): Sheet {
  const { text, evidence } = decodeBytes(bytes);
  const records = splitRecords(text);
  return { rows: records.rows, origin: 'text', evidence: [evidence, ...records.evidence] };
}

/** Blank rows have no cells in the file; they count all the same. */
async function spreadsheetRows(path: string, sheet: string | undefined): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  await readXlsxRows({ path, sheet, decimal: '.' }, ({ line, cells }) => {
    while (rows.length < line - 1) rows.push({ row: rows.length + 1, line: rows.length + 1, cells: [] });
    rows.push({ row: line, line, cells });
  });
  return rows;
}
