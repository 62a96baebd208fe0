import { shortDay } from '../slack/freshness.ts';
import { percent } from '../slack/percent.ts';
import { money, plain } from '../slack/text.ts';
import type { Mandate, MandateFact } from './mandate.ts';
import { mandateWords } from './mandate.view.ts';
import type { PartnerFact } from './partner.ts';
import type { PlacementFact } from './placement.ts';

type Told = PlacementFact | MandateFact | PartnerFact;

const because = (note: string) => (note ? `: ${plain(note)}` : '');

export const ESCALATION_SENTENCES: { readonly [Type in Told['type']]: (fact: Told & { readonly type: Type }) => string } = {
  'account-placed': (fact) =>
    `placed with ${plain(fact.name)}: ${money(fact.amount, fact.currency)} on ${fact.invoices.map(plain).join(', ')}, for ${percent(fact.rate)} of what comes in`,
  'placement-noted': (fact) => `${plain(fact.name)}: ${fact.step === 'accepted' ? 'accepted' : 'the customer pays'}${because(fact.note)}`,
  'placement-paid': (fact) =>
    `${money(fact.amount, fact.currency)} came in through ${plain(fact.name)} on ${shortDay(fact.on)}, their fee ${money(fact.fee, fact.currency)}${because(fact.note)}`,
  'placement-closed': (fact) => `given back by ${plain(fact.name)} after ${money(fact.recovered, fact.currency)}${because(fact.note)}`,
  'placement-recalled': (fact) => `recalled from ${plain(fact.name)}, follow-up goes on${because(fact.note)}`,
  'counsel-opinion-recorded': (fact) => `counsel’s opinion of ${shortDay(fact.on)} by ${plain(fact.from)}: ${plain(fact.text)}`,
  'mandate-given': (fact) => `mandate to <@${fact.negotiator}> until ${shortDay(fact.until)}: ${mandateWords(fact as unknown as Mandate)}`,
  'mandate-ended': (fact) => `mandate of <@${fact.negotiator}> ended${fact.reason ? because(fact.reason) : ' on its last day'}`,
  'partner-added': ({ partner }) => `${plain(partner.name)} added to the agencies and law firms`,
  'partner-edited': ({ partner }) => `record of ${plain(partner.name)} edited`,
  'partner-retired': ({ partner }) => `${plain(partner.name)} retired`,
};
