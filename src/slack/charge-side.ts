import { accountCards, type CardPorts } from './account-cards.ts';
import type { Subject } from './listeners.ts';
import { agreementSubject } from './subjects/agreement.ts';
import { type ChargesPorts, chargesSubject } from './subjects/charges.ts';
import { ratesSubject } from './subjects/rates.ts';

/** What was agreed, and what is claimed besides the invoices because of it. */
export function chargeSubjects(ports: CardPorts & ChargesPorts): Subject[] {
  return [agreementSubject(ports, accountCards(ports)), chargesSubject(ports), ratesSubject(ports)];
}
