import type { World } from '../kernel/world.port.ts';
import type { Freshness } from '../ledger/ledger.port.ts';
import { type AccountCase, decideAccountCase, readAccountDay } from './account-days.op.ts';
import type { FollowUp } from './follow-up.ts';
import { NUMBERS } from './numbers.ts';
import { type Policies, policyFor } from './policies.ts';
import type { Policy } from './policy.ts';
import { type SimulatedStep, stepsOf } from './simulate.op.ts';

export interface Explanation extends AccountCase {
  readonly decision: FollowUp;
  readonly policy: Policy;
  readonly policies: Policies;
  /** The first contact that comes if nothing changes; null: none within the days that are searched, so somebody has to act. */
  readonly upcoming: SimulatedStep | null;
  readonly freshness: Freshness;
}

/** Why something or nothing happens to an account today; null when there is no such account. */
export async function explainAccount(world: World, id: string): Promise<Explanation | null> {
  const read = await readAccountDay(world, id);
  const account = read?.cases[0];
  if (!read || !account) return null;
  const { policies, freshness } = read;
  // Today, and the days that are searched behind it.
  const [upcoming = null] = stepsOf(account, policies, 1 + NUMBERS.searched, 1);
  const policy = policyFor(policies, account.work.policy, account.row.segment);
  return { ...account, decision: decideAccountCase(account, policies), policy, policies, upcoming, freshness };
}
