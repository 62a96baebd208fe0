import type { Database } from './database.ts';
import { matching } from './planner.ts';

/** Removes what TTL indexes let expire: documents whose date (of several, the earliest) is `expireAfterSeconds` before `now`, in milliseconds. */
export function sweepExpired(database: Database, now: number): void {
  for (const collection of database.collections.values()) {
    for (const { spec, fields } of collection.indexes) {
      if (spec.expireAfterSeconds === undefined || fields.length !== 1) continue;
      const limit = new Date(now - spec.expireAfterSeconds * 1000);
      const filter = { ...spec.partialFilterExpression, $and: [{ [fields[0]!]: { $lte: limit } }] };
      for (const stored of matching(collection, filter)) collection.remove(stored);
    }
  }
}
