import type { AccountStatus, CustomerKind } from '../account/account.ts';
import { PROMISE_OUTCOME_WORDS } from '../account/call-words.view.ts';
import { CONTACT_SENTENCES } from '../account/contact-facts.view.ts';
import type { ReplyAnswer, ReplyKind } from '../account/customer-reply.ts';
import { ANSWER_WORDS, REPLY_WORDS } from '../account/recorded.view.ts';
import { ARRANGEMENT_SENTENCES } from '../arrangements/arrangement-facts.view.ts';
import type { DisputeOutcome, DisputePart, DisputeReason, DisputeStep } from '../arrangements/dispute.ts';
import { DISPUTE_OUTCOME_WORDS, DISPUTE_WORDS, partsText, stepText } from '../arrangements/dispute.view.ts';
import type { PromiseOutcome } from '../arrangements/promise.ts';
import { CHARGE_SENTENCES } from '../charges/charge-facts.view.ts';
import { CREDIT_SENTENCES } from '../credit/credit-facts.view.ts';
import { CASE_SENTENCES } from '../escalation/case-facts.view.ts';
import { DEMAND_SENTENCES } from '../escalation/demand-facts.view.ts';
import { ESCALATION_SENTENCES } from '../escalation/escalation-facts.view.ts';
import { INSOLVENCY_SENTENCES } from '../escalation/insolvency.view.ts';
import type { ContactPurpose } from '../follow-up/ladder.ts';
import { stageWords } from '../follow-up/stage-words.view.ts';
import { FLAG_SENTENCES } from '../invoices/flag-words.view.ts';
import { DRAFT_SENTENCES } from '../mails/draft-facts.view.ts';
import { NUMBERS_SENTENCES } from '../numbers/numbers-facts.view.ts';
import { shortDay } from '../slack/freshness.ts';
import { clip, counted, firstOf, money, plain } from '../slack/text.ts';
import { HOUSE_SENTENCES } from '../team/house-facts.view.ts';
import type { FactType } from './fact-table.ts';
import type { Interaction, InteractionChannel, InteractionDirection } from './interaction.ts';
import type { RecordedFact } from './trail.port.ts';

export const STATUS_WORDS: Readonly<Record<AccountStatus, string>> = {
  active: 'Active',
  insolvent: 'Insolvent',
  represented: 'Represented by counsel',
  'ceased-trading': 'Ceased trading',
  'do-not-contact': 'Do not contact',
};

export const KIND_WORDS: Readonly<Record<CustomerKind, string>> = {
  company: 'Company',
  'sole-trader': 'Sole trader or other natural person',
  'public-body': 'Public body',
  unknown: 'Not known: formal steps are blocked',
};

const NOBODY_OF_OURS: Readonly<Record<string, string>> = {
  clock: 'Arrears',
  rule: 'an assignment rule',
  import: 'an import',
  'the sample': 'the sample ledger',
};

/** Who did it: a person, or the clock, a rule, an import. */
export function actor(by: string): string {
  if (/^[UW][A-Z0-9]+$/.test(by)) return `<@${by}>`;
  return NOBODY_OF_OURS[by] ?? by;
}

const person = (user: unknown) => (typeof user === 'string' && user !== '' ? `<@${user}>` : 'nobody');
const words = (value: unknown) => plain(String(value ?? ''));

const amountOf = (fact: RecordedFact) => money(Number(fact.amount), String(fact.currency));
const PURPOSE_WORDS: Readonly<Record<ContactPurpose, string>> = {
  stage: '',
  statement: ', a statement of account',
  answer: ', an answer',
  copy: ', a copy of an invoice',
  confirmation: ', a confirmation',
  other: '',
};
const purposeOf = ({ purpose }: RecordedFact) => PURPOSE_WORDS[purpose as ContactPurpose] ?? '';
const CONTACT_WORDS: Readonly<Record<string, string>> = { email: 'email', call: 'call', letter: 'letter', meeting: 'meeting' };

/** The first invoices of a fact; numbers, or parts that name one. */
function numbersOf(list: unknown): string {
  const numbers = (Array.isArray(list) ? list : []).map((each: string | { invoice: string }) =>
    words(typeof each === 'string' ? each : each.invoice),
  );
  return firstOf(numbers, 3);
}

/** Before disputes could end in parts, a fact had one outcome. */
function closedHow(fact: RecordedFact): string {
  const parts = fact.parts as readonly DisputePart[] | undefined;
  return parts ? partsText(parts, String(fact.currency)) : DISPUTE_OUTCOME_WORDS[fact.outcome as DisputeOutcome];
}

const CHANNEL_WORDS: Readonly<Record<InteractionChannel, string>> = {
  call: 'call',
  email: 'email',
  meeting: 'meeting',
  letter: 'letter',
  note: 'note',
  message: 'Slack message',
};
const DIRECTION_WORDS: Readonly<Record<InteractionDirection, string>> = {
  internal: 'among ourselves',
  in: 'from the customer',
  out: 'to the customer',
};

