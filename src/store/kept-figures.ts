import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Day } from '../kernel/day.ts';
import type { Kept, KeptFigures, KeptKind } from '../numbers/kept.port.ts';

type KeptDocument = Omit<Kept<unknown>, 'id'> & { _id: string };

const schema = new Schema(
  { _id: String, kind: String, day: String, body: Schema.Types.Mixed },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);
schema.index({ kind: 1, day: -1 });

export function keptFigureStore(connection: Connection): KeptFigures {
  const model = connection.model('keptfigure', schema, 'keptfigures');
  const toKept = <Body>({ _id, ...rest }: KeptDocument) => ({ id: _id, ...rest }) as Kept<Body>;
  return {
    async keep({ id, ...kept }) {
      try {
        await model.collection.insertOne({ _id: id, ...kept } as never);
        return true;
      } catch (error) {
        if ((error as { code?: number }).code === 11000) return false;
        throw error;
      }
    },
    async between<Body>(kind: KeptKind, from: Day, to: Day) {
      const found = (await model
        .find({ kind, day: { $gte: from, $lte: to } })
        .sort({ day: 1 })
        .lean()) as unknown as KeptDocument[];
      return found.map((each) => toKept<Body>(each));
    },
    async latest<Body>(kind: KeptKind, to: Day) {
      const found = (await model
        .findOne({ kind, day: { $lte: to } })
        .sort({ day: -1 })
        .lean()) as unknown as KeptDocument | null;
      return found && toKept<Body>(found);
    },
  };
}
