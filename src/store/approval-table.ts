import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { type ApprovalTable, FIRST_TABLE } from '../domain/approval-table.ts';
import type { ApprovalTableStore } from '../operations/case-ports.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, loadOrBegin, saveGuarded } from './aggregate.ts';

interface TableDocument extends AggregateDocument {
  readonly rules: ApprovalTable['rules'];
}

const schema = new Schema(
  {
    ...AGGREGATE_FIELDS,
    rules: Schema.Types.Mixed,
  },
  AGGREGATE_OPTIONS,
);

export const APPROVALS_ID = 'approvals';
const FIRST = { version: FIRST_TABLE.version, rules: FIRST_TABLE.rules };

export function approvalTableModel(connection: Connection) {
  return connection.models.approvals ?? connection.model('approvals', schema, 'approvals');
}

/** Begins with the product's own table, which counts as the first version. */
export function approvalTableStore(connection: Connection): ApprovalTableStore {
  const { collection } = approvalTableModel(connection);
  const load = () => loadOrBegin<TableDocument>(collection, APPROVALS_ID, FIRST);
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
