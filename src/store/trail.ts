import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { aggregateParts, markingOf } from '../trail/fact-table.ts';
import type { Marking } from '../trail/marking.ts';
import type { RecordedFact, Trail } from '../trail/trail.port.ts';

/** What is hashed: ids and a salted digest of the body. Bodies and salts lie apart, so that erasing one leaves the chain verifiable. */
export interface TrailEntry {
  readonly seq: number;
  readonly fact: string;
  readonly type: string;
  readonly aggregate: string;
  readonly at: string;
  readonly by: string;
  readonly command: string;
  readonly body: string;
  /** Of the day it was written; a later mark is a fact of its own. Entries of earlier versions have none and count as internal. */
  readonly marking?: Marking;
  /** The account it is about, where the fact names one. */
  readonly account?: string;
}

export interface TrailDocument {
  readonly _id: number;
  readonly fact: string;
  readonly previous: string;
  readonly hash: string;
  readonly entry: TrailEntry;
}

export interface TrailBody {
  readonly _id: string;
  readonly salt: string;
  readonly body: Record<string, unknown>;
}

const options = { versionKey: false, minimize: false, autoIndex: false, autoCreate: false } as const;
const trailSchema = new Schema({ _id: Number, fact: String, previous: String, hash: String, entry: Schema.Types.Mixed }, options);
trailSchema.index({ fact: 1 }, { unique: true });
trailSchema.index({ 'entry.aggregate': 1, _id: -1 });
trailSchema.index({ 'entry.account': 1, _id: -1 });
trailSchema.index({ 'entry.type': 1, _id: -1 });
const bodySchema = new Schema({ _id: String, salt: String, body: Schema.Types.Mixed }, options);

export const TRAIL_START = '0'.repeat(64);

/** SHA-256 over the previous hash and the entry as RFC 8785 JSON, in hex. */
export function entryHash(previous: string, entry: TrailEntry): string {
  return createHash('sha256').update(previous).update(canonicalize(entry)!).digest('hex');
}

export function bodyDigest({ salt, body }: Pick<TrailBody, 'salt' | 'body'>): string {
  return createHash('sha256').update(salt).update(canonicalize(body)!).digest('hex');
}

export function trailModels(connection: Connection) {
  return {
    entries: connection.models.trail ?? connection.model('trail', trailSchema, 'trail'),
    bodies: connection.models.trailbody ?? connection.model('trailbody', bodySchema, 'trailbodies'),
  };
}

/**
 * The append-only chain. The head is read once for many facts, which go in one after the other in their order. Two writers racing for one place:
 * the unique sequence and the unique fact let one win, the other reads again what is there and goes on behind it.
 */
export function trailStore(connection: Connection): Trail {
  const { entries, bodies } = trailModels(connection);
  const head = () => entries.collection.find<TrailDocument>({}, { sort: { _id: -1 }, limit: 1 }).next();
  return {
    async append(facts) {
      const digests = await keepBodies(bodies.collection, facts);
      for (;;) {
        const missing = await missingFrom(entries.collection, facts);
        if (missing.length === 0) return;
        try {
          await entries.collection.insertMany(chained(missing, digests, await head()) as never[], { ordered: true });
          return;
        } catch (error) {
          if ((error as { code?: number }).code !== 11000) throw error;
        }
      }
    },
  };
}

function chained(facts: readonly RecordedFact[], digests: ReadonlyMap<string, string>, head: TrailDocument | null): TrailDocument[] {
  let seq = head?._id ?? 0;
  let previous = head?.hash ?? TRAIL_START;
  return facts.map((fact) => {
    seq += 1;
    const { id, type, aggregate, at, by, command } = fact;
    const about = accountOf(fact);
    const marked = { marking: markingOf(fact), ...(about === null ? {} : { account: about }) };
    const entry: TrailEntry = { seq, fact: id, type, aggregate, at, by, command, body: digests.get(id)!, ...marked };
    const document = { _id: seq, fact: id, previous, hash: entryHash(previous, entry), entry };
    previous = document.hash;
    return document;
  });
}

function accountOf({ aggregate, account }: RecordedFact): string | null {
  const [kind, id] = aggregateParts(aggregate);
  if (kind === 'account') return id;
  return typeof account === 'string' && account !== '' ? account : null;
}

type Collection = ReturnType<typeof trailModels>['bodies']['collection'];

async function missingFrom(entries: Collection, facts: readonly RecordedFact[]): Promise<RecordedFact[]> {
  const ids = facts.map(({ id }) => id);
  const known = await entries.find<{ fact: string }>({ fact: { $in: ids } }, { projection: { fact: 1 } }).toArray();
  const there = new Set(known.map(({ fact }) => fact));
  return facts.filter(({ id }) => !there.has(id));
}

/** Digests by fact. A body that another writer kept first stays, with its salt; so does one that was erased, whose entry is long there. */
async function keepBodies(bodies: Collection, facts: readonly RecordedFact[]): Promise<Map<string, string>> {
  const writes = facts.map(({ id, type: _t, aggregate: _a, at: _w, by: _b, command: _c, ...body }) => ({
    updateOne: {
      filter: { _id: id as never },
      update: { $setOnInsert: { salt: randomBytes(16).toString('hex'), body } },
      upsert: true,
    },
  }));
  if (writes.length > 0) await bodies.bulkWrite(writes, { ordered: false });
  const kept = await bodies.find<TrailBody>({ _id: { $in: facts.map(({ id }) => id) as never[] } }).toArray();
  return new Map(kept.filter(({ salt }) => salt !== undefined).map((each) => [each._id, bodyDigest(each)]));
}
