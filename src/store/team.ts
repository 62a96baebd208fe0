import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Team } from '../domain/team.ts';
import type { RecordedFact, TeamStore } from '../operations/ports.ts';
import { saveGuarded } from './aggregate.ts';

export interface TeamDocument extends Omit<Team, 'version'> {
  _id: string;
  version: number;
  facts: number;
  commands: string[];
  outbox: RecordedFact[];
  pending: boolean;
}

const schema = new Schema<TeamDocument>(
  {
    _id: String,
    version: Number,
    facts: Number,
    commands: [String],
    outbox: [Schema.Types.Mixed],
    pending: Boolean,
    members: [Schema.Types.Mixed],
    rules: [Schema.Types.Mixed],
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);

export const TEAM_ID = 'team';
const EMPTY: Omit<TeamDocument, '_id'> = { version: 1, facts: 0, commands: [], outbox: [], pending: false, members: [], rules: [] };

export function teamModel(connection: Connection) {
  return connection.models.team ?? connection.model<TeamDocument>('team', schema, 'team');
}

/** The team is one document: a few hundred people at most. */
export function teamStore(connection: Connection): TeamStore {
  const { collection } = teamModel(connection);
  const load = async (): Promise<TeamDocument> => {
    const found = await collection.findOne<TeamDocument>({ _id: TEAM_ID as never });
    if (found) return found;
    await collection.updateOne({ _id: TEAM_ID as never }, { $setOnInsert: EMPTY }, { upsert: true });
    return load();
  };
  return {
    async read() {
      const { version, members, rules } = await load();
      return { version, members, rules };
    },
    async recorded() {
      const { facts, commands } = await load();
      return { facts, commands };
    },
    save: (before, { members, rules }, facts, command) =>
      saveGuarded(collection, { _id: TEAM_ID, version: before.version }, { members, rules }, facts, command),
  };
}
