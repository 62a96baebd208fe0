import type { Contact } from '../account/account.ts';
import type { AccountWork } from '../account/account-work.ts';
import type { Day } from '../kernel/day.ts';
import { habitWords } from '../numbers/habit-words.ts';
import type { PaymentHabit } from '../numbers/payment-habit.ts';

/** What must be known before an account is escalated. */
export const QUESTIONS = {
  sent: 'Who sent the invoice, and to whom?',
  'decision-maker': 'Is the decision-maker known and contacted?',
  response: 'Was there a first response?',
  pattern: 'Is there a pattern?',
  trouble: 'Is the company or its industry in trouble? (with source)',
  alternative: 'Is there an alternative plan?',
} as const;
export type Question = keyof typeof QUESTIONS;

export interface KnownOfAccount {
  readonly work: Pick<AccountWork, 'status' | 'statusReason' | 'replies' | 'promises' | 'pastPromises' | 'plans' | 'lastContact' | 'calls'>;
  readonly contacts: readonly Contact[];
  readonly pattern: PaymentHabit | null;
  /** Of the last reply ever recorded; null without one. */
  readonly lastReply: Day | null;
}

/** Answers that the data gives, in words for the team; what it does not know is left out for a person. */
export function answersFromData({ work, contacts, pattern, lastReply }: KnownOfAccount): Partial<Record<Question, string>> {
  const answers: Partial<Record<Question, string>> = {};
  const decides = contacts.find((contact) => /decision|director|proprietor|owner|ceo|cfo/.test(contact.role));
  if (decides)
    answers['decision-maker'] =
      `${decides.name || 'Known'}, ${decides.role}; ${work.lastContact ? `last contact with the account on ${dayWords(work.lastContact)}` : 'nobody there was contacted yet'}`;
  if (lastReply !== null) answers.response = `Yes, last on ${dayWords(lastReply)}`;
  else if (work.lastContact !== null) answers.response = `None recorded; last contacted on ${dayWords(work.lastContact)}`;
  if (pattern !== null || work.pastPromises.length > 0)
    answers.pattern = [habitWords(pattern), brokenWords(work)].filter(Boolean).join('; ');
  if (work.status !== 'active') answers.trouble = `Status of the account: ${work.status.replaceAll('-', ' ')}. ${work.statusReason}`.trim();
  if (work.plans.length > 0) answers.alternative = 'A payment plan is on file';
  else if (work.promises.length > 0) answers.alternative = 'An open promise is on file';
  return answers;
}

/** As the team writes its days: '23 Nov 2026'. */
const dayWords = (day: Day) => Temporal.PlainDate.from(day).toLocaleString('en-GB', { dateStyle: 'medium' });

function brokenWords({ pastPromises }: Pick<AccountWork, 'pastPromises'>): string {
  const broken = pastPromises.filter((promise) => promise.outcome === 'broken').length;
  return broken === 0 ? '' : `${broken} broken ${broken === 1 ? 'promise' : 'promises'} in the last year`;
}

/** Questions that neither the data nor a person has answered. */
export function openQuestions(known: Partial<Record<Question, string>>, given: Readonly<Record<string, string>>): Question[] {
  return (Object.keys(QUESTIONS) as Question[]).filter((each) => !known[each] && !(given[each] ?? '').trim());
}
