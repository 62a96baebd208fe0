import path from 'node:path';
import type { OpenDocument } from '../../src/importing/open-items/documents.ts';
import type { OpenItems } from '../../src/importing/open-items/read-open-items.ts';
import { type MadeFile, type Meant, makeFile } from './p22-files.ts';

type Rooms = typeof import('../../src/importing/open-items/read-open-items.ts') &
  typeof import('../../src/importing/open-items/read-sheet.ts');

/** No document is wrongly read without a word, no row is lost, and the control totals are those of the documents, whatever the file looks like. */
export async function p22(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const load = <T>(file: string): Promise<T> => import(path.join(src, 'importing/open-items', file));
  const rooms = { ...(await load<Rooms>('read-open-items.ts')), ...(await load<Rooms>('read-sheet.ts')) };
  const figures = {
    files: 0,
    documents: 0,
    readRight: 0,
    asked: 0,
    told: 0,
    toldUndamaged: 0,
    paidTaken: 0,
    wrongUntold: 0,
    missingUntold: 0,
    rowsLost: 0,
    totalsOff: 0,
    slowestMs: 0,
  };
  const count = size === 'full' ? 5_000 : 150;
  for (let seed = 1; seed <= count; seed += 1) {
    const file = makeFile(seed);
    const started = performance.now();
    const sheet = rooms.textSheet(file.bytes);
    const read = rooms.readOpenItems(sheet);
    figures.slowestMs = Math.max(figures.slowestMs, Math.round(performance.now() - started));
    figures.files += 1;
    figures.rowsLost +=
      sheet.rows.length -
      new Set(read.rows.map(({ row }) => row)).size +
      read.rows.filter(({ why }) => why === 'Was not looked at.').length;
    judge(file, read, figures, seed);
  }
  const { wrongUntold, missingUntold, rowsLost, totalsOff, toldUndamaged, paidTaken } = figures;
  return { held: wrongUntold + missingUntold + rowsLost + totalsOff + toldUndamaged + paidTaken === 0, figures };
}

function judge(file: MadeFile, read: OpenItems, figures: Record<string, number>, seed: number): void {
  const asked = new Set(read.questions.map(({ about }) => about));
  const taken = new Set<OpenDocument>();
  const damaged = file.meant.some(({ damage }) => damage !== null);
  for (const meant of file.meant) {
    figures.documents! += 1;
    const found = read.documents.filter(({ number }) => number === meant.number);
    for (const each of found) taken.add(each);
    if (meant.paid) {
      figures.paidTaken! += found.length;
      continue;
    }
    if (found.length === 0) {
      const told = read.rows.some(({ class: is }) => is === 'unreadable') || asked.has('header') || asked.has('column');
      count(figures, told ? 'told' : 'missingUntold', seed, meant, file, null);
    } else
      for (const document of found) {
        const verdict = verdictOf(meant, document, asked);
        count(figures, verdict === 'told' && !damaged ? 'toldUndamaged' : verdict, seed, meant, file, document);
      }
  }
  for (const document of read.documents)
    if (!taken.has(document))
      count(figures, document.marks.length > 0 || asked.has('column') ? 'told' : 'wrongUntold', seed, null, file, document);
  if (!totalsHold(file, read)) count(figures, 'totalsOff', seed, null, file, null);
}

function verdictOf(meant: Meant, document: OpenDocument, asked: ReadonlySet<string>): string {
  const differs = (['open', 'issued', 'due', 'currency'] as const).filter((field) => document[field] !== meant[field]);
  const customer = document.account === null ? document.accountName === meant.name : document.account === meant.account;
  if (differs.length === 0 && customer) return 'readRight';
  const wrong = !customer || differs.some((field) => document[field] !== null);
  if (wrong) return document.marks.length > 0 || asked.has('column') || asked.has('encoding') ? 'told' : 'wrongUntold';
  return asked.has('dates') || asked.has('numbers') || asked.has('column') || document.marks.length > 0 ? 'asked' : 'missingUntold';
}

/** What was read adds up to what was meant, less what the file itself no longer says. */
function totalsHold({ meant }: MadeFile, { totals, documents, rows }: OpenItems): boolean {
  const lost = rows.filter(({ class: is }) => is === 'unreadable').length;
  const added = totals.reduce((sum, { read }) => sum + read.sum, 0);
  if (added !== documents.reduce((sum, { open }) => sum + (open ?? 0), 0)) return false;
  if (totals.some(({ file, read, difference }) => difference !== 0 || file.rows < read.rows)) return false;
  const left = meant.filter(({ damage, paid }) => damage === null && !paid);
  return (
    lost > 0 ||
    meant.some(({ damage }) => damage !== null) ||
    added === left.reduce((sum, { open }) => sum + open, 0) ||
    documents.length === 0
  );
}

function count(
  figures: Record<string, number>,
  what: string,
  seed: number,
  meant: Meant | null,
  file: MadeFile,
  document: OpenDocument | null,
): void {
  figures[what]! += 1;
  if (what !== 'readRight' && what !== 'asked' && what !== 'told' && process.env.SHOW_FAULTS)
    console.log(what, seed, JSON.stringify(meant), JSON.stringify(document), file.style);
}
