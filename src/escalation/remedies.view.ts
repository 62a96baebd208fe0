import type { Button } from '@slack/types';
import { button } from '../slack/parts.ts';
import { FORMAL_STOPS } from './formal-steps.op.ts';

/** Facts about an account that a step may lack, and the form that sets each. */
const REMEDIES = {
  kind: ['kind-now', 'Kind of customer…'],
  agreement: ['agreement-now', 'Agreement…'],
  insolvency: ['insolvency-now', 'Insolvency file…'],
  limitation: ['limitation-now', 'Limitation date…'],
} as const;
export type Remedy = keyof typeof REMEDIES;

/** Buttons that set what is missing; in a message, so that the account may have moved on since. */
export function remedyButtons(remedies: readonly Remedy[], account: string): Button[] {
  return [...new Set(remedies)].map((remedy) => {
    const [action, label] = REMEDIES[remedy];
    return button(action, 'remedy', label, { a: account });
  });
}

const OF_STOP: Readonly<Partial<Record<keyof typeof FORMAL_STOPS, Remedy>>> = {
  'kind-unknown': 'kind',
  'law-not-known': 'agreement',
  'law-not-listed': 'limitation',
  'time-barred': 'limitation',
  'no-notice': 'agreement',
  'postal-notice': 'agreement',
  'account-insolvent': 'insolvency',
};

/** Of a formal step that is refused: a stop travels as its sentence alone. */
export function formalRemedies(says: string, account: string): Button[] {
  const stop = (Object.keys(FORMAL_STOPS) as (keyof typeof FORMAL_STOPS)[]).find((each) => FORMAL_STOPS[each] === says);
  const remedy = stop && OF_STOP[stop];
  return remedy ? remedyButtons([remedy], account) : [];
}
