import type { Connection } from 'mongoose';
import type { Stamped } from '../domain/fact.ts';

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
