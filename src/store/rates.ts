import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { AddedRate } from '../domain/added-rates.ts';
import type { RatesStore, StoredRates } from '../operations/charge-ports.ts';
import { type AggregateDocument, newAggregate, saveGuarded } from './aggregate.ts';

interface RatesDocument extends AggregateDocument {
  readonly added: readonly AddedRate[];
}

const schema = new Schema<RatesDocument>(
  {
    _id: String,
    version: Number,
    facts: Number,
    commands: [String],
    outbox: [Schema.Types.Mixed],
    pending: Boolean,
    added: [Schema.Types.Mixed],
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);

export const RATES_ID = 'rates';

export function ratesModel(connection: Connection) {
  return connection.models.rates ?? connection.model<RatesDocument>('rates', schema, 'rates');
}

/** One document: two rates a year and series. */
export function ratesStore(connection: Connection): RatesStore {
  const { collection } = ratesModel(connection);
  return {
    async load(): Promise<StoredRates> {
      const found = await collection.findOne<RatesDocument>({ _id: RATES_ID as never });
      if (!found) return { version: 0, facts: 0, commands: [], added: [] };
      const { version, facts, commands, added } = found;
      return { version, facts, commands, added };
    },
    async save(before, added, facts, command) {
      if (before.version > 0) return saveGuarded(collection, { _id: RATES_ID, version: before.version }, { added }, facts, command);
      try {
        await collection.insertOne({ ...newAggregate(RATES_ID, facts, command), added } as never);
        return true;
      } catch (error) {
        if ((error as { code?: number }).code === 11000) return false;
        throw error;
      }
    },
  };
}