/** "meeting with the customer of 20 Nov 2026: “Site visit”, They pay … (names plan.pdf)". */
function interactionText(fact: RecordedFact): string {
  const { channel, direction, on, subject, text, attachments, source } = fact as unknown as Interaction;
  const between = channel === 'meeting' && direction !== 'internal' ? 'with the customer' : DIRECTION_WORDS[direction];
  const how = channel === 'note' ? 'note' : `${CHANNEL_WORDS[channel]} ${between}`;
  const files = attachments.map(({ name }) => words(name)).join(', ');
  const from = source ? `, written by ${actor(words(source.author))}` : '';
  // Whom a message mentioned is kept by Slack's id, which has a digit; '@UNESCO' is nobody's.
  const told = words(text).replace(/@([UW](?=[A-Z0-9]*\d)[A-Z0-9]{4,})\b/g, '<@$1>');
  const said = [subject ? `“${words(subject)}”` : '', told].filter(Boolean).join(', ');
  return `${how} of ${shortDay(on)}${from}${said ? `: ${said}` : ''}${files ? ` (names ${files})` : ''}`;
}

const VETO_WORDS: Readonly<Record<string, string>> = {
  go: 'owner in sales lets go',
  hold: 'owner in sales holds',
  call: 'owner in sales calls before',
};

/** One sentence a fact; a fact without one does not compile. What the trail holds was written as one of these. */
const SENTENCES: Readonly<Record<FactType, (fact: never) => string>> = {
  ...ARRANGEMENT_SENTENCES,
  ...CASE_SENTENCES,
  ...CHARGE_SENTENCES,
  ...CONTACT_SENTENCES,
  ...CREDIT_SENTENCES,
  ...DEMAND_SENTENCES,
  ...DRAFT_SENTENCES,
  ...ESCALATION_SENTENCES,
  ...FLAG_SENTENCES,
  ...HOUSE_SENTENCES,
  ...INSOLVENCY_SENTENCES,
  ...NUMBERS_SENTENCES,
  'interaction-recorded': interactionText,
  'marking-changed': (fact: RecordedFact) =>
    `mark of \`${words(fact.entry)}\` changed from ${words(fact.from)} to ${words(fact.to)}: ${words(fact.reason)}`,
  'collector-assigned': (fact: RecordedFact) =>
    `collector ${fact.from ? `${person(fact.from)} → ` : ''}${person(fact.to)} (${fact.how === 'round-robin' ? 'in turn' : words(fact.how)})`,
  'evidence-built': (fact: RecordedFact) =>
    `evidence pack built: ${counted(Number(fact.files), 'file')}, ${counted(Number(fact.entries), 'entry', 'entries')}, SHA-256 \`${words(fact.sha256).slice(0, 12)}\``,
  'evidence-released': (fact: RecordedFact) => `evidence pack read and released, SHA-256 \`${words(fact.sha256).slice(0, 12)}\``,
  held: (fact: RecordedFact) => `on hold through ${shortDay(String(fact.until))}: ${words(fact.reason)}`,
  unheld: () => 'hold lifted',
  'legal-hold-set': (fact: RecordedFact) => `legal hold: ${words(fact.reason)}`,
  'legal-hold-lifted': (fact: RecordedFact) => `legal hold lifted: ${words(fact.reason)}`,
  snoozed: (fact: RecordedFact) => `snoozed through ${shortDay(String(fact.until))}`,
  'status-set': (fact: RecordedFact) => `status ${STATUS_WORDS[fact.to as AccountStatus]}: ${words(fact.reason)}`,
  'policy-chosen': (fact: RecordedFact) =>
    fact.to ? `policy ${words(fact.to)} chosen for this account` : 'follows the policy of its segment again',
  'promise-recorded': (fact: RecordedFact) =>
    `promise of ${amountOf(fact)} for ${shortDay(String(fact.date))} on ${numbersOf(fact.parts)}, said ${words(fact.saidBy)}`,
  'promise-closed': (fact: RecordedFact) =>
    `promise of ${amountOf(fact)} ${PROMISE_OUTCOME_WORDS[fact.outcome as PromiseOutcome]}${fact.outcome === 'credited' ? ', so that it counts as neither kept nor broken' : ''}${fact.note ? `: ${words(fact.note)}` : ''}`,
  'dispute-recorded': (fact: RecordedFact) =>
    `dispute of ${amountOf(fact)} on ${words(fact.invoice)}: ${DISPUTE_WORDS[fact.reason as DisputeReason]}, ${person(fact.owner)} sees to it${fact.until ? ` until ${shortDay(String(fact.until))}` : ''}`,
  'dispute-extended': (fact: RecordedFact) =>
    `dispute of ${amountOf(fact)} on ${words(fact.invoice)} has more time, until ${shortDay(String(fact.until))}: ${words(fact.reason)}`,
  'dispute-step-taken': (fact: RecordedFact) =>
    `dispute of ${amountOf(fact)} on ${words(fact.invoice)}: ${stepText(fact as unknown as DisputeStep, String(fact.currency))}`,
  'dispute-overdue': (fact: RecordedFact) =>
    `dispute of ${amountOf(fact)} on ${words(fact.invoice)} passed its limit of ${shortDay(String(fact.until))}`,
  'dispute-closed': (fact: RecordedFact) =>
    `dispute of ${amountOf(fact)} on ${words(fact.invoice)} closed: ${closedHow(fact)}${fact.note ? `, ${words(fact.note)}` : ''}`,
  'credit-arrived': (fact: RecordedFact) => `the ledger shows the credit note of ${amountOf(fact)} agreed for ${words(fact.invoice)}`,
  'reply-received': (fact: RecordedFact) => `reply of ${shortDay(String(fact.received))}: ${REPLY_WORDS[fact.kind as ReplyKind]}`,
  'reply-answered': (fact: RecordedFact) => `reply answered: ${ANSWER_WORDS[fact.how as ReplyAnswer]}`,
  'contact-made': (fact: RecordedFact) =>
    `${CONTACT_WORDS[String(fact.channel)] ?? words(fact.channel)} on ${shortDay(String(fact.on))}${fact.stage ? `, stage ${stageWords(fact.stage)}` : purposeOf(fact)}${numbersOf(fact.invoices) ? `, on ${numbersOf(fact.invoices)}` : ''}`,
  'steps-proposed': (fact: RecordedFact) => `decision asked for: stage ${stageWords(fact.stage)}, on ${numbersOf(fact.invoices)}`,
  'start-confirmed': (fact: RecordedFact) =>
    fact.stage
      ? `start confirmed for ${words(fact.entity)}: stage ${stageWords(fact.stage)} was the last one before`
      : `start confirmed for ${words(fact.entity)}: ${numbersOf(fact.invoices) ? 'each invoice where its age puts it' : 'begins with the first stage'}`,
  'start-taken-back': (fact: RecordedFact) => `start taken back for ${words(fact.entity)}: it is to be confirmed again`,
  'stage-jumped': (fact: RecordedFact) => `jump to stage ${stageWords(fact.to)} for ${words(fact.invoice)}: ${words(fact.reason)}`,
  'step-refused': (fact: RecordedFact) =>
    `no formal step for ${words(fact.entity)} in ${words(fact.currency)} before ${shortDay(String(fact.until))}`,
  'invoice-rested': (fact: RecordedFact) =>
    `${words(fact.invoice)} ${fact.why === 'small' ? 'kept as a small balance' : 'paused beside what is placed'}${fact.until ? ` until ${shortDay(String(fact.until))}` : ''}`,
  'call-offered': (fact: RecordedFact) => `call to make: stage ${stageWords(fact.stage)}, on ${numbersOf(fact.invoices)}`,
  'contact-taken-back': (fact: RecordedFact) =>
    `the mail of ${shortDay(String(fact.on))} came back from every recipient and counts as not sent, on ${numbersOf(fact.invoices)}`,
  'owner-asked': (fact: RecordedFact) =>
    `asked ${person(fact.owner)} about stage ${stageWords(fact.stage)} on ${words(fact.invoice)}; silence means go from ${shortDay(String(fact.silenceEnds))}`,
  'owner-answered': (fact: RecordedFact) =>
    `${VETO_WORDS[String(fact.answer)] ?? ''} stage ${stageWords(fact.stage)} on ${words(fact.invoice)}${fact.until ? `${fact.answer === 'go' ? ', and is asked about no other step that is not formal,' : ''} through ${shortDay(String(fact.until))}` : ''}${fact.reason ? `: ${words(fact.reason)}` : ''}`,
  'kind-set': (fact: RecordedFact) => `kind of customer ${KIND_WORDS[fact.to as CustomerKind]}`,
};

