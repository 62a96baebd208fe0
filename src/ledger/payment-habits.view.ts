import type { AccountWork } from '../account/account-work.ts';
import { PAYMENT_REASON_WORDS } from '../account/call-words.view.ts';
import { promiseRecord, repeatedWords } from '../arrangements/promise-record.view.ts';
import type { Day } from '../kernel/day.ts';
import { shortDay } from '../slack/freshness.ts';

/** Reasons they gave for not paying and how their promises ended; null when nothing is known. */
export function paymentHabits({ calls, pastPromises }: Pick<AccountWork, 'calls' | 'pastPromises'>, today: Day): string | null {
  const reasons = calls.reasons.map(({ reason, on, by }) => `${PAYMENT_REASON_WORDS[reason]} (${shortDay(on)}, <@${by}>)`);
  const lines = [
    reasons.length > 0 ? `Reasons given: ${reasons.join(' · ')}` : null,
    promiseRecord(pastPromises, today),
    repeatedWords(pastPromises, today, null),
  ].filter((line) => line !== null);
  return lines.length > 0 ? `*How they pay*\n${lines.join('\n')}` : null;
}
