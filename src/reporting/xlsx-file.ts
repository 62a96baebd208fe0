import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import type { Sheet, SheetColumn } from '../kernel/sheet.port.ts';

/** Excel's own limit of a cell, in characters. */
const LONGEST_TEXT = 32_767;
const MOST_WIDTH = 50;

/** Amounts and counts are numbers that can be added up; every text stays text, also where it begins like a formula. */
export async function xlsxFile(sheet: Sheet): Promise<Uint8Array> {
  return xlsxPages([sheet]);
}

/** Several tables, each on a page of its own. */
export async function xlsxPages(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return writeXlsxFile(sheets.map(pageOf)).toBuffer();
}

function pageOf({ name, columns, rows }: Sheet) {
  const head = columns.map(
    ({ title, kind }): Cell => ({ value: title, fontWeight: 'bold', ...(kind === 'text' ? {} : { align: 'right' }) }),
  );
  const body = rows.map((row) => row.map((value, index) => cellOf(value, columns[index]!.kind)));
  const widths = columns.map(({ title }, index) => {
    const longest = rows.reduce((most, row) => Math.max(most, String(row[index]).length), title.length);
    return { width: Math.min(MOST_WIDTH, longest + 2) };
  });
  return { data: [head, ...body], sheet: name, columns: widths, stickyRowsCount: 1 };
}

function cellOf(value: string | number, kind: SheetColumn['kind']): Cell {
  if (kind === 'text' || value === '' || Number.isNaN(Number(value)))
    return { value: String(value).slice(0, LONGEST_TEXT), type: String, format: '@' };
  if (kind === 'count') return { value: Number(value), type: Number, format: '#,##0' };
  const decimals = String(value).split('.')[1]?.length ?? 0;
  return { value: Number(value), type: Number, format: decimals > 0 ? `#,##0.${'0'.repeat(decimals)}` : '#,##0' };
}