/** A fact without a body tells all it ever told. */
const BODILESS: ReadonlySet<string> = new Set(['unheld']);
const STAMP_FIELDS = 6;

/** What a fact says. Of one whose words were erased only the kind is left. Values are escaped. */
function sentenceOf(fact: RecordedFact): string {
  if (Object.keys(fact).length <= STAMP_FIELDS && !BODILESS.has(fact.type))
    return `${words(fact.type.replaceAll('-', ' '))}: the words were erased`;
  const say = SENTENCES[fact.type as FactType] as ((fact: RecordedFact) => string) | undefined;
  return say?.(fact) ?? words(fact.type);
}

/** When, who and what, for one entry of a timeline. */
export function factText(fact: RecordedFact, zone: string): { readonly when: string; readonly who: string; readonly said: string } {
  const at = Temporal.Instant.from(fact.at).toZonedDateTimeISO(zone);
  const when = `${shortDay(at.toPlainDate().toString())}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  return { when, who: actor(fact.by), said: sentenceOf(fact) };
}

/** As much of a note as one line of the card holds. */
const LINE = 200;

/** "20 Nov 2026, 08:15: hold lifted, by @Mara". */
export function factLine(fact: RecordedFact, zone: string): string {
  const { when, who, said } = factText(fact, zone);
  return `${when}: ${clip(said, LINE).replace(/\.$/, '')}, by ${who}`;
}
