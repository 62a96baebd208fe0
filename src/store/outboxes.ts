import type { Connection, Model } from 'mongoose';
import type { Outboxes, RecordedFact } from '../trail/trail.port.ts';

interface WithOutbox {
  _id: string;
  outbox: RecordedFact[];
}

/** The outboxes of every model that has one. `pending` is cleared only when the outbox is empty by then. */
export function outboxStore(connection: Connection): Outboxes {
  const aggregates = () => Object.values<Model<unknown>>(connection.models).filter(({ schema }) => schema.path('outbox') !== undefined);
  /** Where each aggregate that had something pending lies. */
  const places = new Map<string, { readonly collection: Model<unknown>['collection']; readonly id: string }>();
  return {
    async pending(limit) {
      const facts: RecordedFact[] = [];
      for (const { collection } of aggregates())
        for (const { _id, outbox } of await collection
          .find<WithOutbox>({ pending: true }, { projection: { outbox: 1 } })
          .limit(limit)
          .toArray()) {
          for (const { aggregate } of outbox) places.set(aggregate, { collection, id: _id });
          facts.push(...outbox);
        }
      return facts;
    },
    async clear(facts) {
      for (const [aggregate, copied] of Map.groupBy(facts, (fact) => fact.aggregate)) {
        const { collection, id } = places.get(aggregate)!;
        await collection.updateOne({ _id: id as never }, { $pull: { outbox: { id: { $in: copied.map((fact) => fact.id) } } } as never });
        await collection.updateOne({ _id: id as never, outbox: { $size: 0 } }, { $set: { pending: false } });
        places.delete(aggregate);
      }
    },
  };
}
