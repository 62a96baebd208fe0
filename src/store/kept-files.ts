import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { KeptFiles } from '../ledger/dropped-files.port.ts';

interface PieceDocument {
  _id: string;
  file: string;
  n: number;
  of: number;
  bytes: Buffer;
  expiresAt: Date;
}

/** A document holds 16 MB at most; smaller pieces keep each write short. */
const PIECE_BYTES = 1 << 20;

const schema = new Schema<PieceDocument>(
  { _id: String, file: String, n: Number, of: Number, bytes: Buffer, expiresAt: Date },
  { versionKey: false, autoIndex: false, autoCreate: false },
);
schema.index({ file: 1, n: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function keptFileStore(connection: Connection): KeptFiles {
  const { collection } = connection.models.filepiece ?? connection.model<PieceDocument>('filepiece', schema, 'filepieces');
  return {
    async keep(id, bytes, until) {
      const of = Math.max(1, Math.ceil(bytes.byteLength / PIECE_BYTES));
      for (let n = 0; n < of; n += 1) {
        const piece = Buffer.from(bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES));
        const set = { file: id, n, of, bytes: piece, expiresAt: new Date(until.epochMilliseconds) };
        await collection.updateOne({ _id: `${id}/${n}` as never }, { $set: set }, { upsert: true });
      }
    },
    async read(id, now) {
      const pieces = await collection
        .find<{ n: number; of: number; bytes: Uint8Array; expiresAt: Date }>({ file: id }, { sort: { n: 1 }, promoteBuffers: true })
        .toArray();
      // TTL only tidies up; and pieces may have gone one by one.
      const whole =
        pieces.length > 0 && pieces.length === pieces[0]!.of && pieces.every((piece) => piece.expiresAt.getTime() > now.epochMilliseconds);
      return whole ? Buffer.concat(pieces.map((piece) => piece.bytes)) : null;
    },
    async remove(id) {
      await collection.deleteMany({ file: id });
    },
  };
}
