import { addDays, type Day, day, daysBetween } from '../kernel/day.ts';

/** Days of a report, both included. `n`: months in it, for CEI. */
export interface Period {
  readonly name: 'month' | 'quarter';
  readonly from: Day;
  readonly to: Day;
  readonly n: number;
}

/** The length that credit managers compare: three months of days, whatever the calendar. */
const QUARTER_DAYS = 91;
/** Month ends of a chart: a year and the same month before it. */
const CHART_MONTHS = 13;

export function daysOf({ from, to }: Period): number {
  return daysBetween(from, to) + 1;
}

/** The 91 days up to a day. */
export function quarterTo(to: Day): Period {
  return { name: 'quarter', from: addDays(to, 1 - QUARTER_DAYS), to, n: 3 };
}

/** The last calendar month that is over on the evening of a day. */
export function monthTo(evening: Day): Period {
  const to = monthEndAt(evening);
  return { name: 'month', from: monthOf(to), to, n: 1 };
}

/** First day of the month of a day. */
export function monthOf(of: Day): Day {
  return `${of.slice(0, 8)}01` as Day;
}

export function monthBefore(of: Day): Day {
  return monthOf(addDays(monthOf(of), -1));
}

/** Last day of the month that is over on this evening. */
export function monthEndAt(evening: Day): Day {
  const next = addDays(evening, 1);
  return next.endsWith('-01') ? evening : addDays(monthOf(evening), -1);
}

/** Thirteen month ends, oldest first; the last is over on this evening. */
export function monthEnds(evening: Day): Day[] {
  const ends: Day[] = [monthEndAt(evening)];
  while (ends.length < CHART_MONTHS) ends.unshift(addDays(monthOf(ends[0]!), -1));
  return ends;
}

/** Days of the calendar month of a day. */
export function daysInMonth(of: Day): number {
  const [year, month] = [Number(of.slice(0, 4)), Number(of.slice(5, 7))];
  const next = month === 12 ? `${year + 1}-01-01` : `${of.slice(0, 5)}${String(month + 1).padStart(2, '0')}-01`;
  return daysBetween(monthOf(of), day(next));
}
