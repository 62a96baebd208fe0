import type { Connection } from 'mongoose';
import { stamp } from '../kernel/fact.ts';
import type { MappingMemory } from '../ledger/dropped-files.port.ts';
import { type AggregateDocument, newAggregate, saveGuarded } from './aggregate.ts';
import { ledgerModels } from './ledger-models.ts';

interface KeptMapping extends AggregateDocument {
  readonly mapping: unknown;
  readonly usedAt: Date;
  readonly headers: string;
}

/** Column mappings by name, as they were last used: a source is described once. Plain JSON, checked by who reads it. */
export function mappingStore(connection: Connection): MappingMemory {
  const { mappings } = ledgerModels(connection);
  return {
    async get(name) {
      return (await mappings.findById(name).lean())?.mapping ?? null;
    },
    async withHeaders(key) {
      const found = await mappings.collection.findOne<KeptMapping>({ headers: key }, { sort: { usedAt: -1 } });
      return found && { name: String(found._id), mapping: found.mapping };
    },
    async remember(name, mapping, now, by = 'import', headersKey = '') {
      const set = { mapping, usedAt: new Date(now.epochMilliseconds), ...(headersKey === '' ? {} : { headers: headersKey }) };
      const facts = (known: number) => stamp([{ type: 'mapping-set', name, mapping }], `mapping:${name}`, known, by, `mapping:${now}`, now);
      for (;;) {
        const before = await mappings.collection.findOne<KeptMapping>({ _id: name as never });
        if (before === null) {
          const fresh = { ...newAggregate(name, facts(0), `mapping:${now}`), headers: headersKey, ...set };
          const added = await mappings.collection.insertOne(fresh as never).catch(ifDuplicate);
          if (added) return;
        } else if (JSON.stringify(before.mapping) === JSON.stringify(mapping)) {
          await mappings.collection.updateOne({ _id: name as never }, { $set: set });
          return;
        } else if (await saveGuarded(mappings.collection, before, set, facts(before.facts), `mapping:${now}`)) return;
      }
    },
  };
}

function ifDuplicate(error: unknown): null {
  if ((error as { code?: number }).code === 11000) return null;
  throw error;
}
