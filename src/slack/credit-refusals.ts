/** Of credit files and of what was found odd about invoices; one sentence each, as in refusals.ts. Nothing was changed in any of them. */
export const CREDIT_REFUSED = {
  'credit-file-changed-meanwhile': 'Somebody else changed this credit file since you opened it. Your change was not saved; open it again.',
  'credit-file-unchanged': 'Nothing in the credit file is different. Change something, or close the form.',
  'check-incomplete': 'Give both who checked and the grade they gave, or leave both empty.',
  'check-in-future': 'Choose today or the day of the check.',
  'check-ends-early': 'The check would end before its own day. Correct one of the two days.',
  'deposit-not-positive': 'A deposit is an amount above zero; what was received of it is zero or more.',
  'insured-percent': 'The insurer covers an amount above zero and 1 to 100 % of a loss. Correct these.',
  'limit-negative': 'A limit is zero, which means cash in advance, or more.',
  'flag-answered-already': 'Somebody has answered this already. Nothing was changed.',
  'flag-unknown': 'This is nothing that can be answered. Open the list again.',
} as const;
