import { setImmediate } from 'node:timers/promises';
import { type AccountCase, decideCase, readAccountDays } from '../follow-up/account-days.op.ts';
import type { FollowUp } from '../follow-up/follow-up.ts';
import { type Policies, policyFor } from '../follow-up/policies.ts';
import type { Policy } from '../follow-up/policy.ts';
import type { World } from '../kernel/world.port.ts';
import type { Freshness } from '../ledger/ledger.port.ts';

export interface PlannedAccount extends AccountCase {
  readonly decision: FollowUp;
  /** The policy that decided. */
  readonly policy: Policy;
}

export interface DayPlan {
  readonly freshness: Freshness;
  readonly accounts: readonly PlannedAccount[];
}

/** Decisions in a row before others have a turn: a few milliseconds. */
const AT_ONCE = 20;

/** Today's decision about every account: what drafting prepares, and the next step of lists and digest. */
export async function planDay(world: World): Promise<DayPlan> {
  const { cases, policies, freshness } = await readAccountDays(world);
  const accounts: PlannedAccount[] = [];
  for (const each of cases) {
    accounts.push(plannedAccount(each, policies));
    // Whoever clicks meanwhile is answered.
    if (accounts.length % AT_ONCE === 0) await setImmediate();
  }
  return { freshness, accounts };
}

/** One account's decision with the policy it rests on. */
export function plannedAccount(each: AccountCase, policies: Policies): PlannedAccount {
  return { ...each, decision: decideCase(each, policies), policy: policyFor(policies, each.work.policy, each.row.segment) };
}
