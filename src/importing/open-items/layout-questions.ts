import { type Decimal, digitsOf, type NumberEvidence } from './amounts.ts';
import { CALLED, DATE_ORDERS, type DateEvidence, dayOf, writtenDay } from './days.ts';
import type { OpenField } from './field-words.ts';
import type { Header, ReadColumn } from './layout.ts';
import type { Question, Reading } from './reading.ts';
import type { Sheet } from './sheet.ts';

/** What only a person can say of how a list is laid out: which row names the columns, what they are, how dates and amounts are meant. */
export function withoutHeader(sheet: Sheet): Question {
  return {
    ...question('header', 'No row of the file looks like column names. Which row is it?', []),
    ...headerChoice(sheet, 1),
  };
}

export function aboutHeader(header: Header, sheet: Sheet): Question[] {
  if (header.sure) return [];
  const sentence = `None of the usual column names was found. Row ${header.row} looks most like them.`;
  return [{ ...question('header', sentence, [], String(header.row)), ...headerChoice(sheet, 2), rows: [header.row] }];
}

function headerChoice({ rows }: Sheet, moreThan: number): Pick<Question, 'options' | 'labels'> {
  const wide = rows.filter(({ cells }) => cells.filter((cell) => cell !== '').length > moreThan).slice(0, 10);
  const label = (cells: readonly string[]) => cells.filter((cell) => cell !== '').join(' · ');
  return {
    options: wide.map(({ row }) => String(row)),
    labels: Object.fromEntries(wide.map(({ row, cells }) => [String(row), `Row ${row}: ${label(cells)}`])),
  };
}

export function asksDates({ sentence }: DateEvidence, cells: readonly string[]): Question {
  const example = cells.find((cell) => DATE_ORDERS.filter((order) => readAs(cell, order) !== null).length > 1) ?? '';
  const label = (order: (typeof DATE_ORDERS)[number]) => {
    const day = readAs(example, order);
    return day === null ? CALLED[order] : `${CALLED[order]}: ${example} is ${inWords(day)}`;
  };
  return {
    ...question('dates', sentence, DATE_ORDERS),
    labels: Object.fromEntries(DATE_ORDERS.map((order) => [order, label(order)])),
  };
}

function readAs(cell: string, order: (typeof DATE_ORDERS)[number]): string | null {
  const written = writtenDay(cell);
  return written?.form === 'numbers' ? dayOf(written, order) : null;
}

function inWords(day: string): string {
  return Temporal.PlainDate.from(day).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

export function asksNumbers({ sentence, example = '' }: NumberEvidence): Question {
  const label = (decimal: Decimal, called: string) => {
    const digits = digitsOf(example, decimal);
    return digits === null
      ? called
      : `${called}: ${example} is ${BigInt(digits.whole).toLocaleString('en-GB')}${digits.fraction === '' ? '' : `.${digits.fraction}`}`;
  };
  return {
    ...question('numbers', sentence, ['.', ',']),
    labels: { '.': label('.', 'Decimal point'), ',': label(',', 'Decimal comma') },
  };
}

export function aboutColumns(
  columns: readonly ReadColumn[],
  tied: readonly { field: OpenField; columns: readonly string[] }[],
  has: Reading['has'],
): Question[] {
  const asked = tied.map(({ field, columns: names }) => ({
    ...question('column', `${names.map((name) => `"${name}"`).join(' and ')} both look like the ${field} column.`, names, names[0]!),
    field,
  }));
  const free = columns
    .filter(({ field }) => field === null)
    .map(({ header }) => header)
    .filter((header) => header !== '');
  const lacks = (fields: readonly OpenField[], called: string) =>
    fields.some(has) ? [] : [{ ...question('column', `No column says ${called}.`, free), field: fields[0]! }];
  return [
    ...asked,
    ...aboutGuesses(columns),
    ...lacks(['open', 'openLocal', 'total', 'debit', 'lineAmount'], 'how much is open'),
    ...lacks(['number'], 'the number of a document'),
    ...lacks(['issued', 'due'], 'a date'),
  ];
}

function aboutGuesses(columns: readonly ReadColumn[]): Question[] {
  const guessed = columns.filter(({ how, field }) => how === 'guess' && field !== null && GUESSES_THAT_MATTER.has(field));
  if (guessed.length === 0) return [];
  const list = guessed.map(({ header, field }) => `"${header}" as ${field}`).join(', ');
  const sentence = `Taken by a word that can mean something else, too: ${list}.`;
  const headers = guessed.map(({ header }) => header);
  return [{ ...question('column', sentence, headers, 'as guessed'), blocking: false }];
}

const GUESSES_THAT_MATTER = new Set<OpenField>([
  'number',
  'open',
  'openLocal',
  'account',
  'accountName',
  'issued',
  'due',
  'currency',
  'entity',
]);

function question(about: Question['about'], sentence: string, options: readonly string[], proposal: string | null = null): Question {
  return { about, sentence, options, proposal, blocking: true, rows: [] };
}
