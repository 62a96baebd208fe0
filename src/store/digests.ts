import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Digest, Digests } from '../follow-up/digest.port.ts';
import type { Day } from '../kernel/day.ts';

type DigestDocument = Omit<Digest, 'id'> & { _id: string };

const schema = new Schema<DigestDocument>(
  {
    _id: String,
    channel: String,
    day: String,
    late: Boolean,
    first: Boolean,
    sample: Boolean,
    asOf: String,
    figures: Schema.Types.Mixed,
    previous: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);
schema.index({ channel: 1, day: -1 });

const toDigest = ({ _id, ...rest }: DigestDocument): Digest => ({ id: _id, ...rest });

export function digestStore(connection: Connection): Digests {
  const model = connection.model<DigestDocument>('digest', schema, 'digests');
  return {
    async decide({ id, ...digest }) {
      try {
        await model.collection.insertOne({ _id: id, ...digest } as never);
        return true;
      } catch (error) {
        if ((error as { code?: number }).code === 11000) return false;
        throw error;
      }
    },
    async get(id) {
      const found = (await model.findById(id).lean()) as DigestDocument | null;
      return found && toDigest(found);
    },
    async exists(id) {
      return (await model.exists({ _id: id })) !== null;
    },
    async latestBefore(channel, day: Day) {
      const found = (await model
        .findOne({ channel, day: { $lt: day } })
        .sort({ day: -1 })
        .lean()) as DigestDocument | null;
      return found && toDigest(found);
    },
    async any(channel) {
      return (await model.exists({ channel })) !== null;
    },
  };
}
