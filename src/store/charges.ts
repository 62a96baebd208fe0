import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { ChargesStore, StoredCharges } from '../charges/charges.port.ts';
import { type Charges, NO_CHARGES } from '../charges/charges.ts';
import { CHARGES_SHAPE } from './account-shape.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, saveOrBegin } from './aggregate.ts';
import { parsed } from './parsed.ts';

interface ChargesDocument extends AggregateDocument {
  readonly charges: Charges;
}

const schema = new Schema<ChargesDocument>(
  {
    ...AGGREGATE_FIELDS,
    charges: Schema.Types.Mixed,
  },
  AGGREGATE_OPTIONS,
);
schema.index({ pending: 1 }, { partialFilterExpression: { pending: true } });

export function chargesModel(connection: Connection) {
  return connection.models.charges ?? connection.model<ChargesDocument>('charges', schema, 'charges');
}

const NONE: StoredCharges = { version: 0, facts: 0, commands: [], charges: NO_CHARGES };

/** One document an account, by the account's id; there is none before the first claim. */
export function chargesStore(connection: Connection): ChargesStore {
  const { collection } = chargesModel(connection);
  return {
    async load(account) {
      const found = await collection.findOne<ChargesDocument>({ _id: account as never });
      if (!found) return NONE;
      const { version, facts, commands, charges } = found;
      return { version, facts, commands, charges: parsed(CHARGES_SHAPE, 'what is claimed', charges) };
    },
    save: (account, before, charges, facts, command) =>
      saveOrBegin(
        collection,
        { _id: account, version: before.version },
        { charges: parsed(CHARGES_SHAPE, 'what is claimed', charges) },
        facts,
        command,
      ),
  };
}
