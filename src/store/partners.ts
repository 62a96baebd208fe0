import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Partner } from '../domain/partner.ts';
import type { PartnerStore, StoredPartners } from '../operations/partner-ports.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, saveOrBegin } from './aggregate.ts';

interface PartnersDocument extends AggregateDocument {
  readonly partners: readonly Partner[];
}

const schema = new Schema<PartnersDocument>(
  {
    ...AGGREGATE_FIELDS,
    partners: [Schema.Types.Mixed],
  },
  AGGREGATE_OPTIONS,
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
    save: (before, partners, facts, command) =>
      saveOrBegin(collection, { _id: PARTNERS_ID, version: before.version }, { partners }, facts, command),
  };
}
