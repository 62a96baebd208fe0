import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { ReplyTexts } from '../account/account.port.ts';
import { untrusted } from '../kernel/untrusted.ts';

const schema = new Schema(
  { _id: String, account: String, from: String, text: String },
  { versionKey: false, autoIndex: false, autoCreate: false },
).index({ account: 1 });

/** Customers' own words, one document a reply, so that erasing one leaves every id in place. */
export function replyTextStore(connection: Connection): ReplyTexts {
  const { collection } = connection.models.replytexts ?? connection.model('replytexts', schema, 'replytexts');
  return {
    async keep({ id, account, from, text }) {
      await collection.updateOne({ _id: id as never }, { $setOnInsert: { account, from, text: text.untrusted } }, { upsert: true });
    },
    async read(id) {
      const found = await collection.findOne<{ from: string; text: string }>({ _id: id as never });
      return found && { from: found.from, text: untrusted(found.text) };
    },
  };
}
