import { numberEvidence, writtenAmount } from './amounts.ts';
import { isAmountCell } from './cell-content.ts';
import { type ControlTotal, checkTotals, controlTotals, type TotalCheck } from './control.ts';
import { codeOf } from './currency.ts';
import { type Customer, readCustomers } from './customers.ts';
import { dateEvidence, dayOf, writtenDay } from './days.ts';
import type { OpenDocument, RowVerdict } from './documents.ts';
import type { OpenField } from './field-words.ts';
import { firstRows } from './first-rows.ts';
import { joinRows } from './join-rows.ts';
import { findHeader, type Header, type ReadColumn, readColumns, recognise } from './layout.ts';
import { aboutColumns, aboutHeader, asksDates, asksNumbers, withoutHeader } from './layout-questions.ts';
import { askAbout } from './questions.ts';
import { type RowDocument, readDocumentRow } from './read-rows.ts';
import type { Choices, Question, Reading } from './reading.ts';
import { readOne } from './row-amounts.ts';
import { AMOUNT_FIELDS, type CellOf, type SortedRows, sortRows } from './rows.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { applySigns } from './signs.ts';

export interface OpenItems {
  readonly layout: {
    readonly preset: string | null;
    readonly header: number | null;
    readonly columns: readonly ReadColumn[];
    /** One sentence each: why the file is read as it is. */
    readonly evidence: readonly string[];
  };
  readonly documents: readonly OpenDocument[];
  readonly customers: readonly Customer[];
  /** Every row of the file, in its order. */
  readonly rows: readonly RowVerdict[];
  readonly totals: readonly ControlTotal[];
  readonly checks: readonly TotalCheck[];
  readonly questions: readonly Question[];
  /** How the first documents are read, one sentence each. */
  readonly firstRows: readonly string[];
}

/** Reads a list of open items as a person would: what is plain is taken with its evidence, what is not is asked. Never throws. */
export function readOpenItems(sheet: Sheet, choices: Choices = {}): OpenItems {
  const header = findHeader(sheet, choices.headerRow);
  if (header === null) return nothingRead(sheet);
  const preset = recognise(header.cells, choices.preset);
  const { columns, tied } = readColumns(header.cells, likelyRows(sheet, header), preset, choices.columns ?? {});
  const places = new Map(columns.flatMap(({ at, field }) => (field === null ? [] : [[field, at] as const])).reverse());
  const has = (field: OpenField) => places.has(field);
  const cell: CellOf = ({ cells, aside }, field) => (aside ? '' : (cells[places.get(field) ?? -1] ?? ''));
  const sorted = sortRows(sheet, header, cell, has);
  const questions = [...aboutHeader(header, sheet), ...aboutColumns(columns, tied, has)];
  const { reading, evidence, asked } = understand({ sheet, header, sorted, cell, has, choices, preset, columns });
  questions.push(...asked);
  const { documents, verdicts, more } = readAll(sorted, reading);
  questions.push(...more, ...askAbout(documents, reading));
  const { checks, questions: off } = checkTotals(sorted, reading, verdicts);
  const totals = controlTotals(sorted.candidates, documents, verdicts, reading);
  questions.push(...off);
  return {
    layout: {
      preset: preset?.name ?? null,
      header: header.row,
      columns,
      evidence: [...sheet.evidence, ...(preset ? [`The column names are those of ${preset.system}.`] : []), ...evidence],
    },
    documents: documents.map(plainDocument),
    customers: readCustomers(documents, reading),
    rows: sheet.rows.map(({ row, line }) => verdicts.get(row) ?? { row, line, class: 'unreadable', why: 'Was not looked at.' }),
    totals,
    checks,
    questions,
    firstRows: firstRows(sheet, documents),
  };
}

function nothingRead(sheet: Sheet): OpenItems {
  const rows = sheet.rows.map(
    ({ row, line, cells }): RowVerdict =>
      cells.every((cell) => cell === '')
        ? { row, line, class: 'blank', why: 'Empty.' }
        : { row, line, class: 'unreadable', why: 'The file has no row of column names.' },
  );
  return {
    layout: { preset: null, header: null, columns: [], evidence: sheet.evidence },
    documents: [],
    customers: [],
    rows,
    totals: [],
    checks: [],
    questions: [withoutHeader(sheet)],
    firstRows: [],
  };
}

/** Rows below the header that hold figures: what the columns are is judged by them. */
function likelyRows({ rows }: Sheet, header: Header): readonly (readonly string[])[] {
  const below = rows.filter((row) => row.row > header.row && !row.aside);
  const fits = below.filter(({ cells }) => cells.slice(header.cells.length).every((cell) => cell === ''));
  return fits.filter(({ cells }) => cells.filter((cell) => cell !== '').length >= 3 && cells.some(isAmountCell)).map(({ cells }) => cells);
}

interface Understood {
  readonly reading: Reading;
  readonly evidence: string[];
  readonly asked: Question[];
}

