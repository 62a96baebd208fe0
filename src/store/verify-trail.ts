import type { Connection } from 'mongoose';
import { bodyDigest, entryHash, TRAIL_START, type TrailBody, type TrailDocument, trailModels } from './trail.ts';

/** One step of the trail with its body, as in an export: a line of JSON each. A body that was erased is left out, with when that was. */
export interface TrailLine {
  readonly document: TrailDocument;
  readonly body?: Pick<TrailBody, 'salt' | 'body'> | undefined;
  /** ISO instant. */
  readonly erased?: string | undefined;
}

export type TrailVerdict =
  | {
      readonly whole: true;
      readonly entries: number;
      readonly erased: number /** Hash of the last entry; note it elsewhere to see a later cut. */;
      readonly head: string;
    }
  | { readonly whole: false; readonly seq: number; readonly why: string };

/** A place in the chain that is known from elsewhere: whoever cuts off the end cannot cut it there. */
export interface Anchor {
  readonly seq: number;
  readonly hash: string;
}

/** Walks the chain from its start and stops at the first entry that is not as it was written. Lines in order of their sequence. */
export async function verifyTrail(lines: AsyncIterable<TrailLine> | Iterable<TrailLine>, anchor?: Anchor): Promise<TrailVerdict> {
  let previous = TRAIL_START;
  let seq = 0;
  let erased = 0;
  const counts = new Map<string, number>();
  for await (const { document, body } of lines) {
    seq += 1;
    const why = faultOf(document, seq, previous) ?? bodyFault(document, body) ?? gap(document, counts);
    if (why) return { whole: false, seq, why };
    if (anchor?.seq === seq && anchor.hash !== document.hash)
      return { whole: false, seq, why: 'this is not the entry that was noted: the trail was written anew' };
    if (!body) erased += 1;
    previous = document.hash;
  }
  if (anchor && anchor.seq > seq) return { whole: false, seq: seq + 1, why: `the end is cut off: ${anchor.seq} entries were noted` };
  return { whole: true, entries: seq, erased, head: previous };
}

function faultOf({ _id, fact, previous, hash, entry }: TrailDocument, seq: number, expected: string): string | null {
  if (_id !== seq || entry?.seq !== seq)
    return _id > seq ? `entry ${seq} is missing: the next one is ${_id}` : `this place is taken by entry ${entry?.seq ?? _id}`;
  if (previous !== expected) return 'it does not follow from the entry before it';
  if (entry.fact !== fact) return 'it names another fact than it was filed under';
  if (entryHash(previous, entry) !== hash) return 'its contents were changed after it was written';
  return null;
}

function bodyFault({ entry }: TrailDocument, body: TrailLine['body']): string | null {
  return body && bodyDigest(body) !== entry.body ? 'its text was changed after it was written' : null;
}

/** Facts of one aggregate are numbered 1, 2, ...: one that never reached the trail shows. */
function gap({ entry }: TrailDocument, counts: Map<string, number>): string | null {
  const number = Number(entry.fact.slice(entry.aggregate.length + 1));
  const expected = (counts.get(entry.aggregate) ?? 0) + 1;
  if (number < expected) return `the fact ${entry.fact} is recorded twice`;
  if (!entry.fact.startsWith(`${entry.aggregate}:`) || number !== expected)
    return `fact ${expected} of ${entry.aggregate} is missing: this one is ${entry.fact}`;
  counts.set(entry.aggregate, number);
  return null;
}

const BATCH = 1_000;

/** The stored trail in order, or what a filter picks of it. */
export async function* trailLines(connection: Connection, filter: Record<string, unknown> = {}): AsyncIterable<TrailLine> {
  const { entries, bodies } = trailModels(connection);
  const withBodies = async function* (batch: readonly TrailDocument[]): AsyncIterable<TrailLine> {
    const found = await bodies.collection
      .find<TrailBody & { erased?: string }>({ _id: { $in: batch.map(({ fact }) => fact) as never[] } })
      .toArray();
    const bodyOf = new Map(found.map((each) => [each._id, each]));
    for (const document of batch) {
      const kept = bodyOf.get(document.fact);
      yield kept?.erased !== undefined
        ? { document, erased: kept.erased }
        : { document, body: kept && { salt: kept.salt, body: kept.body } };
    }
  };
  let batch: TrailDocument[] = [];
  for await (const document of entries.collection.find<TrailDocument>(filter, { sort: { _id: 1 }, batchSize: BATCH })) {
    if (batch.push(document) < BATCH) continue;
    yield* withBodies(batch);
    batch = [];
  }
  yield* withBodies(batch);
}
