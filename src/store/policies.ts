import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { FIRST_POLICIES } from '../domain/default-policies.ts';
import { DEFAULT_RULES } from '../domain/follow-up.ts';
import type { Policies } from '../domain/policies.ts';
import type { PoliciesStore } from '../operations/ports.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, loadOrBegin, saveGuarded } from './aggregate.ts';

type PoliciesDocument = AggregateDocument & Policies;

const schema = new Schema(
  {
    ...AGGREGATE_FIELDS,
    kept: [Schema.Types.Mixed],
    company: String,
    segments: [Schema.Types.Mixed],
    rules: Schema.Types.Mixed,
  },
  AGGREGATE_OPTIONS,
);

export const POLICIES_ID = 'policies';

export function policiesModel(connection: Connection) {
  return connection.models.policies ?? connection.model('policies', schema, 'policies');
}

/** Begins with the product's own policies; those count as the first version. */
export function policiesStore(connection: Connection): PoliciesStore {
  const { collection } = policiesModel(connection);
  const load = () => loadOrBegin<PoliciesDocument>(collection, POLICIES_ID, FIRST_POLICIES);
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
