import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { MailState, MailStates } from '../mails/send.port.ts';

interface StateDocument {
  readonly _id: string;
  readonly version: number;
  readonly state: MailState;
}

const schema = new Schema<StateDocument>(
  { _id: String, version: Number, state: Schema.Types.Mixed },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);

const DUPLICATE = 11000;

/** One small document for each mailbox, which all instances share. */
export function mailStateStore(connection: Connection): MailStates {
  const { collection } = connection.models.mailstate ?? connection.model<StateDocument>('mailstate', schema, 'mailstates');
  return {
    async read(mailbox) {
      const found = await collection.findOne<StateDocument>({ _id: mailbox as never });
      return found && { version: found.version, state: found.state };
    },
    async write(mailbox, version, state) {
      if (version > 0) {
        const update = { $set: { state, version: version + 1 } };
        return (await collection.updateOne({ _id: mailbox as never, version }, update as never)).matchedCount === 1;
      }
      try {
        await collection.insertOne({ _id: mailbox, version: 1, state } as never);
        return true;
      } catch (error) {
        if ((error as { code?: number }).code === DUPLICATE) return false;
        throw error;
      }
    },
  };
}
