import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SourceUnreadable } from '../../ledger/import.port.ts';
import { isXlsx } from '../file-kind.ts';
import { readXlsxRows } from '../xlsx-rows.ts';
import { decodeBytes } from './encoding.ts';
import { splitRecords } from './records.ts';
import type { Sheet, SheetRow } from './sheet.ts';

/** Lists of open items are small; a larger file is something else. */
const MOST_BYTES = 50_000_000;

/** A CSV, a list of tabs or strokes, whatever its name says, or an XLSX. Throws SourceUnreadable for a file that cannot be read. */
export async function openSheet(path: string, sheet?: string): Promise<Sheet & { readonly sha256: string }> {
  if (await isXlsx(path)) {
    const rows = await spreadsheetRows(path, sheet);
    return { rows, origin: 'spreadsheet', evidence: ['A spreadsheet (XLSX).'], sha256: hash('sha256', await readFile(path)) };
  }
  if (sheet !== undefined) throw new SourceUnreadable('Only XLSX files have sheets. Nothing was imported. Leave the sheet out.');
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'ENOENT' ? 'There is no such file' : cause.code === 'EISDIR' ? 'It is a folder' : `It cannot be read (${cause.code})`;
    throw new SourceUnreadable(`${why}: ${path}. Nothing was imported.`, { cause });
  });
  if (bytes.length === 0) throw new SourceUnreadable('The file is empty. Nothing was imported.');
  if (bytes.length > MOST_BYTES)
    throw new SourceUnreadable(
      `The file has ${Math.ceil(bytes.length / 1e6)} MB; a list of open items may have ${MOST_BYTES / 1e6} MB. Nothing was imported.`,
    );
  return { ...textSheet(bytes), sha256: hash('sha256', bytes) };
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
