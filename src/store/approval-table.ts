import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { type ApprovalTable, FIRST_TABLE } from '../domain/approval-table.ts';
import type { ApprovalTableStore } from '../operations/case-ports.ts';
import { type AggregateDocument, saveGuarded } from './aggregate.ts';

interface TableDocument extends AggregateDocument {
  readonly rules: ApprovalTable['rules'];
}

const schema = new Schema(
  {
    _id: String,
    version: Number,
    facts: Number,
    commands: [String],
    outbox: [Schema.Types.Mixed],
    pending: Boolean,
    rules: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);

export const APPROVALS_ID = 'approvals';
const EMPTY = { version: FIRST_TABLE.version, rules: FIRST_TABLE.rules, facts: 0, commands: [], outbox: [], pending: false };

export function approvalTableModel(connection: Connection) {
  return connection.models.approvals ?? connection.model('approvals', schema, 'approvals');
}

/** Begins with the product's own table, which counts as the first version. */
export function approvalTableStore(connection: Connection): ApprovalTableStore {
  const { collection } = approvalTableModel(connection);
  const filter = { _id: APPROVALS_ID as never };
  const load = async (): Promise<TableDocument> => {
    const found = await collection.findOne<TableDocument>(filter);
    if (found) return found;
    await collection.updateOne(filter, { $setOnInsert: EMPTY }, { upsert: true });
    return load();
  };
  return {
    async read() {
      const { version, rules } = await load();
      // A kind that came in later has its first rule until somebody sets another.
      return { version, rules: { ...FIRST_TABLE.rules, ...rules } };
    },
    async recorded() {
      const { facts, commands } = await load();
      return { facts, commands };
    },
    save: (before, rules, facts, command) =>
      saveGuarded(collection, { _id: APPROVALS_ID, version: before.version }, { rules }, facts, command),
  };
}
