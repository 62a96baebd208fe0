import type { OpenDocument, RowVerdict } from './documents.ts';
import type { RowDocument } from './read-rows.ts';
import type { Question, Reading } from './reading.ts';

export interface Joined {
  readonly documents: RowDocument[];
  /** Rows that are no document of their own, and why. */
  readonly verdicts: ReadonlyMap<number, Pick<RowVerdict, 'class' | 'why'>>;
  readonly questions: readonly Question[];
}

/** Rows of one number are lines of one invoice, parts with a due date each, or the same row again. Nothing is counted twice, nothing lost. */
export function joinRows(rows: readonly RowDocument[], reading: Reading): Joined {
  const verdicts = new Map<number, Pick<RowVerdict, 'class' | 'why'>>();
  const questions: Question[] = [];
  const groups = new Map<string, RowDocument[]>();
  for (const row of rows) {
    const key =
      row.number === null
        ? `row ${row.row}`
        : JSON.stringify([row.entity, row.fiscalYear, row.account ?? row.accountName, row.number, sideOf(row), row.currency]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const perLine = reading.has('lineAmount') || reading.has('lineDetail');
  const again: RowDocument[] = [];
  const documents = [...groups.values()].flatMap((group) => {
    if (group.length === 1) return perLine ? [wholeOf(group, reading)] : group;
    if (perLine && group.every((row) => saysTheSame(row, group[0]!)))
      return [once(group, verdicts, 'A further line of the invoice in row', reading)];
    const different = group.filter((row, at) => !group.slice(0, at).some((other) => sameCells(row, other)));
    if (different.length < group.length) again.push(...group.filter((row) => !different.includes(row)));
    const kept = reading.choices.repeated === 'each' ? group : different;
    if (kept !== group)
      for (const row of group)
        if (!different.includes(row)) verdicts.set(row.row, { class: 'detail', why: 'The very row has been read above.' });
    return kept.length === 1 ? kept : parts(kept);
  });
  if (again.length > 0 && reading.choices.repeated === undefined)
    questions.push({
      about: 'repeated',
      sentence: `${again.length === 1 ? 'A row stands' : `${again.length} rows stand`} in the file more than once, the same in every cell.`,
      options: ['once', 'each'],
      proposal: 'once',
      blocking: false,
      rows: again.map(({ row }) => row),
    });
  return { documents: documents.sort((a, b) => a.row - b.row), verdicts, questions };
}

/** An invoice and a payment under its number are two documents. */
function sideOf({ class: is }: OpenDocument): string {
  return is === 'invoice' || is === 'other' ? 'owed' : is;
}

/** What stands for the whole invoice is the same in each of its lines, or only in the first. */
function saysTheSame(row: RowDocument, first: RowDocument): boolean {
  return (
    (row.open === first.open || row.open === null) &&
    (row.total === first.total || row.total === null) &&
    (row.due === first.due || row.due === null) &&
    (row.issued === first.issued || row.issued === null)
  );
}

function once(
  group: readonly RowDocument[],
  verdicts: Map<number, Pick<RowVerdict, 'class' | 'why'>>,
  why: string,
  reading: Reading,
): RowDocument {
  for (const row of group.slice(1)) verdicts.set(row.row, { class: 'detail', why: `${why} ${group[0]!.row}.` });
  return wholeOf(group, reading);
}

/** Where only lines have amounts, the invoice is their sum. */
function wholeOf(group: readonly RowDocument[], reading: Reading): RowDocument {
  const first = { ...group[0]!, rows: group.map(({ row }) => row) };
  if (reading.has('open') || reading.has('total') || reading.has('openLocal') || reading.has('debit')) return first;
  const lines = group.map((row) => reading.lineAmount(row.candidate.row, row.currency));
  if (lines.some((amount) => amount === null))
    return { ...first, open: null, marks: [...first.marks, 'a line of it has no amount that can be read'] };
  const sum = lines.reduce<number>((all, amount) => all + amount!, 0);
  return { ...first, total: sum, open: first.partly ? null : sum, marks: [...first.marks, 'its amount is the sum of its lines'] };
}

function sameCells(a: RowDocument, b: RowDocument): boolean {
  const [left, right] = [a.candidate.row.cells, b.candidate.row.cells];
  return left.length === right.length && left.every((cell, at) => cell === right[at]);
}

function parts(group: readonly RowDocument[]): RowDocument[] {
  const dues = new Set(group.map(({ due }) => due)).size;
  const mark = dues > 1 ? 'a part of an invoice that has several due dates' : 'one of several rows of its number';
  return group.map((row, at) => ({ ...row, line: at + 1, marks: [...row.marks, mark] }));
}
