import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Team } from '../domain/team.ts';
import type { TeamStore } from '../operations/ports.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, loadOrBegin, saveGuarded } from './aggregate.ts';

export type TeamDocument = AggregateDocument & Team;

const schema = new Schema<TeamDocument>(
  {
    ...AGGREGATE_FIELDS,
    members: [Schema.Types.Mixed],
    rules: [Schema.Types.Mixed],
    addresses: [Schema.Types.Mixed],
  },
  AGGREGATE_OPTIONS,
);

export const TEAM_ID = 'team';
const FIRST = { version: 1, members: [], rules: [], addresses: [] };

export function teamModel(connection: Connection) {
  return connection.models.team ?? connection.model<TeamDocument>('team', schema, 'team');
}

/** The team is one document: a few hundred people at most. */
export function teamStore(connection: Connection): TeamStore {
  const { collection } = teamModel(connection);
  const load = () => loadOrBegin<TeamDocument>(collection, TEAM_ID, FIRST);
  return {
    async read() {
      const { version, members, rules, addresses = [] } = await load();
      return { version, members, rules, addresses };
    },
    async recorded() {
      const { facts, commands } = await load();
      return { facts, commands };
    },
    save: (before, { members, rules, addresses = [] }, facts, command) =>
      saveGuarded(collection, { _id: TEAM_ID, version: before.version }, { members, rules, addresses }, facts, command),
  };
}
