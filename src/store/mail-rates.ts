import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { MailRates } from '../mails/send.port.ts';

const schema = new Schema(
  { _id: String, count: Number, expiresAt: Date },
  { versionKey: false, autoIndex: false, autoCreate: false },
).index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function mailRateStore(connection: Connection): MailRates {
  const { collection } = connection.models.mailrate ?? connection.model('mailrate', schema, 'mailrates');
  return {
    async take(domain, now, perMinute) {
      const minute = Math.floor(now.epochMilliseconds / 60_000);
      const filter = { _id: `${domain}:${minute}`, count: { $lt: perMinute } };
      const update = { $inc: { count: 1 }, $setOnInsert: { expiresAt: new Date((minute + 60) * 60_000) } };
      try {
        await collection.updateOne(filter as never, update, { upsert: true });
        return true;
      } catch (error) {
        // The minute's document is there and full: the upsert runs into its id.
        if ((error as { code?: number }).code === 11000) return false;
        throw error;
      }
    },
  };
}
