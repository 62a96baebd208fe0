import { shortDay } from '../slack/freshness.ts';
import { money, plain } from '../slack/text.ts';
import type { CreditFileFact } from './credit-file.ts';

type Told = CreditFileFact;
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
};
