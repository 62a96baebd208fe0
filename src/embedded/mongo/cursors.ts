import { calculateObjectSize, Long } from 'bson';
import { StoreError } from './errors.ts';
import type { Doc } from './values.ts';

const BATCH_BYTES = 16 * 1024 * 1024;
const FIRST_BATCH = 101;
const IDLE_MS = 600_000;

interface Cursor {
  readonly namespace: string;
  readonly docs: readonly Doc[];
  readonly project: (doc: Doc) => Doc;
  position: number;
  usedAt: number;
}

/** Results that did not fit into one reply. A cursor keeps what it found: later changes do not show in it. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();
  #nextId = 1n;

  /** The reply of `find` and its like: the first batch, and an id if there is more. */
  first(namespace: string, docs: readonly Doc[], batchSize = FIRST_BATCH, project: (doc: Doc) => Doc = (doc) => doc): Doc {
    const cursor: Cursor = { namespace, docs, project, position: 0, usedAt: Date.now() };
    const firstBatch = take(cursor, batchSize);
    const id = cursor.position < docs.length ? this.#nextId++ : 0n;
    if (id !== 0n) this.#open.set(id, cursor);
    return { cursor: { firstBatch, id: Long.fromBigInt(id), ns: namespace } };
  }

  next(id: bigint, batchSize = Number.POSITIVE_INFINITY): Doc {
    const cursor = this.#open.get(id);
    if (!cursor) throw new StoreError(43, 'CursorNotFound', `cursor id ${id} not found`);
    cursor.usedAt = Date.now();
    const nextBatch = take(cursor, batchSize);
    const more = cursor.position < cursor.docs.length;
    if (!more) this.#open.delete(id);
    return { cursor: { nextBatch, id: Long.fromBigInt(more ? id : 0n), ns: cursor.namespace } };
  }

  kill(ids: readonly bigint[]): Doc {
    const asLongs = (list: readonly bigint[]) => list.map((id) => Long.fromBigInt(id));
    const cursorsKilled = ids.filter((id) => this.#open.delete(id));
    const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
    return { cursorsKilled: asLongs(cursorsKilled), cursorsNotFound: asLongs(cursorsNotFound), cursorsAlive: [], cursorsUnknown: [] };
  }

  /** Forgets cursors that nobody has asked for in ten minutes. */
  sweep(now: number): void {
    for (const [id, cursor] of this.#open) if (now - cursor.usedAt > IDLE_MS) this.#open.delete(id);
  }
}

function take(cursor: Cursor, count: number): Doc[] {
  const batch: Doc[] = [];
  let bytes = 0;
  while (cursor.position < cursor.docs.length && batch.length < count) {
    const doc = cursor.project(cursor.docs[cursor.position]!);
    bytes += calculateObjectSize(doc);
    if (batch.length > 0 && bytes > BATCH_BYTES) break;
    batch.push(doc);
    cursor.position++;
  }
  return batch;
}
