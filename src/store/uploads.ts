import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Uploads } from '../kernel/uploads.port.ts';

interface UploadDocument {
  _id: string;
  file: string;
  /** Only tidies up. */
  expiresAt: Date;
}

const KEEP_DAYS = 30;
const schema = new Schema<UploadDocument>(
  { _id: String, file: String, expiresAt: Date },
  { versionKey: false, autoIndex: false, autoCreate: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function uploadStore(connection: Connection): Uploads {
  const model = connection.model<UploadDocument>('upload', schema, 'uploads');
  return {
    async find(key) {
      return (await model.findById(key).lean())?.file ?? null;
    },
    async keep(key, file) {
      const expiresAt = new Date(Date.now() + KEEP_DAYS * 86_400_000);
      await model.updateOne({ _id: key }, { $set: { file, expiresAt } }, { upsert: true });
    },
  };
}
