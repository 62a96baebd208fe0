import { plain } from '../slack/text.ts';
import type { FlagAnswer, FlagFact } from './answered-flags.ts';
import type { FlagKind } from './hygiene.ts';

export const FLAG_WORDS: Readonly<Record<FlagKind, string>> = {
  'no-order': 'No purchase order',
  terms: 'Other terms than agreed',
  'no-contact': 'No contact',
  duplicate: 'Perhaps invoiced twice',
  currency: 'Unusual currency',
  'day-off': 'Due on a day off',
  'due-before-issued': 'Due before it was issued',
  'e-invoice': 'E-invoice differs',
};
export const FLAG_ANSWER_WORDS: Readonly<Record<FlagAnswer, string>> = { 'put-right': 'put right', 'not-needed': 'not needed' };

export const FLAG_SENTENCES: { readonly [Type in FlagFact['type']]: (fact: FlagFact) => string } = {
  'flag-answered': ({ invoice, flag, answer }) => `${plain(invoice)}, “${FLAG_WORDS[flag].toLowerCase()}”: ${FLAG_ANSWER_WORDS[answer]}`,
};
