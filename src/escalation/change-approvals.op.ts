import type { Clock } from '../kernel/clock.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { decideTable, type TableRefusal, type TableRequest } from './approval-table.ts';
import type { ApprovalTableStore } from './case.port.ts';

export type ChangeApprovalsResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: TableRefusal | 'changed-meanwhile' };

/** Written like the team's change. Requests that are open keep the terms under which they were asked. The caller has authorized `by`. */
export async function changeApprovals(
  ports: { readonly clock: Clock; readonly approvalTable: ApprovalTableStore },
  request: TableRequest,
  by: string,
  command: string,
): Promise<ChangeApprovalsResult> {
  const { approvalTable, clock } = ports;
  return writeOnce({
    ...{ aggregate: 'approvals', by, command, now: clock.now() },
    load: approvalTable.read,
    decide: (table) => decideTable(table, request),
    save: (before, { rules }, facts) => approvalTable.save(before, { rules }, facts, command),
  });
}
