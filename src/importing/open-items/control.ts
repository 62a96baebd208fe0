import { codeOf, decimalsOf } from './currency.ts';
import type { RowVerdict } from './documents.ts';
import type { RowDocument } from './read-rows.ts';
import type { Question, Reading } from './reading.ts';
import { rowAmounts } from './row-amounts.ts';
import type { Candidate, SortedRows, TotalRow } from './rows.ts';

/** Of one selling entity and currency; amounts in minor units with `decimals`. null stands for what the file does not say. */
export interface ControlTotal {
  readonly entity: string | null;
  readonly currency: string | null;
  readonly decimals: number;
  /** Rows of documents with an amount in the file, those included that could not be read. */
  readonly file: { readonly rows: number; readonly sum: number };
  readonly read: { readonly rows: number; readonly sum: number; readonly owed: number; readonly credits: number };
  /** file less read: 0 unless something was not read. */
  readonly difference: number;
}

export interface TotalCheck {
  readonly row: number;
  readonly word: string;
  readonly says: number;
  /** What the rows above come to that it can stand for. */
  readonly read: number;
  readonly agrees: boolean;
}

interface Group {
  entity: string | null;
  currency: string | null;
  decimals: number;
  file: { rows: number; sum: number };
  read: { rows: number; sum: number; owed: number; credits: number };
}

/**
 * What the file says and what was read of it, each added up by itself: the one over every row that looks like a document, as its cells say;
 * the other over the documents. Rows that are no open items (closed, of another account, lines of one read above) stand on neither side.
 */
export function controlTotals(
  candidates: readonly Candidate[],
  documents: readonly RowDocument[],
  verdicts: ReadonlyMap<number, RowVerdict>,
  reading: Reading,
): ControlTotal[] {
  const groups = new Map<string, Group>();
  const groupOf = (entity: string | null, currency: string | null, decimals: number): Group => {
    const key = JSON.stringify([entity, currency]);
    let group = groups.get(key);
    if (!group) {
      group = { entity, currency, decimals, file: { rows: 0, sum: 0 }, read: { rows: 0, sum: 0, owed: 0, credits: 0 } };
      groups.set(key, group);
    }
    return group;
  };
  const flippedOrSummed = new Map(documents.map((document) => [document.row, document]));
  for (const { row, group: head } of candidates) {
    const is = verdicts.get(row.row)?.class;
    if (is !== 'document' && is !== 'unreadable') continue;
    const document = flippedOrSummed.get(row.row);
    if (document && document.open === null) continue;
    const money = rowAmounts(row, reading);
    const entity = reading.cell(row, 'entity') || head.entity || reading.choices.entity || null;
    if ('fault' in money) {
      const currency = codeOf(reading.cell(row, 'currency')) ?? codeOf(reading.cell(row, 'currencyLocal')) ?? reading.currency;
      groupOf(entity, currency, decimalsOf(currency)).file.rows += 1;
      continue;
    }
    const group = groupOf(entity, money.currency, money.decimals);
    group.file.rows += 1;
    group.file.sum += signed(money.open, document);
  }
  for (const { entity, currency, decimals, open } of documents) {
    if (open === null) continue;
    const { read } = groupOf(entity, currency, decimals);
    read.rows += 1;
    read.sum += open;
    if (open > 0) read.owed += open;
    else read.credits += open;
  }
  return [...groups.values()].map((group) => ({ ...group, difference: group.file.sum - group.read.sum }));
}

/** Where a type says the sign, the row itself does not; where lines are added up, the row has a part only. */
function signed(open: number | null, document: RowDocument | undefined): number {
  if (!document) return open ?? 0;
  if (open === null) return document.open ?? 0;
  return document.open === -open ? document.open : open;
}

/** Compares each sum that the file prints with what the rows above it come to: the whole, or those since an earlier sum or head. */
export function checkTotals(
  sorted: SortedRows,
  reading: Reading,
  verdicts: Map<number, RowVerdict>,
): { checks: TotalCheck[]; questions: Question[] } {
  const checks: TotalCheck[] = [];
  for (const field of ['open', 'openLocal', 'total'] as const) {
    if (!reading.has(field) || checks.length > 0) continue;
    const sums = runningSums(sorted.candidates, field, reading, verdicts);
    for (const total of sorted.totals) {
      const says = reading.money(total.row, field);
      if (says !== null) checks.push(checkOne(total, says, sums, sorted));
    }
  }
  const wholes = new Set(wholeRows(sorted, checks));
  for (const { row } of wholes) verdicts.set(row, { ...verdicts.get(row)!, class: 'total', why: 'The sum of the whole list.' });
  const wrong = checks.filter(({ agrees }) => !agrees);
  if (wrong.length === 0 || mixesCurrencies(sorted, reading)) return { checks, questions: [] };
  const sentence = `${wrong.length === 1 ? `The sum in row ${wrong[0]!.row} does` : `${wrong.length} sums in the file do`} not agree with the rows above: it says ${plainly(wrong[0]!.says)}, the rows come to ${plainly(wrong[0]!.read)}.`;
  return {
    checks,
    questions: [{ about: 'total', sentence, options: [], proposal: null, blocking: false, rows: wrong.map(({ row }) => row) }],
  };
}

function plainly(amount: number): string {
  return (amount / 100).toFixed(2);
}

function runningSums(
  candidates: readonly Candidate[],
  field: 'open' | 'openLocal' | 'total',
  reading: Reading,
  verdicts: ReadonlyMap<number, RowVerdict>,
): number[] {
  const sums = [0];
  for (const { row } of candidates) {
    const skipped = verdicts.get(row.row)?.class === 'not-a-customer';
    sums.push(sums.at(-1)! + (skipped ? 0 : (reading.money(row, field) ?? 0)));
  }
  return sums;
}

function checkOne({ row, after, word }: TotalRow, says: number, sums: readonly number[], { candidates, totals }: SortedRows): TotalCheck {
  const now = sums[after]!;
  const starts = new Set([0, ...totals.filter((other) => other.after <= after && other.row.row !== row.row).map((other) => other.after)]);
  for (let at = 1; at < after; at += 1) if (candidates[at]!.group !== candidates[at - 1]!.group) starts.add(at);
  const agrees = [...starts].some((start) => now - sums[start]! === says);
  return { row: row.row, word, says, read: now, agrees };
}

/** The last sum below all documents, and whatever calls itself a grand one. */
function wholeRows({ totals, candidates }: SortedRows, checks: readonly TotalCheck[]): { row: number }[] {
  const last = totals.at(-1);
  return totals
    .filter(({ row, after, word }) => {
      const grand = /grand|^\*\*|gesamt|general/i.test(word) || row.cells.some((cell) => /^grand total/i.test(cell));
      const isLast = last?.row.row === row.row && after === candidates.length;
      return grand || (isLast && checks.find((check) => check.row === row.row)?.agrees !== false);
    })
    .map(({ row }) => ({ row: row.row }));
}

function mixesCurrencies({ candidates }: SortedRows, reading: Reading): boolean {
  return new Set(candidates.map(({ row }) => reading.cell(row, 'currency'))).size > 1;
}
