import { accountCards } from '../account/account-cards.slack.ts';
import type { World } from '../kernel/world.port.ts';
import type { Subject } from '../slack/listeners.ts';
import { agreementSubject } from './agreement.slack.ts';
import { chargesSubject } from './charges.slack.ts';
import { ratesSubject } from './rates.slack.ts';
import { standardTermsSubject } from './standard-terms.slack.ts';

/** What was agreed, and what is claimed besides the invoices because of it. */
export function chargeSubjects(world: World & World): Subject[] {
  return [agreementSubject(world, accountCards(world)), chargesSubject(world), ratesSubject(world), standardTermsSubject(world)];
}
