import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { AlertStore } from '../follow-up/alerts.port.ts';
import type { Alert } from '../follow-up/alerts.ts';

interface AlertDocument extends Omit<Alert, 'id' | 'notBefore' | 'ends'> {
  _id: string;
  notBefore: Date;
  ends: Date | null;
  /** '' while it is in none. */
  message: string;
  list: boolean;
  sentAt: Date | null;
  handed: boolean;
  expiresAt: Date;
}

const schema = new Schema<AlertDocument>(
  {
    _id: String,
    cause: String,
    account: String,
    about: Schema.Types.Mixed,
    user: String,
    notBefore: Date,
    ends: Date,
    message: String,
    list: Boolean,
    sentAt: Date,
    handed: Boolean,
    expiresAt: Date,
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
)
  .index({ message: 1, notBefore: 1 })
  .index({ user: 1, sentAt: 1 })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const DAY_MS = 86_400_000;
/** A cause is remembered as long as an invoice may stay open. */
const KEPT_DAYS = 1000;

export function alertModel(connection: Connection) {
  return connection.models.alerts ?? connection.model<AlertDocument>('alerts', schema, 'alerts');
}

export function alertStore(connection: Connection): AlertStore {
  const { collection } = alertModel(connection);
  const found = async (filter: object): Promise<Alert[]> => {
    const documents = await collection.find<AlertDocument>(filter, { sort: { notBefore: 1, _id: 1 } }).toArray();
    return documents.map(({ _id: id, cause, account, about, user, notBefore, ends }) => ({
      id,
      cause,
      account,
      about,
      user,
      notBefore: Temporal.Instant.fromEpochMilliseconds(notBefore.getTime()),
      ends: ends && Temporal.Instant.fromEpochMilliseconds(ends.getTime()),
    }));
  };
  const date = (at: Temporal.Instant) => new Date(at.epochMilliseconds);
  return {
    async add({ id, notBefore, ends, ...alert }) {
      const expiresAt = new Date(notBefore.epochMilliseconds + KEPT_DAYS * DAY_MS);
      const times = { notBefore: date(notBefore), ends: ends && date(ends), expiresAt };
      const document = { ...alert, ...times, message: '', list: false, sentAt: null, handed: false };
      const result = await collection.updateOne({ _id: id as never }, { $setOnInsert: document }, { upsert: true });
      return result.upsertedCount === 1;
    },
    waiting: (now) => found({ message: '', notBefore: { $lte: date(now) } }),
    async bundle(ids, { id, user, list, at }) {
      const filter = { _id: { $in: ids as never[] }, user, message: '' };
      return (await collection.updateMany(filter, { $set: { message: id, list, sentAt: date(at) } })).modifiedCount;
    },
    async sent(user, since) {
      const rows = await collection
        .aggregate<{ at: Date; list: boolean }>([
          { $match: { user, sentAt: { $gte: date(since) } } },
          { $group: { _id: '$message', at: { $max: '$sentAt' }, list: { $max: '$list' } } },
        ])
        .toArray();
      return rows.map(({ at, list }) => ({ at: Temporal.Instant.fromEpochMilliseconds(at.getTime()), list }));
    },
    unhanded: () => collection.distinct('message', { message: { $ne: '' }, handed: false }),
    async pass(message, user) {
      await collection.updateMany({ message }, { $set: { user } });
    },
    async handed(message) {
      await collection.updateMany({ message }, { $set: { handed: true } });
    },
    one: async (id) => (await found({ _id: id }))[0] ?? null,
    of: (message) => found({ message }),
  };
}
