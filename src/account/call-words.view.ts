import type { PromiseOutcome } from '../arrangements/promise.ts';
import type { CallOutcome, PaymentReason } from './call.ts';
import type { TracingSource } from './tracing.ts';

export const CALL_OUTCOME_WORDS: Readonly<Record<CallOutcome, string>> = {
  promise: 'Reached: they promise to pay',
  dispute: 'Reached: they dispute something',
  paid: 'Reached: they say it is paid',
  'no-commitment': 'Reached: no commitment',
  refuses: 'Reached: they refuse to pay',
  voicemail: 'Left a message',
  'no-answer': 'No answer',
  'wrong-number': 'Wrong number',
};

export const PAYMENT_REASON_WORDS: Readonly<Record<PaymentReason, string>> = {
  'cash-flow': 'Cash flow',
  dispute: 'A dispute',
  'missing-document': 'An invoice or purchase order is missing',
  'internal-approval': 'Internal approval',
  'director-away': 'Whoever releases payments is away',
  'insolvency-hint': 'Hint of insolvency',
  other: 'Something else',
};

export const PROMISE_OUTCOME_WORDS: Readonly<Record<PromiseOutcome, string>> = {
  kept: 'kept',
  'partly-kept': 'partly kept',
  broken: 'broken',
  credited: 'covered by a credit note',
  withdrawn: 'withdrawn',
};

export const SOURCE_WORDS: Readonly<Record<TracingSource, string>> = {
  register: 'Company register',
  website: 'Their website',
  switchboard: 'Their switchboard',
  'account-owner': 'The account owner in sales',
  'former-contact': 'A former contact',
  'credit-agency': 'Credit agency',
  other: 'Somewhere else',
};
