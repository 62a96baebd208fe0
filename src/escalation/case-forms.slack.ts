import type { KnownBlock } from '@slack/types';
import { toDecimal } from '../kernel/money.ts';
import { readAmount } from '../slack/amounts.ts';
import type { SubmitRequest } from '../slack/listeners.ts';
import { ACTION, entered, enteredOptions, field, textField } from '../slack/modals.ts';
import { clip } from '../slack/text.ts';
import type { Case } from './case.ts';
import { REASON_CODES } from './case-words.view.ts';
import type { CaseGround } from './read-case.op.ts';
import { QUESTIONS, type Question } from './six-questions.ts';

/** How people here write amounts. */

/** What requests and edits have in common. `given`: what was entered before. */
export function caseFields(
  amount: number,
  currency: string,
  ground: CaseGround,
  given: Pick<Case, 'reason' | 'reasonCodes' | 'answers'>,
  hint: string,
): KnownBlock[] {
  const decimal = toDecimal({ amount, currency });
  return [textField('amount', 'Amount', { max: 30, initial: decimal, hint }), ...reasonFields(ground, given)];
}

/** Why it is asked for, and the six questions. */
export function reasonFields(ground: CaseGround, given: Pick<Case, 'reason' | 'reasonCodes' | 'answers'>): KnownBlock[] {
  const options = Object.entries(REASON_CODES).map(([value, text]) => ({ value, text: { type: 'plain_text' as const, text } }));
  const ticked = options.filter(({ value }) => given.reasonCodes.includes(value));
  return [
    field('codes', 'Reasons', {
      type: 'checkboxes',
      action_id: ACTION,
      options,
      ...(ticked.length > 0 ? { initial_options: ticked } : {}),
    }),
    textField('reason', 'Why, in your words', { multiline: true, max: 1500, initial: given.reason, hint: 'Kept with the decision.' }),
    ...(Object.keys(QUESTIONS) as Question[]).map((each) => questionField(each, ground, given.answers[each] ?? '')),
  ];
}

function questionField(question: Question, ground: CaseGround, given: string): KnownBlock {
  const known = ground.answers[question];
  const hint = known ? `From the data: ${known}` : 'The data does not say.';
  return textField(question, clip(QUESTIONS[question], 75), { optional: true, max: 300, initial: given, hint: clip(hint, 150) });
}

export type FilledIn = Pick<Case, 'amount' | 'reason' | 'reasonCodes' | 'answers'>;

/** Reads what caseFields asked for; only the values of its own fields count. */
export function readCaseFields(request: SubmitRequest, currency: string): FilledIn | { readonly errors: Record<string, string> } {
  const written = entered(request, 'amount').trim();
  const parsed = readAmount(written, currency);
  if ('problem' in parsed) return { errors: { amount: parsed.problem } };
  if (parsed.amount < 0) return { errors: { amount: 'Give an amount of zero or above.' } };
  return { amount: parsed.amount, ...readReasons(request) };
}

/** Reads what reasonFields asked for. */
export function readReasons(request: SubmitRequest): Omit<FilledIn, 'amount'> {
  const answers = Object.fromEntries(
    (Object.keys(QUESTIONS) as Question[]).map((each) => [each, entered(request, each).trim()]).filter(([, answer]) => answer !== ''),
  );
  const reasonCodes = enteredOptions(request, 'codes').filter((code) => code in REASON_CODES);
  return { reason: entered(request, 'reason').trim(), reasonCodes, answers };
}
