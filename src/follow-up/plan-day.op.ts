import { inTurns } from '../kernel/in-turns.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { Freshness } from '../ledger/ledger.port.ts';
import { type AccountCase, decideAccountCase, readAccountDays } from './account-days.op.ts';
import type { FollowUp } from './follow-up.ts';
import { type Policies, policyFor } from './policies.ts';
import type { Policy } from './policy.ts';

export interface PlannedAccount extends AccountCase {
  readonly decision: FollowUp;
  /** The policy that decided. */
  readonly policy: Policy;
}

export interface DayPlan {
  readonly freshness: Freshness;
  readonly accounts: readonly PlannedAccount[];
}

/** Today's decision about every account: what drafting prepares, and the next step of lists and digest. */
export async function planDay(world: World): Promise<DayPlan> {
  const { cases, policies, freshness } = await readAccountDays(world);
  const accounts: PlannedAccount[] = [];
  for await (const each of inTurns(cases)) accounts.push(plannedAccount(each, policies));
  return { freshness, accounts };
}

/** One account's decision with the policy it rests on. */
export function plannedAccount(each: AccountCase, policies: Policies): PlannedAccount {
  return { ...each, decision: decideAccountCase(each, policies), policy: policyFor(policies, each.work.policy, each.row.segment) };
}
