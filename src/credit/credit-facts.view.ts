import type { FlagAnswer, FlagFact } from '../invoices/answered-flags.ts';
import type { FlagKind } from '../invoices/hygiene.ts';
import { shortDay } from '../slack/freshness.ts';
import { money, plain } from '../slack/text.ts';
import type { CreditFileFact } from './credit-file.ts';

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

type Told = CreditFileFact | FlagFact;
export const CREDIT_SENTENCES: { readonly [Type in Told['type']]: (fact: Extract<Told, { type: Type }>) => string } = {
  'credit-limit-imported': ({ scope, currency, from, amount, until }) =>
    `credit limit${scope === 'group' ? ' of the group' : ''} ${from === null ? '' : `${money(from, currency)} → `}${money(amount, currency)}${until ? ` until ${shortDay(until)}` : ''}`,
  'credit-file-set': ({ entered: { check, deposit, nextReview } }) =>
    [
      'credit file changed',
      check ? `check of ${shortDay(check.on)} by ${plain(check.provider)}: ${plain(check.grade)}` : '',
      deposit ? `deposit ${money(deposit.received, deposit.currency)} of ${money(deposit.asked, deposit.currency)} received` : '',
      nextReview ? `next review ${shortDay(nextReview)}` : '',
    ]
      .filter(Boolean)
      .join('; '),
  'flag-answered': ({ invoice, flag, answer }) => `${plain(invoice)}, “${FLAG_WORDS[flag].toLowerCase()}”: ${FLAG_ANSWER_WORDS[answer]}`,
};
