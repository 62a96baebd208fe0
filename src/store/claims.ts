import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { ClaimStore } from '../team/team.port.ts';

interface ClaimDocument {
  _id: string;
  salt: string;
  hash: string;
  guesses: Date[];
}

const schema = new Schema<ClaimDocument>(
  { _id: String, salt: String, hash: String, guesses: [Date] },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);

const ID = 'first-admin';

/** One document. Guesses outlive the code they were made at, so that restarting the bot gives nobody more of them. */
export function claimStore(connection: Connection): ClaimStore {
  const { collection } = connection.models.claim ?? connection.model<ClaimDocument>('claim', schema, 'claims');
  const filter = { _id: ID as never };
  const date = (at: Temporal.Instant) => new Date(at.epochMilliseconds);
  return {
    async set(salt, hash) {
      await collection.updateOne(filter, { $set: { salt, hash }, $setOnInsert: { guesses: [] } }, { upsert: true });
    },
    async guess(now, since, limit) {
      await collection.updateOne(filter, { $pull: { guesses: { $lte: date(since) } } } as never);
      const room = { ...filter, hash: { $ne: '' }, [`guesses.${limit - 1}`]: { $exists: false } };
      const taken = await collection.updateOne(room as never, { $push: { guesses: date(now) } } as never);
      if (taken.matchedCount === 0) return null;
      const found = await collection.findOne<ClaimDocument>(filter);
      return found && { salt: found.salt, hash: found.hash };
    },
    async clear() {
      await collection.updateOne(filter, { $set: { salt: '', hash: '' } });
    },
  };
}
