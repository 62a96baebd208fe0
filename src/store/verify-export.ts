import { bodyDigest, entryHash } from './trail.ts';
import type { TrailLine } from './verify-trail.ts';

/** What the first line of an export says about the others. */
export interface ExportHeader {
  readonly title: string;
  readonly period: string;
  readonly entries: number;
  /** Nothing between its first and its last entry was left out. */
  readonly whole: boolean;
}

export type ExportVerdict =
  | { readonly fits: true; readonly entries: number; readonly erased: number; readonly first: number; readonly last: number }
  | { readonly fits: false; readonly seq: number; readonly why: string };

/**
 * Is every entry of an export as it was written? A part of the chain: each entry against its own hash and text, neighbours against each other.
 * That none of an account's is missing only the whole trail can show; the header's number is a hint.
 */
export async function verifyExport(header: ExportHeader, lines: AsyncIterable<TrailLine> | Iterable<TrailLine>): Promise<ExportVerdict> {
  let before: TrailLine['document'] | null = null;
  let first = 0;
  let entries = 0;
  let erased = 0;
  for await (const { document, body } of lines) {
    const why = faultOf({ document, body }, before, header.whole);
    if (why) return { fits: false, seq: document._id, why };
    if (!before) first = document._id;
    entries += 1;
    if (!body) erased += 1;
    before = document;
  }
  const last = before?._id ?? 0;
  if (entries !== header.entries)
    return { fits: false, seq: last + 1, why: `${header.entries} entries were exported, ${entries} are here` };
  return { fits: true, entries, erased, first, last };
}

function faultOf({ document, body }: TrailLine, before: TrailLine['document'] | null, whole: boolean): string | null {
  const { _id, fact, previous, hash, entry } = document;
  if (entry.seq !== _id || entry.fact !== fact || entryHash(previous, entry) !== hash)
    return 'its contents were changed after it was written';
  if (body && bodyDigest(body) !== entry.body) return 'its text was changed after it was written';
  if (!before) return null;
  if (_id <= before._id) return `it stands behind entry ${before._id}`;
  if (whole && _id !== before._id + 1) return `the entries between ${before._id} and this one are missing`;
  if (_id === before._id + 1 && previous !== before.hash) return 'it does not follow from the entry before it';
  return null;
}
