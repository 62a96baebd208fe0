import type { OverduePart, WorkItem } from '../follow-up/worklist.ts';
import { addDays, type Day } from '../kernel/day.ts';
import { exponentOf } from '../kernel/money.ts';
import { shortDay } from '../slack/freshness.ts';
import { counted } from '../slack/text.ts';
import { delayWords } from './habit-words.ts';
import { bestDayToCall } from './payment-habit.ts';

/** Whoever pays within so many days of the due day by itself needs no friendly reminder before then. */
const PUNCTUAL_DAYS = 5;
/** Below so many pounds, euros or the like. */
const SMALL = 1000;

/** '12 days beyond usual (usually pays 20 days late). Best day to call: 2 Dec 2026.'; '' where nothing is known or overdue. */
export function habitLine({ habit, overdue }: Pick<WorkItem, 'habit' | 'overdue'>, today: Day): string {
  const oldest = oldestOf(overdue);
  if (!habit || oldest === null) return '';
  const { usualDelay, to } = habit;
  const small = overdue.every((part) => part.overdue < SMALL * 10 ** exponentOf(part.currency));
  if (small && usualDelay > 0 && usualDelay <= PUNCTUAL_DAYS && oldest <= to) {
    const until = addDays(today, Math.max(1, to - oldest + 1));
    return `Usually pays ${delayWords(usualDelay)} by itself. You can leave it until ${shortDay(until)}.`;
  }
  const beyond = oldest - Math.max(0, usualDelay);
  const call = bestDayToCall(habit, today);
  const best = call === null ? '' : ` Best day to call: ${call === today ? 'today' : shortDay(call)}.`;
  const late = beyond > 0 ? `${counted(beyond, 'day')} beyond usual` : 'within its usual time';
  return `${late} (usually pays ${delayWords(usualDelay)}).${best}`;
}

function oldestOf(overdue: readonly OverduePart[]): number | null {
  return overdue.length === 0 ? null : Math.max(...overdue.map(({ oldest }) => oldest.daysPastDue));
}
