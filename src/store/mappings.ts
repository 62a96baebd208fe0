import type { Connection } from 'mongoose';
import { ledgerModels } from './ledger-models.ts';

/** Column mappings by name, as they were last used: a source is described once. Plain JSON, checked by who reads it. */
export interface MappingStore {
  get(name: string): Promise<unknown>;
  remember(name: string, mapping: unknown, now: Temporal.Instant): Promise<void>;
}

export function mappingStore(connection: Connection): MappingStore {
  const { mappings } = ledgerModels(connection);
  return {
    async get(name) {
      return (await mappings.findById(name).lean())?.mapping ?? null;
    },
    async remember(name, mapping, now) {
      await mappings.collection.updateOne(
        { _id: name as never },
        { $set: { mapping, usedAt: new Date(now.epochMilliseconds) } },
        { upsert: true },
      );
    },
  };
}
