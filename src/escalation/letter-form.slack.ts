import type { KnownBlock, ModalView } from '@slack/types';
import { lawWords, NOTICE_WORDS } from '../charges/agreement.view.ts';
import { barredText, limitationLine } from '../charges/limitation.view.ts';
import { type Day, day } from '../kernel/day.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import type { Draft } from '../mails/draft.ts';
import { longTextFields, TOO_LONG_TO_EDIT } from '../mails/long-text.slack.ts';
import { shortDay } from '../slack/freshness.ts';
import { Refused, type SubmitRequest } from '../slack/listeners.ts';
import { ACTION, choiceField, dayField, entered, enteredOptions, field, modal, optionalPersonField, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { counted, money, plain } from '../slack/text.ts';
import { KIND_WORDS } from '../trail/facts.view.ts';
import type { Case } from './case.ts';
import { reasonFields } from './case-forms.slack.ts';
import { underPreAction } from './demand.ts';
import { SERVED_WORDS } from './demand-facts.view.ts';
import type { LetterPart } from './letter.ts';
import { earliestDeadline, type LetterStand } from './letter-now.op.ts';
import type { CaseGround } from './read-case.op.ts';

/** Business days until people have decided and the letter has left: a deadline proposed from there still holds then. */
const DECIDED_AFTER = 7;

export type Given = Pick<Case, 'reason' | 'reasonCodes' | 'answers'>;
export const NOTHING_GIVEN: Given = { reason: '', reasonCodes: [], answers: {} };

/** Everything a demand letter is asked for with; `carried` ids only. */
export function letterForm(stand: LetterStand, currency: string, ground: CaseGround, given: Given, carried: object): ModalView {
  const { planned, law, kind } = stand;
  const late = workingDayAfter(planned.day.today, DECIDED_AFTER, planned.day.calendar);
  const rule = underPreAction(kind, law)
    ? 'At least 30 days: Pre-Action Protocol for Debt Claims. Information sheet and reply form go with it.'
    : 'At least 14 days and seven business days from the day on which it leaves.';
  return modal('letter-ask', 'Demand letter', 'Ask', carried, [
    section(aboutWords(stand, currency)),
    dayField('deadline', 'Deadline for payment', earliestDeadline(stand, late), `${rule} The one proposed leaves a week for deciding.`),
    textField('firm', 'Law firm that sends it', {
      optional: true,
      max: 100,
      hint: 'Leave empty when we send it ourselves. A firm’s letter goes on paper and is marked as posted.',
    }),
    optionalPersonField('counsel', 'Counsel who reviews it first', 'It cannot be approved before this person has recorded the review.'),
    ...reasonFields(ground, given),
  ]);
}

function aboutWords(stand: LetterStand, currency: string): string {
  const { planned, action, kind, law, service, barred, near } = stand;
  const lines = [
    `*${plain(planned.row.name)}*: ${money(amountOf(stand, currency), currency)} on ${counted(action.invoices.length, 'overdue invoice')}, the oldest due ${shortDay(action.leading.due)}.`,
    `${KIND_WORDS[kind]} · law ${lawWords(law)} · notice by ${NOTICE_WORDS[service.method].toLowerCase()}, ${plain(service.address)}`,
  ];
  if (barred.length > 0) lines.push(barredText(barred));
  if (near.length > 0) lines.push(limitationLine(near));
  return lines.join('\n');
}

/** What the letter demands, minor units. */
export function amountOf({ action }: LetterStand, currency: string): number {
  return action.totals.find((total) => total.currency === currency)?.asked ?? 0;
}

export interface LetterFilled {
  readonly deadline: Day;
  readonly firm: string;
  readonly counsel: string | null;
}

export function readLetterForm(request: SubmitRequest): LetterFilled {
  return {
    deadline: day(entered(request, 'deadline')),
    firm: entered(request, 'firm').trim(),
    counsel: entered(request, 'counsel') || null,
  };
}

function longText(body: string, hint: string) {
  const fields = longTextFields('Text', body, hint);
  if (!fields) throw new Refused(TOO_LONG_TO_EDIT);
  return fields;
}

export function letterEditForm({ content }: Draft, { deadline }: LetterPart, carried: object): ModalView {
  return modal('letter-edit', 'Edit the letter', 'Save', carried, [
    textField('subject', 'Subject', { initial: content.subject, max: 150 }),
    ...longText(content.body, 'A new version: votes and a review of the one before count no more, and you cannot approve it.'),
    dayField('deadline', 'Deadline for payment', deadline, 'Another day is put into the text, too.'),
  ]);
}

export function letterReviewForm(carried: object): ModalView {
  return modal('letter-review', 'Counsel’s review', 'Record', carried, [
    textField('words', 'What you say about this version', {
      multiline: true,
      max: 1500,
      hint: 'Kept as privileged: it goes into no evidence pack. “No objection” is enough.',
    }),
  ]);
}

const CARRIERS = ['registered-post', 'courier', 'process-server', 'post'] as const;

export function letterPostedForm({ service, preAction }: LetterPart, today: Day, carried: object): ModalView {
  const methods = Object.fromEntries(CARRIERS.map((each) => [each, SERVED_WORDS[each]]));
  const usual = CARRIERS.find((each) => each === service.method) ?? 'registered-post';
  const enclosed: KnownBlock = field('enclosed', 'Enclosures', {
    type: 'checkboxes',
    action_id: ACTION,
    options: [{ value: 'yes', text: { type: 'plain_text', text: 'Information sheet and reply form were enclosed' } }],
  });
  return modal('letter-posted', 'The letter was posted', 'Record', carried, [
    dayField('on', 'Left on', today, 'The printed PDF of this version, as it was approved.'),
    choiceField('by', 'Carried by', methods, usual),
    textField('tracking', 'Tracking number', { optional: true, max: 80, hint: 'Needed for registered post and courier.' }),
    ...(preAction ? [enclosed] : []),
  ]);
}

export function readPostedForm(request: SubmitRequest) {
  const by = CARRIERS.find((each) => each === entered(request, 'by')) ?? 'post';
  return {
    posted: { on: day(entered(request, 'on')), by, tracking: entered(request, 'tracking').trim() },
    enclosed: enteredOptions(request, 'enclosed').includes('yes'),
  };
}
