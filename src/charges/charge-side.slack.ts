import { accountCards } from '../account/account-cards.slack.ts';
import type { World } from '../kernel/world.port.ts';
import type { Subject } from '../slack/listeners.ts';
import { agreementSubject } from './agreement.slack.ts';
import { chargesSubject } from './charges.slack.ts';
import { limitationSubject } from './limitation.slack.ts';
import { ratesSubject } from './rates.slack.ts';
import { standardTermsSubject } from './standard-terms.slack.ts';

/** What was agreed, and what is claimed besides the invoices because of it. */
export function chargeSubjects(world: World & World): Subject[] {
  const cards = accountCards(world);
  return [
    agreementSubject(world, cards),
    chargesSubject(world),
    limitationSubject(world, cards),
    ratesSubject(world),
    standardTermsSubject(world),
  ];
}
