import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { DroppedFile } from '../ledger/dropped-file.ts';
import type { DroppedFiles } from '../ledger/dropped-files.port.ts';

interface DroppedDocument {
  _id: string;
  version: number;
  state: string;
  card: string;
  file: Omit<DroppedFile, 'id' | 'version' | 'card'>;
  /** Only tidies up. */
  removeAt: Date;
}

const KEEP_DAYS = 30;
const schema = new Schema<DroppedDocument>(
  { _id: String, version: Number, state: String, card: String, file: Schema.Types.Mixed, removeAt: Date },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);
schema.index({ state: 1 });
schema.index({ removeAt: 1 }, { expireAfterSeconds: 0 });

export function droppedFileStore(connection: Connection): DroppedFiles {
  const { collection } = connection.models.droppedfile ?? connection.model<DroppedDocument>('droppedfile', schema, 'droppedfiles');
  const toFile = ({ _id, version, card, file }: DroppedDocument): DroppedFile => ({ ...file, id: _id, version, card });
  return {
    async add({ id, version, card, ...file }) {
      const removeAt = new Date(Temporal.Instant.from(file.expiresAt).epochMilliseconds + KEEP_DAYS * 86_400_000);
      try {
        await collection.insertOne({ _id: id as never, version, state: file.state, card, file, removeAt });
        return true;
      } catch (error) {
        if ((error as { code?: number }).code === 11000) return false;
        throw error;
      }
    },
    async load(id) {
      const found = await collection.findOne<DroppedDocument>({ _id: id as never });
      return found && toFile(found);
    },
    async save(before, after) {
      const { id, version, card, ...file } = after as DroppedFile;
      const set = { $set: { file, state: file.state }, $inc: { version: 1 } };
      return (await collection.updateOne({ _id: before.id as never, version: before.version }, set)).matchedCount === 1;
    },
    async setCard(id, ts, instead) {
      await collection.updateOne({ _id: id as never, ...(instead === undefined ? {} : { card: instead }) }, { $set: { card: ts } });
    },
    async lastImported() {
      const found = await collection.findOne<DroppedDocument>({ state: 'imported' }, { sort: { 'file.expiresAt': -1, _id: 1 } });
      return found && toFile(found);
    },
    async underWay() {
      const found = await collection.find<DroppedDocument>({ state: { $in: ['checking', 'importing'] } }, { sort: { _id: 1 } }).toArray();
      return found.map(toFile);
    },
  };
}
