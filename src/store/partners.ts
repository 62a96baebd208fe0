import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Partner } from '../domain/partner.ts';
import type { PartnerStore, StoredPartners } from '../operations/partner-ports.ts';
import { type AggregateDocument, newAggregate, saveGuarded } from './aggregate.ts';

interface PartnersDocument extends AggregateDocument {
  readonly partners: readonly Partner[];
}

const schema = new Schema<PartnersDocument>(
  {
    _id: String,
    version: Number,
    facts: Number,
    commands: [String],
    outbox: [Schema.Types.Mixed],
    pending: Boolean,
    partners: [Schema.Types.Mixed],
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);

export const PARTNERS_ID = 'partners';

export function partnersModel(connection: Connection) {
  return connection.models.partners ?? connection.model<PartnersDocument>('partners', schema, 'partners');
}

/** One document: a handful of agencies and firms. */
export function partnerStore(connection: Connection): PartnerStore {
  const { collection } = partnersModel(connection);
  return {
    async load(): Promise<StoredPartners> {
      const found = await collection.findOne<PartnersDocument>({ _id: PARTNERS_ID as never });
      if (!found) return { version: 0, facts: 0, commands: [], partners: [] };
      const { version, facts, commands, partners } = found;
      return { version, facts, commands, partners };
    },
    async save(before, partners, facts, command) {
      if (before.version > 0) return saveGuarded(collection, { _id: PARTNERS_ID, version: before.version }, { partners }, facts, command);
      try {
        await collection.insertOne({ ...newAggregate(PARTNERS_ID, facts, command), partners } as never);
        return true;
      } catch (error) {
        if ((error as { code?: number }).code === 11000) return false;
        throw error;
      }
    },
  };
}
