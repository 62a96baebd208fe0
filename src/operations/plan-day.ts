import type { FollowUp } from '../domain/follow-up.ts';
import { type Policies, policyFor } from '../domain/policies.ts';
import type { Policy } from '../domain/policy.ts';
import { type AccountCase, decideCase, type FollowUpPorts, readAccountDays } from './account-days.ts';
import type { Freshness } from './ports.ts';

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
export async function planDay(ports: FollowUpPorts): Promise<DayPlan> {
  const { cases, policies, freshness } = await readAccountDays(ports);
  return { freshness, accounts: cases.map((each) => plannedAccount(each, policies)) };
}

/** One account's decision with the policy it rests on. */
export function plannedAccount(each: AccountCase, policies: Policies): PlannedAccount {
  return { ...each, decision: decideCase(each, policies), policy: policyFor(policies, each.work.policy, each.row.segment) };
}
