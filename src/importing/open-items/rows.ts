import {
  beginsLikeTotal,
  headPairs,
  isAgeWord,
  isAmountCell,
  isDateCell,
  isDetailWord,
  isPercentWord,
  isTotalWord,
} from './cell-content.ts';
import type { RowClass, RowVerdict } from './documents.ts';
import type { OpenField } from './field-words.ts';
import { type Header, repeatsHeader } from './layout.ts';
import { isBlank, type Sheet, type SheetRow } from './sheet.ts';

/** What the lines above a row say of it. */
export interface Group {
  readonly account: string | null;
  readonly accountName: string | null;
  readonly entity: string | null;
}

/** A row that looks like a document: it has a number or a date, and mostly an amount. */
export interface Candidate {
  readonly row: SheetRow;
  readonly group: Group;
}

export interface TotalRow {
  readonly row: SheetRow;
  /** How many candidates stand above it. */
  readonly after: number;
  readonly word: string;
}

export interface SortedRows {
  readonly verdicts: Map<number, RowVerdict>;
  readonly candidates: readonly Candidate[];
  readonly totals: readonly TotalRow[];
}

/** The cell of a field; '' where the file has no such column. */
export type CellOf = (row: SheetRow, field: OpenField) => string;

export const AMOUNT_FIELDS: readonly OpenField[] = ['open', 'openLocal', 'debit', 'credit', 'total', 'lineAmount'];
const NOBODY: Group = { account: null, accountName: null, entity: null };

/** Says of every row what it is. Works on the look of cells alone: what day or amount they mean comes later. */
export function sortRows(sheet: Sheet, header: Header, cell: CellOf, has: (field: OpenField) => boolean): SortedRows {
  const verdicts = new Map<number, RowVerdict>();
  const candidates: Candidate[] = [];
  const totals: TotalRow[] = [];
  const lastDocument = sheet.rows.findLast((row) => row.row > header.row && looksLikeDocument(row, cell))?.row ?? header.row;
  let group = NOBODY;
  /** The head above the rows has been read; further lines only say more of the customer. */
  let headed = false;
  const say = (row: SheetRow, is: RowClass, why: string) => verdicts.set(row.row, { row: row.row, line: row.line, class: is, why });
  const head = (row: SheetRow) => {
    const pairs = headPairs(row.cells);
    if (pairs) {
      group = { ...(pairs.account === undefined ? group : { ...NOBODY, entity: group.entity }), ...pairs };
      headed = true;
      return say(row, 'group-head', 'Says whose the rows below are.');
    }
    const filled = row.cells.filter((each) => each !== '');
    if (row.row < header.row) return say(row, 'title', 'Stands above the column names.');
    if (row.row > lastDocument && (filled.length <= 3 || row.aside)) return say(row, 'footer', 'Stands below the last document.');
    if (row.aside) return say(row, 'title', 'A line between the tables.');
    if (filled.length > 3) return say(row, 'unreadable', 'Has neither amount nor date.');
    if (filled.length > 2) return say(row, 'title', 'A line between the tables.');
    if (!has('accountName') && !headed && !isAgeWord(filled[0]!)) {
      group = { account: null, accountName: filled[0]!, entity: group.entity };
      headed = true;
      return say(row, 'group-head', 'The name of the customer whose rows follow.');
    }
    return say(row, 'group-head', 'A heading of the rows below.');
  };
  for (const row of sheet.rows) {
    if (isBlank(row)) {
      say(row, 'blank', 'Empty.');
      if (!has('accountName')) headed = false;
    } else if (row.row === header.row || repeatsHeader(header.cells, row.cells))
      say(row, 'header', row.row === header.row ? 'The column names.' : 'The column names once more.');
    else if (row.row < header.row || row.aside) head(row);
    else {
      const is = shifted(row, header) ?? kindOf(row, cell, group);
      if (is === 'document') {
        candidates.push({ row, group });
        headed = false;
      } else if (is === 'total') {
        totals.push({ row, after: candidates.length, word: row.cells.find((each) => each !== '') ?? '' });
        say(row, 'subtotal', 'A sum of rows above.');
        headed = false;
      } else if (is === 'head') head(row);
      else if (is === 'percentages') say(row, 'percentages', 'Shares of the total, no amounts.');
      else if (is === 'detail') say(row, 'group-head', 'Figures about the customer, no document.');
      else say(row, 'unreadable', `Cannot be read: it ${is}.`);
    }
  }
  return { verdicts, candidates, totals };
}

/** More cells than columns: what stands under which header cannot be told. */
function shifted({ cells }: SheetRow, header: Header): string | null {
  const more = cells.slice(header.cells.length).filter((cell) => cell !== '').length;
  return more === 0 ? null : `has ${cells.length} cells, the row of column names ${header.cells.length}`;
}

function looksLikeDocument(row: SheetRow, cell: CellOf): boolean {
  return !row.aside && !isBlank(row) && kindOf(row, cell, NOBODY) === 'document';
}

/** 'document', 'total', 'percentages', 'detail', 'head', or why the row cannot be read. */
function kindOf(row: SheetRow, cell: CellOf, group: Group): string {
  const amounts = AMOUNT_FIELDS.filter((field) => isAmountCell(cell(row, field)));
  const dated = isDateCell(cell(row, 'issued')) || isDateCell(cell(row, 'due'));
  const number = cell(row, 'number');
  const numbered = number !== '' && !isTotalWord(number);
  const filled = row.cells.filter((each) => each !== '');
  const label = filled[0] ?? '';
  if (amounts.length === 0) {
    if (headPairs(row.cells) && !dated) return 'head';
    if (numbered && (dated || AMOUNT_FIELDS.some((field) => cell(row, field) !== ''))) return 'document';
    if (dated && filled.length > 2) return 'has a date, but neither number nor amount';
    if (filled.some(isPercentWord) && filled.some((each) => /\d%$/.test(each))) return 'percentages';
    return filled.length > 2 && numbered ? 'has neither amount nor date' : 'head';
  }
  if (!dated && filled.some(isPercentWord) && !numbered) return 'percentages';
  if (!dated && isSum(row, cell, numbered, label, group)) return 'total';
  if (dated || numbered) return 'document';
  if (filled.some(isDetailWord)) return 'detail';
  if (amounts.every((field) => cell(row, field).endsWith('%'))) return 'percentages';
  return 'has an amount, but neither number nor date';
}

function isSum(row: SheetRow, cell: CellOf, numbered: boolean, label: string, group: Group): boolean {
  if (isTotalWord(label)) return true;
  if (numbered) return false;
  const texts = row.cells.filter((each) => each !== '' && !isAmountCell(each));
  if (texts.some(isTotalWord) || beginsLikeTotal(label)) return true;
  // A sum that has only the customer's name beside it.
  const names = [group.accountName, group.account, cell(row, 'accountName')].filter(Boolean);
  return names.includes(label) && texts.length <= 1 && cell(row, 'account') === '' && cell(row, 'docType') === '';
}
