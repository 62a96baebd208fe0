import type { Connection } from 'mongoose';
import { trailModels } from './trail.ts';

/**
 * The one way in which anything is removed for good, for the erasure of a person and for records whose time is over. An entry of the trail
 * stays: only its body goes, of which the entry holds a salted digest that tells nothing without the salt. So the chain verifies as before.
 */
export async function eraseBody(connection: Connection, fact: string, now: Temporal.Instant): Promise<void> {
  await trailModels(connection).bodies.collection.replaceOne({ _id: fact as never }, { erased: now.toString() });
}

/** Files by their ids; answers whether anything was there. */
export async function removeFiles(connection: Connection, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  return (await connection.collection<{ file: string }>('filepieces').deleteMany({ file: { $in: [...ids] } })).deletedCount > 0;
}

/** The embedded store empties its log of what was replaced. A MongoDB user may lack the right: there it would change nothing. */
export async function emptyLog(connection: Connection): Promise<void> {
  await connection.db
    ?.admin()
    .command({ fsync: 1 })
    .catch(() => undefined);
}
