import type { FollowUp } from '../domain/follow-up.ts';
import { type AccountCase, decideCase, type FollowUpPorts, readAccountDays } from './account-days.ts';
import type { Freshness } from './ports.ts';

export interface PlannedAccount extends AccountCase {
  readonly decision: FollowUp;
}

export interface DayPlan {
  readonly freshness: Freshness;
  readonly accounts: readonly PlannedAccount[];
}

/** Today's decision about every account: what drafting prepares, and the next step of lists and digest. */
export async function planDay(ports: FollowUpPorts): Promise<DayPlan> {
  const { cases, policies, freshness } = await readAccountDays(ports);
  return { freshness, accounts: cases.map((each) => ({ ...each, decision: decideCase(each, policies) })) };
}
