import type { Connection } from 'mongoose';
import { aggregateParts } from '../trail/fact-table.ts';
import type { Outboxes, RecordedFact } from '../trail/trail.port.ts';
import { caseModel } from './cases.ts';
import { chargesModel } from './charges.ts';
import { draftModel } from './drafts.ts';
import { houseModel } from './house.ts';
import { HOUSE_NAMES } from './house-shapes.ts';
import { ledgerModels } from './ledger-models.ts';
import { SETTINGS_ID, settingsModel } from './settings.ts';

interface WithOutbox {
  _id: string;
  outbox: RecordedFact[];
}

/** The outboxes of every kind of aggregate. `pending` is cleared only when the outbox is empty by then. */
export function outboxStore(connection: Connection): Outboxes {
  /** Kinds with many documents each. */
  const { accounts, runs, mappings } = ledgerModels(connection);
  const many = {
    account: accounts.collection,
    draft: draftModel(connection).collection,
    case: caseModel(connection).collection,
    import: runs.collection,
    mapping: mappings.collection,
    charges: chargesModel(connection).collection,
  };
  /** Kinds with one document each, which has the name of its collection. */
  const single = new Map<string, { collection: ReturnType<typeof houseModel>['collection']; id: string }>(
    HOUSE_NAMES.map((name) => [name, { collection: houseModel(connection, name).collection, id: name }]),
  );
  single.set(SETTINGS_ID, { collection: settingsModel(connection).collection, id: SETTINGS_ID });
  const placeOf = (aggregate: string) => {
    const [kind, id] = aggregateParts(aggregate);
    return single.get(kind) ?? { collection: many[kind as keyof typeof many], id };
  };
  return {
    async pending(limit) {
      const projection = { outbox: 1 };
      const waiting: WithOutbox[] = [];
      for (const collection of Object.values(many))
        waiting.push(...(await collection.find<WithOutbox>({ pending: true }, { projection }).limit(limit).toArray()));
      for (const { collection, id } of single.values()) {
        const found = await collection.findOne<WithOutbox>({ _id: id as never, pending: true }, { projection });
        if (found) waiting.push(found);
      }
      return waiting.flatMap((each) => each.outbox);
    },
    async clear(facts) {
      const byAggregate = Map.groupBy(facts, (fact) => fact.aggregate);
      for (const [aggregate, copied] of byAggregate) {
        const { collection, id } = placeOf(aggregate);
        await collection.updateOne({ _id: id as never }, { $pull: { outbox: { id: { $in: copied.map((fact) => fact.id) } } } as never });
        await collection.updateOne({ _id: id as never, outbox: { $size: 0 } }, { $set: { pending: false } });
      }
    },
  };
}
