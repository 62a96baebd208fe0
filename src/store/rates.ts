import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { AddedRate } from '../domain/added-rates.ts';
import type { RatesStore, StoredRates } from '../operations/charge-ports.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, saveOrBegin } from './aggregate.ts';

interface RatesDocument extends AggregateDocument {
  readonly added: readonly AddedRate[];
}

const schema = new Schema<RatesDocument>(
  {
    ...AGGREGATE_FIELDS,
    added: [Schema.Types.Mixed],
  },
  AGGREGATE_OPTIONS,
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
    save: (before, added, facts, command) => saveOrBegin(collection, { _id: RATES_ID, version: before.version }, { added }, facts, command),
  };
}
