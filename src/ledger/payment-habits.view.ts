import type { AccountWork } from '../account/account-work.ts';
import { PAYMENT_REASON_WORDS } from '../account/call-words.view.ts';
import { promiseRecord, repeatedWords } from '../arrangements/promise-record.view.ts';
import type { Day } from '../kernel/day.ts';
import { habitWords } from '../numbers/habit-words.ts';
import { bestDayToCall, type PaymentHabit } from '../numbers/payment-habit.ts';
import { shortDay } from '../slack/freshness.ts';

/** Reasons they gave for not paying and how their promises ended; null when nothing is known. */
export function paymentHabits(
  { calls, pastPromises }: Pick<AccountWork, 'calls' | 'pastPromises'>,
  today: Day,
  habit: PaymentHabit | null,
): string | null {
  const reasons = calls.reasons.map(({ reason, on, by }) => `${PAYMENT_REASON_WORDS[reason]} (${shortDay(on)}, <@${by}>)`);
  const call = habit && bestDayToCall(habit, today);
  const lines = [
    habit ? sentenceOf(habitWords(habit)) : null,
    call ? `Best day to call: ${call === today ? 'today' : shortDay(call)}, two days before the pay run` : null,
    reasons.length > 0 ? `Reasons given: ${reasons.join(' · ')}` : null,
    promiseRecord(pastPromises, today),
    repeatedWords(pastPromises, today, null),
  ].filter((line) => line !== null);
  return lines.length > 0 ? `*How they pay*\n${lines.join('\n')}` : null;
}

const sentenceOf = (words: string) => `${words[0]!.toUpperCase()}${words.slice(1)}`;
