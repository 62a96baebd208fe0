import type { Clock } from '../kernel/clock.port.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { type AccountCase, decideAccountCase, readAccountDays } from './account-days.op.ts';
import type { FollowUp } from './follow-up.ts';
import type { PoliciesStore } from './policies.port.ts';
import { decidePolicies, type Policies, type PoliciesRefusal, type PoliciesRequest } from './policies.ts';

export type ChangePoliciesResult =
  | { readonly done: true; readonly policies: Policies }
  | { readonly done: false; readonly refused: PoliciesRefusal | 'changed-meanwhile' };

/** Written like the team's change. The caller has authorized `by`. */
export async function changePolicies(
  world: { readonly clock: Clock; readonly policies: PoliciesStore },
  request: PoliciesRequest,
  by: string,
  command: string,
): Promise<ChangePoliciesResult> {
  const written = await writeOnce({
    ...{ aggregate: 'policies', by, command, now: world.clock.now() },
    load: world.policies.read,
    decide: (policies) => decidePolicies(policies, request),
    save: (before, { policies }, facts) => world.policies.save(before, policies, facts, command),
  });
  return written.done ? { done: true, policies: written.decision?.policies ?? written.stored } : written;
}

interface ChangedAccount {
  readonly account: AccountCase;
  readonly before: FollowUp;
  readonly after: FollowUp;
}

export interface PolicyPreview {
  /** Actions of today before and after. */
  readonly before: number;
  readonly after: number;
  /** Accounts whose action of today would be another one. */
  readonly changed: readonly ChangedAccount[];
}

/** What a change would do to today's list; nothing is saved. */
export async function previewPolicies(
  world: World,
  request: PoliciesRequest,
): Promise<PolicyPreview | { readonly refused: PoliciesRefusal }> {
  const { cases, policies } = await readAccountDays(world);
  const decision = decidePolicies(policies, request);
  if ('refused' in decision) return { refused: decision.refused };
  const compared = cases.map((account) => ({
    account,
    before: decideAccountCase(account, policies),
    after: decideAccountCase(account, decision.policies),
  }));
  const actions = (side: 'before' | 'after') => compared.filter((each) => each[side].action !== null).length;
  return {
    before: actions('before'),
    after: actions('after'),
    changed: compared.filter(({ before, after }) => told(before) !== told(after)),
  };
}

const told = ({ action }: FollowUp) =>
  action ? `${action.entity}\n${action.stage.key}\n${action.stage.channel}\n${JSON.stringify(action.totals)}` : '';
