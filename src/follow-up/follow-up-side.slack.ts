import { accountCards } from '../account/account-cards.slack.ts';
import type { World } from '../kernel/world.port.ts';
import type { Subject } from '../slack/listeners.ts';

import { policySubject } from './policy.slack.ts';
import { simulateSubject } from './simulate.slack.ts';
import { smallBalancesSubject } from './small-balances.slack.ts';
import { whySubject } from './why.slack.ts';

/** What decides, and the decision: policies, why, simulate. */
export function followUpSubjects(world: World): Subject[] {
  return [whySubject(world, accountCards(world)), simulateSubject(world), policySubject(world), smallBalancesSubject(world)];
}
