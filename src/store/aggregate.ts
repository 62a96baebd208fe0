import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Stamped } from '../kernel/fact.ts';

type Fact = Stamped<{ readonly type: string }>;
type Collection = Connection['collection'] extends (name: string) => infer C ? C : never;

/** Command ids that are remembered, so that a repeated click does nothing. */
const KEPT_COMMANDS = 20;

/** What every aggregate's document has beside its state. */
export interface AggregateDocument {
  readonly _id: string;
  readonly version: number;
  /** How many facts it has recorded; each carries its number, 1..n without a gap. */
  readonly facts: number;
  readonly commands: readonly string[];
  readonly outbox: readonly Fact[];
  /** True while the outbox holds facts that are not in the trail yet. */
  readonly pending: boolean;
}

export function newAggregate(id: string, facts: readonly Fact[], command: string): AggregateDocument {
  return { _id: id, version: 1, facts: facts.length, commands: [command], outbox: facts, pending: facts.length > 0 };
}

/** ONE guarded update: state and facts together. False when the version has moved on. */
export async function saveGuarded(
  collection: Collection,
  before: Pick<AggregateDocument, '_id' | 'version'>,
  set: Record<string, unknown>,
  facts: readonly Fact[],
  command: string,
): Promise<boolean> {
  const result = await collection.updateOne(
    { _id: before._id as never, version: before.version },
    {
      $set: { ...set, pending: true },
      $inc: { version: 1, facts: facts.length },
      $push: { outbox: { $each: facts }, commands: { $each: [command], $slice: -KEPT_COMMANDS } } as never,
    },
  );
  return result.matchedCount === 1;
}

/** The schema's side of AggregateDocument. */
export const AGGREGATE_FIELDS = {
  _id: String,
  version: Number,
  facts: Number,
  commands: [String],
  outbox: [Schema.Types.Mixed],
  pending: Boolean,
};

/** Indexes are built and verified before listening, never on the way. */
export const AGGREGATE_OPTIONS = { versionKey: false, minimize: false, autoIndex: false, autoCreate: false } as const;

/** False when the id, or a unique index, belongs to another document already. */
export async function insertNew(collection: Collection, document: AggregateDocument): Promise<boolean> {
  try {
    await collection.insertOne(document as never);
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return false;
    throw error;
  }
}

/** Of an aggregate that has no document before its first fact, which is version 0. False when somebody else was faster. */
export async function saveOrBegin(
  collection: Collection,
  before: Pick<AggregateDocument, '_id' | 'version'>,
  set: Record<string, unknown>,
  facts: readonly Fact[],
  command: string,
): Promise<boolean> {
  if (before.version > 0) return saveGuarded(collection, before, set, facts, command);
  return insertNew(collection, { ...newAggregate(before._id, facts, command), ...set });
}

/** Of an aggregate that begins with a state of the product's own; that counts as the first version. */
export async function loadOrBegin<D extends AggregateDocument>(collection: Collection, id: string, first: object): Promise<D> {
  const filter = { _id: id as never };
  const found = await collection.findOne<D>(filter);
  if (found) return found;
  const empty = { version: 1, ...first, facts: 0, commands: [], outbox: [], pending: false };
  await collection.updateOne(filter, { $setOnInsert: empty as never }, { upsert: true });
  return loadOrBegin(collection, id, first);
}
