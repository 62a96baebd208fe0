import type { PaymentHabit, PayRun } from './payment-habit.ts';

const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/** 'usually pays 34 days late (middle half 30 to 41), 92% of 12 paid invoices late, 9 days slower over a year, pays on Fridays'. */
export function habitWords(habit: PaymentHabit | null): string {
  if (habit === null) return 'fewer than 3 paid invoices, so no usual delay is known';
  const { paid, from, to, lateShare, trend, payRun, longer } = habit;
  const change = trend === null ? '' : `, ${trend.days} days ${trend.towards} over a year`;
  const run = payRun === null ? '' : `, pays on ${payRunWords(payRun)}`;
  const more = longer === 0 ? '' : `; ${longer} open ${longer === 1 ? 'invoice has' : 'invoices have'} already taken longer`;
  return `usually pays ${delayWords(habit.usualDelay)} (middle half ${from} to ${to}), ${lateShare}% of ${paid} paid invoices late${change}${run}${more}`;
}

/** '34 days late', 'on the day', '1 day early'. */
export function delayWords(delay: number): string {
  if (delay === 0) return 'on the day';
  const days = Math.abs(delay);
  return `${days} ${days === 1 ? 'day' : 'days'} ${delay > 0 ? 'late' : 'early'}`;
}

/** 'Fridays', 'the 15th and the last day of the month'. */
export function payRunWords(run: PayRun): string {
  if (run.on === 'weekday') return WEEKDAYS[run.weekday - 1]!;
  return run.days.map((day) => (day === 31 ? 'the last day of the month' : `the ${ordinal(day)}`)).join(' and ');
}

function ordinal(n: number): string {
  const ending = n % 10 === 1 && n !== 11 ? 'st' : n % 10 === 2 && n !== 12 ? 'nd' : n % 10 === 3 && n !== 13 ? 'rd' : 'th';
  return `${n}${ending}`;
}
