import type { Connection } from 'mongoose';
import type { Outboxes, RecordedFact } from '../operations/ports.ts';
import { ledgerModels } from './ledger-models.ts';
import { TEAM_ID, teamModel } from './team.ts';

interface WithOutbox {
  _id: string;
  outbox: RecordedFact[];
}

/** The outboxes of every kind of aggregate. `pending` is cleared only when the outbox is empty by then. */
export function outboxStore(connection: Connection): Outboxes {
  const accounts = ledgerModels(connection).accounts.collection;
  const team = teamModel(connection).collection;
  return {
    async pending(limit) {
      const projection = { outbox: 1 };
      const waiting = await accounts.find<WithOutbox>({ pending: true }, { projection }).limit(limit).toArray();
      const ours = await team.findOne<WithOutbox>({ _id: TEAM_ID as never, pending: true }, { projection });
      return [...waiting, ...(ours ? [ours] : [])].flatMap((each) => each.outbox);
    },
    async clear(facts) {
      const byAggregate = Map.groupBy(facts, (fact) => fact.aggregate);
      for (const [aggregate, copied] of byAggregate) {
        const [kind, id] = split(aggregate);
        const collection = kind === 'team' ? team : accounts;
        await collection.updateOne({ _id: id as never }, { $pull: { outbox: { id: { $in: copied.map((fact) => fact.id) } } } as never });
        await collection.updateOne({ _id: id as never, outbox: { $size: 0 } }, { $set: { pending: false } });
      }
    },
  };
}

function split(aggregate: string): [kind: string, id: string] {
  const at = aggregate.indexOf(':');
  return at < 0 ? [aggregate, TEAM_ID] : [aggregate.slice(0, at), aggregate.slice(at + 1)];
}
