import { SourceUnreadable } from '../ledger/import.port.ts';
import { Damaged, openArchive } from './archive.ts';
import { readSheet } from './sheet-rows.ts';
import type { TableRow } from './table.ts';
import { readWorkbook } from './workbook.ts';

export interface SheetRequest {
  readonly path: string;
  /** The first one when left out. */
  readonly sheet: string | undefined;
  readonly decimal: '.' | ',';
}

const MOST_ROWS = 100_000;
const MOST_COLUMNS = 100;
/** A few shared texts of 32,767 characters, named in every cell, would make any amount of text. */
const MOST_TEXT = 100_000_000;
const KEPT = 'Nothing was imported.';
const AS_CSV = 'Leave out what is not needed, or save the sheet as CSV, which has no such limit.';

/** Hands over the filled rows of a sheet, its headers first. Throws SourceUnreadable with a sentence for people. */
export async function readXlsxRows({ path, sheet, decimal }: SheetRequest, take: (row: TableRow) => void): Promise<void> {
  let rows = 0;
  let columns = 0;
  let text = 0;
  const filled = ({ line, cells }: TableRow) => {
    if (cells.length === 0) return;
    if (rows > MOST_ROWS) throw new SourceUnreadable(`The sheet has more than ${MOST_ROWS} rows. ${KEPT} ${AS_CSV}`);
    if (cells.length > MOST_COLUMNS)
      throw new SourceUnreadable(
        `The sheet has ${cells.length} columns; at most ${MOST_COLUMNS} are read from an XLSX file. ${KEPT} ${AS_CSV}`,
      );
    if (rows === 0) columns = cells.length;
    rows += 1;
    for (const cell of cells) text += cell.length;
    if (text > MOST_TEXT) throw new SourceUnreadable(`The sheet holds more than ${MOST_TEXT / 1e6} MB of text. ${KEPT} ${AS_CSV}`);
    // As wide as the headers; wider where something stands beside them, so that the row is seen to be misplaced.
    take({ line, cells: [...cells, ...Array<string>(Math.max(0, columns - cells.length)).fill('')] });
  };
  try {
    const archive = await openArchive(path);
    const book = await readWorkbook(archive, sheet);
    await readSheet(archive.part(book.sheet), book, decimal, filled);
  } catch (error) {
    if (error instanceof SourceUnreadable) throw error;
    const known = error instanceof Damaged ? ` (${error.message})` : '';
    throw new SourceUnreadable(
      `The file is damaged or no XLSX file${known}. ${KEPT} Open it in your spreadsheet program, save it as XLSX or CSV, and try again.`,
      { cause: error },
    );
  }
  if (rows === 0) throw new SourceUnreadable(`The sheet is empty. ${KEPT}`);
}
