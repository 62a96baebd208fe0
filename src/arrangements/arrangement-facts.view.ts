import type { WriteOffReason } from '../escalation/write-off.ts';
import { WRITE_OFF_WORDS } from '../escalation/write-off.view.ts';
import { shortDay } from '../slack/freshness.ts';
import { counted, money, plain } from '../slack/text.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { OFFER_WORDS } from './arrangements.view.ts';
import type { OfferKind } from './settlement.ts';

const amount = (fact: RecordedFact, name = 'amount') => money(Number(fact[name]), String(fact.currency));
const words = (value: unknown) => plain(String(value ?? ''));
const offer = (fact: RecordedFact) =>
  `${OFFER_WORDS[fact.kind as OfferKind].toLowerCase()} of ${amount(fact, 'pay')} by ${shortDay(String(fact.until))} for ${amount(fact, 'balance')}`;
const note = (fact: RecordedFact) => (fact.note ? `: ${words(fact.note)}` : '');
const takenBack = (fact: RecordedFact) => fact.kind === 'write-off-reversal';
const invoices = (fact: RecordedFact) => (fact.invoices as string[]).map(words).join(', ');

/** What the timeline says of plans, offers and credits to be booked. */
export const ARRANGEMENT_SENTENCES = {
  'plan-recorded': (fact: RecordedFact) =>
    `plan of ${amount(fact)} in ${counted((fact.instalments as unknown[]).length, 'instalment')} on ${invoices(fact)}, agreed with ${words(fact.agreedWith)}${fact.state === 'proposed' ? ', to be approved' : ''}`,
  'plan-approved': (fact: RecordedFact) => `plan of ${amount(fact)} approved; it begins`,
  'plan-missed': (fact: RecordedFact) =>
    `plan of ${amount(fact)}: ${counted(Number(fact.count), 'instalment')} missing, ${amount(fact, 'due')}`,
  'plan-caught-up': (fact: RecordedFact) => `plan of ${amount(fact)}: what was missing has come in`,
  'plan-notice-given': (fact: RecordedFact) =>
    `plan of ${amount(fact)}: notice of default given on ${shortDay(String(fact.on))} by ${words(fact.method).replace('-', ' ')}, runs through ${shortDay(String(fact.until))}`,
  'plan-defaulted': (fact: RecordedFact) =>
    `plan of ${amount(fact)} in default: ${amount(fact, 'due')} ${fact.accelerated ? 'is due at once under the agreement' : 'of missing instalments is asked for again'}`,
  'plan-closed': (fact: RecordedFact) => `plan of ${amount(fact)} ${words(fact.outcome)}${note(fact)}`,
  'offer-made': (fact: RecordedFact) => `${offer(fact)} on ${invoices(fact)}${fact.state === 'proposed' ? ', to be approved' : ' offered'}`,
  'offer-approved': (fact: RecordedFact) => `${offer(fact)} approved`,
  'offer-accepted': (fact: RecordedFact) => `${offer(fact)} accepted by ${words(fact.acceptedBy)}`,
  'offer-closed': (fact: RecordedFact) =>
    `${offer(fact)} ${fact.outcome === 'declined' ? 'not approved' : words(fact.outcome)}${note(fact)}`,
  'posting-owed': (fact: RecordedFact) =>
    `${amount(fact)} to be ${takenBack(fact) ? 'taken back from the credit' : 'credited'} on ${invoices(fact)}`,
  'posting-confirmed': (fact: RecordedFact) =>
    `the ledger shows ${takenBack(fact) ? `that the credit of ${amount(fact)} was taken back` : `the credit of ${amount(fact)}`} on ${invoices(fact)}`,
  'written-off': (fact: RecordedFact) =>
    `${amount(fact)} written off on ${invoices(fact)}: ${WRITE_OFF_WORDS[fact.reason as WriteOffReason].toLowerCase()}`,
  'write-off-paid': (fact: RecordedFact) => `${amount(fact, 'received')} came in on ${invoices(fact)} after the write-off`,
  'write-off-reversed': (fact: RecordedFact) =>
    `write-off of ${amount(fact, 'received')} on ${invoices(fact)} taken back${fact.booked ? '' : ', before it was booked'}`,
};
