import { decideTable, type TableRefusal, type TableRequest } from '../domain/approval-table.ts';
import { stamp } from '../domain/fact.ts';
import type { ApprovalTableStore } from './case-ports.ts';
import type { Clock } from './ports.ts';

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
  for (let tries = 0; tries < 2; tries += 1) {
    const [before, recorded] = await Promise.all([ports.approvalTable.read(), ports.approvalTable.recorded()]);
    if (recorded.commands.includes(command)) return { done: true };
    const decision = decideTable(before, request);
    if ('refused' in decision) return { done: false, refused: decision.refused };
    const facts = stamp(decision.facts, 'approvals', recorded.facts, by, command, ports.clock.now());
    if (await ports.approvalTable.save(before, decision.rules, facts, command)) return { done: true };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
