import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { ReviewCount, ReviewCounts } from '../mails/review-counts.port.ts';

const schema = new Schema(
  { _id: String, decisions: Number, seconds: Number, edited: Number },
  { versionKey: false, autoIndex: false, autoCreate: false },
);

/** One small document a person; added to, never read back and written. */
export function reviewCountStore(connection: Connection): ReviewCounts {
  const { collection } = connection.models.reviewcount ?? connection.model('reviewcount', schema, 'reviewcounts');
  return {
    async add(user, count) {
      await collection.updateOne({ _id: user as never }, { $inc: { ...count } } as never, { upsert: true });
    },
    async all() {
      const found = await collection.find<ReviewCount & { _id: string }>({}).toArray();
      return new Map(found.map(({ _id, decisions, seconds, edited }) => [_id, { decisions, seconds, edited }]));
    },
  };
}
