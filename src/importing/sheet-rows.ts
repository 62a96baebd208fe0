import { SourceUnreadable } from '../ledger/import.port.ts';
import { Damaged } from './archive.ts';
import { decimalText } from './decimal-text.ts';
import type { TableRow } from './table.ts';
import { richText, unescaped, type Workbook } from './workbook.ts';
import { readXml } from './xml-events.ts';

/** Excel's own: https://support.microsoft.com/en-us/office/1672b34d-7043-467e-8e27-269d656771c3 */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: string | undefined;
  formula: boolean;
  value: string;
  inline: string;
}

/**
 * Hands over each row of a sheet as text, without the empty cells at its end; blank rows come without cells. What does not stand where
 * the file says, or points nowhere, is Damaged. A formula without a saved result is refused: read as empty, it would turn an unknown payment into none.
 */
export async function readSheet(
  part: AsyncIterable<Buffer>,
  book: Workbook,
  decimal: '.' | ',',
  take: (row: TableRow) => void,
): Promise<void> {
  let inData = false;
  let line = 0;
  let cells: string[] = [];
  let column = 0;
  let cell: Cell | null = null;
  let inValue = false;
  const rich = richText();
  const openCell = ({ r, t = 'n', s }: Readonly<Record<string, string>>): Cell => {
    const next = r === undefined ? column + 1 : columnOf(r, line);
    if (next <= column || next > LAST_COLUMN) throw new Damaged(`the cell ${r ?? `${next} of row ${line}`} is out of place`);
    column = next;
    rich.begin();
    return { column, type: t, style: s, formula: false, value: '', inline: '' };
  };
  const closeCell = (whole: Cell) => {
    const text = textOf(whole, book, decimal);
    if (text === '') return;
    while (cells.length < whole.column - 1) cells.push('');
    cells.push(text);
  };
  await readXml(part, {
    open(name, attributes) {
      if (name === 'sheetData') inData = true;
      if (!inData) return;
      if (name === 'row') {
        line = rowNumber(attributes().r, line);
        column = 0;
        cells = [];
      } else if (name === 'c') cell = openCell(attributes());
      else if (cell && name === 'f') cell.formula = true;
      else if (cell && name === 'v') inValue = true;
      else if (cell) rich.open(name);
    },
    text(piece) {
      if (cell && inValue) cell.value += piece;
      else if (cell) rich.text(piece);
    },
    close(name) {
      if (name === 'sheetData') inData = false;
      if (!inData) return;
      if (name === 'row') take({ line, cells });
      else if (name === 'v') inValue = false;
      else if (cell && name === 'c') {
        closeCell(Object.assign(cell, { inline: rich.read() }));
        cell = null;
      } else if (cell) rich.close(name);
    },
  });
}

function rowNumber(stated: string | undefined, before: number): number {
  const line = stated === undefined ? before + 1 : Number(stated);
  if (!Number.isInteger(line) || line <= before || line > LAST_ROW) throw new Damaged(`the row ${stated ?? line} is out of place`);
  return line;
}

/** B7 is 2 in row 7. */
function columnOf(address: string, line: number): number {
  const [, letters, row] = /^([A-Z]{1,3})(\d{1,7})$/.exec(address) ?? [];
  if (!letters || Number(row) !== line) throw new Damaged(`the cell ${address.slice(0, 20)} is out of place`);
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
}

function textOf({ type, style, formula, value, inline }: Cell, book: Workbook, decimal: '.' | ','): string {
  if (formula && ((value === '' && type !== 'str') || book.recalculates))
    throw new SourceUnreadable(
      'The file holds formulas whose results were not saved with it. Nothing was imported. Open it in your spreadsheet program, save it, and try again.',
    );
  if (value === '' && type !== 'inlineStr') return '';
  switch (type) {
    case 'str':
      return unescaped(value).trim();
    case 'inlineStr':
      return unescaped(inline).trim();
    case 's':
      return sharedText(book.strings[Number(value)], value);
    // As its text, such as #N/A, which no field takes: as empty it would say that there is nothing.
    case 'e':
      return value;
    case 'b':
      if (value !== '1' && value !== '0') throw new Damaged(`a cell is neither true nor false: ${value.slice(0, 20)}`);
      return value === '1' ? 'true' : 'false';
    case 'd':
      return dateText(new Date(/T[\d:.]+$/.test(value) ? `${value}Z` : value));
    case 'n':
      return style !== undefined && isDate(style, book)
        ? dateText(new Date(Math.floor((Number(value) + (book.from1904 ? 1462 : 0) - DAYS_BEFORE_1970) * 86_400_000)))
        : decimalText(value, decimal);
    default:
      throw new Damaged(`a cell is of the unknown type ${type.slice(0, 20)}`);
  }
}

/** Day 0 is 30 December 1899: Excel counts a 29 February 1900 that never was. */
const DAYS_BEFORE_1970 = 25_569;

/** A date as 2026-03-31, which every declared order understands; a time of day stays, so that it is seen and refused. */
function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? '#VALUE!' : date.toISOString().slice(0, 19).replace('T00:00:00', '');
}

function isDate(style: string, { dates }: Workbook): boolean {
  const date = dates[Number(style)];
  if (date === undefined) throw new Damaged(`a cell has the unknown style ${style.slice(0, 20)}`);
  return date;
}

function sharedText(text: string | undefined, place: string): string {
  if (text === undefined) throw new Damaged(`a cell has the unknown text ${place.slice(0, 20)}`);
  return text.trim();
}
