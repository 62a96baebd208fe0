/** A calendar day where the customer is, 'YYYY-MM-DD'. Sorts as text. */
export type Day = string;

/** Days off of the customer's country and region. */
export interface Calendar {
  /** ISO weekdays off, 1 Monday to 7 Sunday. */
  readonly weekend: readonly number[];
  readonly holidays: readonly Day[];
}

const numbers = new Map<Day, number>();
const names = new Map<number, Day>();

/** Days since 1970-01-01; kept, because one decision asks for few days very often. */
export function dayNumber(of: Day): number {
  let known = numbers.get(of);
  if (known === undefined) {
    known = Temporal.PlainDate.from('1970-01-01').until(Temporal.PlainDate.from(of, { overflow: 'reject' }), { largestUnit: 'day' }).days;
    numbers.set(of, known);
    names.set(known, of);
  }
  return known;
}

export function addDays(from: Day, days: number): Day {
  const wanted = dayNumber(from) + days;
  const known = names.get(wanted);
  if (known !== undefined) return known;
  const day = Temporal.PlainDate.from(from).add({ days }).toString();
  dayNumber(day);
  return day;
}

/** Positive when `to` is later. */
export function daysFrom(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

export function dayOff(of: Day, calendar: Calendar): 'weekend' | 'public-holiday' | null {
  const weekday = ((((dayNumber(of) + 3) % 7) + 7) % 7) + 1;
  if (calendar.weekend.includes(weekday)) return 'weekend';
  return calendar.holidays.includes(of) ? 'public-holiday' : null;
}

/** "n bd after D" is the n-th business day behind D. */
export function businessDaysAfter(from: Day, n: number, calendar: Calendar): Day {
  let at = from;
  for (let left = n; left > 0; ) {
    at = addDays(at, 1);
    if (dayOff(at, calendar) === null) left -= 1;
  }
  return at;
}

export function latest(...days: readonly (Day | null)[]): Day {
  return days.reduce<Day>((most, day) => (day !== null && day > most ? day : most), '');
}
