import type { Connection } from 'mongoose';
import type { RecordedFact, Timeline } from '../operations/ports.ts';
import { ledgerModels } from './ledger-models.ts';
import { type TrailBody, type TrailDocument, trailModels } from './trail.ts';

/** Reads the trail with its bodies, and what still waits in the account's outbox. */
export function timelineStore(connection: Connection): Timeline {
  const models = trailModels(connection);
  const accounts = ledgerModels(connection).accounts.collection;
  return {
    async latest(aggregate, limit) {
      const entries = await models.entries.collection
        .find<TrailDocument>({ 'entry.aggregate': aggregate }, { sort: { _id: -1 }, limit })
        .toArray();
      const bodies = await models.bodies.collection
        .find<TrailBody>({ _id: { $in: entries.map((each) => each.fact) as never[] } })
        .toArray();
      const bodyOf = new Map(bodies.map((each) => [each._id, each.body]));
      const told = entries.map(
        ({ entry: { fact, type, at, by, command } }): RecordedFact => ({ ...bodyOf.get(fact), id: fact, type, aggregate, at, by, command }),
      );
      const waiting = await accounts.findOne<{ outbox: RecordedFact[] }>(
        { _id: aggregate.replace(/^account:/, '') as never },
        { projection: { outbox: 1 } },
      );
      const known = new Set(told.map((fact) => fact.id));
      const fresh = (waiting?.outbox ?? []).filter((fact) => !known.has(fact.id)).reverse();
      return [...fresh, ...told].slice(0, limit);
    },
  };
}
