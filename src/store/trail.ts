import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { type Marking, markingOf } from '../domain/marking.ts';
import type { RecordedFact, Trail } from '../operations/ports.ts';

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

/** The append-only chain. Two writers racing for one place: the unique sequence lets one win, the other reads the new head. */
export function trailStore(connection: Connection): Trail {
  const models = trailModels(connection);
  const entries = models.entries.collection;
  const bodies = models.bodies.collection;
  const head = () => entries.find<TrailDocument>({}, { sort: { _id: -1 }, limit: 1 }).next();
  return {
    async append(fact: RecordedFact) {
      const { id, type, aggregate, at, by, command, ...body } = fact;
      const about = accountOf(fact);
      const marked = { marking: markingOf(fact), ...(about === null ? {} : { account: about }) };
      const kept = await keepBody(bodies, { _id: id, salt: randomBytes(16).toString('hex'), body });
      for (;;) {
        const known = await entries.findOne<TrailDocument>({ fact: id });
        if (known) return known._id;
        const last = await head();
        const seq = (last?._id ?? 0) + 1;
        const previous = last?.hash ?? TRAIL_START;
        const entry: TrailEntry = { seq, fact: id, type, aggregate, at, by, command, body: bodyDigest(kept), ...marked };
        try {
          await entries.insertOne({ _id: seq as never, fact: id, previous, hash: entryHash(previous, entry), entry });
          return seq;
        } catch (error) {
          if ((error as { code?: number }).code !== 11000) throw error;
        }
      }
    },
  };
}

function accountOf({ aggregate, account }: RecordedFact): string | null {
  if (aggregate.startsWith('account:')) return aggregate.slice('account:'.length);
  return typeof account === 'string' && account !== '' ? account : null;
}

async function keepBody(bodies: ReturnType<typeof trailModels>['bodies']['collection'], body: TrailBody): Promise<TrailBody> {
  const { _id, ...rest } = body;
  await bodies.updateOne({ _id: _id as never }, { $setOnInsert: rest }, { upsert: true });
  return (await bodies.findOne<TrailBody>({ _id: _id as never }))!;
}