/** What the file's dates, amounts and currency are, from all of them together. */
function understand(of: {
  sheet: Sheet;
  header: Header;
  sorted: SortedRows;
  cell: CellOf;
  has: Reading['has'];
  choices: Choices;
  preset: Reading['preset'];
  columns: readonly ReadColumn[];
}): Understood {
  const { sheet, sorted, cell, has, choices, preset } = of;
  const asked: Question[] = [];
  const rows = sorted.candidates.map(({ row }) => row);
  const dates = rows.flatMap((row) => [cell(row, 'issued'), cell(row, 'due'), cell(row, 'lastDunned')].filter((text) => text !== ''));
  const around = sheet.rows
    .filter(({ row }) => ['title', 'footer', 'group-head'].includes(sorted.verdicts.get(row)?.class ?? ''))
    .flatMap(({ cells }) => cells.flatMap((text) => text.match(/\b\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b/g) ?? []));
  const day = dateEvidence(
    dates,
    rows.map((row) => [cell(row, 'issued'), cell(row, 'due')] as const),
    around,
  );
  const order = choices.dates ?? day.order;
  if (day.ambiguous && choices.dates === undefined) asked.push(asksDates(day, dates));
  const currency = choices.currency ?? titleCurrency(sheet, of.header);
  const number = numberEvidence(amountsOf([...rows, ...sorted.totals.map(({ row }) => row)], sheet, cell, currency));
  const decimal = choices.decimal ?? number.decimal;
  if (number.ambiguous && choices.decimal === undefined) asked.push(asksNumbers(number));
  const evidence = [day.sentence, number.sentence];
  if (choices.currency === undefined && currency !== null) evidence.push(`The title names the currency ${currency}.`);
  const base = { cell, has, spreadsheet: sheet.origin === 'spreadsheet', order, decimal, preset, choices, currency };
  const plain = {
    ...base,
    day: (text: string) => {
      const written = writtenDay(text);
      return written && dayOf(written, order);
    },
    money: () => null,
    lineAmount: () => null,
  };
  const money: Reading['money'] = (row, field, as = null) => {
    const read = readOne(row, field, as ?? codeOf(cell(row, 'currency')) ?? currency, plain);
    return read && 'amount' in read ? read.amount : null;
  };
  return { reading: { ...plain, money, lineAmount: (row, as) => money(row, 'lineAmount', as) }, evidence, asked };
}

function amountsOf(rows: readonly SheetRow[], sheet: Sheet, cell: CellOf, fallback: string | null): { body: string; currency: string }[] {
  const found: { body: string; currency: string }[] = [];
  // A sum names no currency where every row above it has the same one.
  const named = new Set(rows.map((row) => codeOf(cell(row, 'currency'))).filter((code) => code !== null));
  const currency = fallback ?? (named.size === 1 ? [...named][0]! : null);
  for (const row of rows)
    for (const field of [...AMOUNT_FIELDS, 'paid'] as const) {
      const written = writtenAmount(cell(row, field));
      if (written === null || (sheet.origin === 'spreadsheet' && /^\d+(?:\.\d+)?$/.test(written.body))) continue;
      const local = field === 'openLocal' || field === 'debit' || field === 'credit';
      found.push({ body: written.body, currency: codeOf(cell(row, local ? 'currencyLocal' : 'currency')) ?? currency ?? '' });
    }
  return found;
}

/** Codes that are words, too. */
const WORDS = new Set(['ALL', 'TOP', 'CUP', 'TRY', 'MAD', 'BAM', 'GEL', 'LAK']);

/** "Open Items - Hollowell GmbH - EUR", "Currency: GBP": one code, at the end or behind the word. */
function titleCurrency(sheet: Sheet, header: Header): string | null {
  const found = new Set<string>();
  for (const { row, cells } of sheet.rows) {
    if (row >= header.row) break;
    const text = cells.filter((cell) => cell !== '').join(' ');
    const code = /(?:[-–(,]\s*|(?:currency|währung|devise|moneda)\s*:?\s*)([A-Z]{3})\)?\s*$/i.exec(text)?.[1] ?? '';
    if (codeOf(code) !== null && code === code.toUpperCase() && !WORDS.has(code)) found.add(code);
  }
  return found.size === 1 ? [...found][0]! : null;
}

function readAll(sorted: SortedRows, reading: Reading): { documents: RowDocument[]; verdicts: Map<number, RowVerdict>; more: Question[] } {
  const verdicts = new Map(sorted.verdicts);
  const read: RowDocument[] = [];
  const lines = new Map(sorted.candidates.map(({ row }) => [row.row, row.line]));
  const say = (row: number, verdict: Pick<RowVerdict, 'class' | 'why'>) => verdicts.set(row, { row, line: lines.get(row)!, ...verdict });
  for (const candidate of sorted.candidates) {
    const result = readDocumentRow(candidate, reading);
    if ('document' in result) read.push(result.document);
    else say(candidate.row.row, result.verdict);
  }
  const signed = applySigns(read, reading);
  const joined = joinRows(signed.documents, reading);
  for (const document of signed.documents)
    say(document.row, joined.verdicts.get(document.row) ?? { class: 'document', why: CALLED[document.class] });
  return {
    documents: joined.documents.filter(({ open, partly }) => open !== 0 || partly),
    verdicts,
    more: [...signed.questions, ...joined.questions],
  };
}

const CALLED: Readonly<Record<OpenDocument['class'], string>> = {
  invoice: 'An invoice.',
  credit: 'A credit note.',
  payment: 'A payment on account.',
  other: 'Another document, such as a journal entry or a fee.',
};

function plainDocument({ candidate: _, hint: _h, unknownStatus: _s, unknownType: _t, partly: _p, ...document }: RowDocument): OpenDocument {
  return document;
}
