import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { FIRST_POLICIES } from '../domain/default-policies.ts';
import { DEFAULT_RULES } from '../domain/follow-up.ts';
import type { Policies } from '../domain/policies.ts';
import type { PoliciesStore, RecordedFact } from '../operations/ports.ts';
import { saveGuarded } from './aggregate.ts';

interface PoliciesDocument extends Policies {
  _id: string;
  facts: number;
  commands: string[];
  outbox: RecordedFact[];
  pending: boolean;
}

const schema = new Schema(
  {
    _id: String,
    version: Number,
    facts: Number,
    commands: [String],
    outbox: [Schema.Types.Mixed],
    pending: Boolean,
    kept: [Schema.Types.Mixed],
    company: String,
    segments: [Schema.Types.Mixed],
    rules: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);

export const POLICIES_ID = 'policies';
const EMPTY = { ...FIRST_POLICIES, facts: 0, commands: [], outbox: [], pending: false };

export function policiesModel(connection: Connection) {
  return connection.models.policies ?? connection.model('policies', schema, 'policies');
}

/** Begins with the product's own policies; those count as the first version. */
export function policiesStore(connection: Connection): PoliciesStore {
  const { collection } = policiesModel(connection);
  const filter = { _id: POLICIES_ID as never };
  const load = async (): Promise<PoliciesDocument> => {
    const found = await collection.findOne<PoliciesDocument>(filter);
    if (found) return found;
    await collection.updateOne(filter, { $setOnInsert: EMPTY }, { upsert: true });
    return load();
  };
  return {
    async read() {
      const { version, kept, company, segments, rules } = await load();
      // A rule that came later has its default in what was stored before it.
      return { version, kept, company, segments, rules: { ...DEFAULT_RULES, ...rules } };
    },
    async recorded() {
      const { facts, commands } = await load();
      return { facts, commands };
    },
    save: (before, { kept, company, segments, rules }, facts, command) =>
      saveGuarded(collection, { _id: POLICIES_ID, version: before.version }, { kept, company, segments, rules }, facts, command),
  };
}
