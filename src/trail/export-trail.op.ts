import type { Sheet } from '../kernel/sheet.port.ts';
import { markingOf } from './fact-table.ts';
import type { ChosenEntry, RecordedFact, TrailCover, TrailReader, TrailRow, TrailSelection } from './trail.port.ts';

/** More than this is no reading any more: a shorter period, or the whole chain by `npm run verify-trail -- --export`. */
export const MOST_EXPORTED = 50_000;

export interface TrailExport extends TrailSelection {
  /** Only what may be shown outside the company. */
  readonly shareableOnly: boolean;
}

/** In order, in batches. A mark that was changed later counts as it is today. */
export async function* chosenEntries(reader: TrailReader, { shareableOnly, ...which }: TrailExport): AsyncIterable<ChosenEntry> {
  const marks = await reader.marks(which.account);
  for await (const kept of reader.entries(which)) {
    const { fact: id, entry } = kept.document;
    const { type, aggregate, at, by, command } = entry;
    const fact: RecordedFact = { ...kept.body?.body, id, type, aggregate, at, by, command };
    const marking = marks.get(id) ?? entry.marking ?? markingOf(fact);
    if (!shareableOnly || marking === 'shareable') yield { kept, fact, marking };
  }
}

/**
 * JSON lines: what was asked for, then each entry with its hash and text, so that `npm run verify-trail -- --file` checks them without a store.
 * `whole`: nothing between the first and the last is left out, so that each must follow from the one before.
 */
export function headerLine(cover: TrailCover, { account, shareableOnly }: TrailExport): string {
  return JSON.stringify({ export: { ...cover, whole: account === null && !shareableOnly } });
}

export function trailSheet(rows: readonly TrailRow[]): Sheet {
  return {
    name: 'Trail',
    columns: [
      { title: 'Entry', kind: 'count' },
      { title: 'When', kind: 'text' },
      { title: 'Who', kind: 'text' },
      { title: 'Account', kind: 'text' },
      { title: 'What', kind: 'text' },
      { title: 'Mark', kind: 'text' },
      { title: 'Hash', kind: 'text' },
    ],
    rows: rows.map(({ seq, when, who, account, what, marking, hash }) => [seq, when, who, account, what, marking, hash]),
  };
}
