import { accountCards, type CardPorts } from '../account/account-cards.slack.ts';
import type { Subject } from '../slack/listeners.ts';
import { agreementSubject } from './agreement.slack.ts';
import { type ChargesPorts, chargesSubject } from './charges.slack.ts';
import { ratesSubject } from './rates.slack.ts';

/** What was agreed, and what is claimed besides the invoices because of it. */
export function chargeSubjects(ports: CardPorts & ChargesPorts): Subject[] {
  return [agreementSubject(ports, accountCards(ports)), chargesSubject(ports), ratesSubject(ports)];
}
