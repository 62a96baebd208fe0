import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Team } from '../domain/team.ts';
import type { RecordedFact, TeamStore } from '../operations/ports.ts';

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
const KEPT_COMMANDS = 20;

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
    async save(before, { members, rules }, facts, command) {
      const result = await collection.updateOne(
        { _id: TEAM_ID as never, version: before.version },
        {
          $set: { members, rules, pending: true },
          $inc: { version: 1, facts: facts.length },
          $push: { outbox: { $each: facts }, commands: { $each: [command], $slice: -KEPT_COMMANDS } } as never,
        },
      );
      return result.matchedCount === 1;
    },
  };
}
