import { counted, money, plain } from '../slack/text.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { CallOutcome, PaymentReason, SaidPaid } from './call.ts';
import { CALL_OUTCOME_WORDS, PAYMENT_REASON_WORDS, SOURCE_WORDS } from './call-words.view.ts';
import { paidText } from './said-paid.view.ts';
import type { TracingSource } from './tracing.ts';

const words = (value: unknown) => plain(String(value ?? ''));

const reasonOf = ({ reason }: RecordedFact) => (reason ? `, reason: ${PAYMENT_REASON_WORDS[reason as PaymentReason].toLowerCase()}` : '');
const paidOf = ({ paid }: RecordedFact) => {
  const text = paid ? paidText(paid as SaidPaid) : '';
  return text === '' ? '' : `, ${text}`;
};
const said = ({ note }: RecordedFact) => (note ? `, “${words(note)}”` : '');

export const CONTACT_SENTENCES = {
  'call-made': (fact: RecordedFact) => {
    const who = fact.name ? ` to ${words(fact.name)}` : '';
    return `call${who}: ${CALL_OUTCOME_WORDS[fact.outcome as CallOutcome].toLowerCase()}${paidOf(fact)}${reasonOf(fact)}${said(fact)}`;
  },
  'call-noted': (fact: RecordedFact) => `noted of the call${reasonOf(fact)}${said(fact)}`,
  'contacts-ordered': () => 'order of the contacts changed',
  'contact-marked': (fact: RecordedFact) => {
    const mark = fact.mark === 'doNotContact' ? '“do not contact”' : 'decision-maker';
    return `${words(fact.name)} ${fact.set ? 'marked' : 'no longer marked'} ${mark}`;
  },
  'contact-checked': (fact: RecordedFact) => `address of ${words(fact.name)} checked: ${words(fact.email)}`,
  'contact-added': (fact: RecordedFact) => `contact ${words(fact.name)} added, from ${sourceText(fact.source)}`,
  'person-erased': (fact: RecordedFact) => `a person’s data was erased: ${words(fact.reason)}`,
  'contact-bounced': (fact: RecordedFact) => `mail to ${words(fact.email)} bounced`,
  'tracing-opened': (fact: RecordedFact) =>
    `search for a contact opened: ${counted(Number(fact.bounced), 'address', 'addresses')} bounced, ${counted(Number(fact.failedCalls), 'call')} failed`,
  'tracing-step': (fact: RecordedFact) =>
    `searched: ${sourceText(fact.source)}, ${words(fact.result)}${Number(fact.cost) > 0 ? `, cost ${money(Number(fact.cost), String(fact.currency))}` : ''}`,
  'contact-found': (fact: RecordedFact) => `found ${words(fact.name)}, to be confirmed, from ${sourceText(fact.source)}`,
  'found-dropped': (fact: RecordedFact) => `${words(fact.name)} is not the right contact`,
  'tracing-ended': (fact: RecordedFact) => `search for a contact ended${fact.reason ? `: ${words(fact.reason)}` : ''}`,
};

/** A contact of the search names its kind of source, one entered by hand says it in words. */
export function sourceText(source: unknown): string {
  const known = SOURCE_WORDS[source as TracingSource];
  return known ? known.toLowerCase() : words(source);
}
