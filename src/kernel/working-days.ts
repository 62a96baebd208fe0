import { addDays, type Day, epochDay } from './day.ts';

/** Days off besides weekends, as ISO days. */
export type Holidays = ReadonlySet<string>;

/** When people of one country and region work. */
export interface WorkingDays {
  /** ISO weekdays off, 1 Monday to 7 Sunday. */
  readonly weekend: ReadonlySet<number>;
  readonly holidays: Holidays;
}

const weekends = new Map<string, ReadonlySet<number>>();

/**
 * The weekend of a country by CLDR (Friday in Riyadh), and Saturday and Sunday everywhere: nobody of ours works then.
 * An unknown country has Saturday and Sunday.
 */
export function weekendOf(country: string): ReadonlySet<number> {
  let known = weekends.get(country);
  if (!known) {
    const local = /^[A-Z]{2}$/.test(country) ? new Intl.Locale(`und-${country}`).getWeekInfo().weekend : [];
    known = new Set([6, 7, ...local]);
    weekends.set(country, known);
  }
  return known;
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(of: Day): number {
  return ((((epochDay(of) + 3) % 7) + 7) % 7) + 1;
}

export function dayOff(of: Day, calendar: WorkingDays): 'weekend' | 'public-holiday' | null {
  if (calendar.weekend.has(weekdayOf(of))) return 'weekend';
  return calendar.holidays.has(of) ? 'public-holiday' : null;
}

/** Working days behind `from` through `to`: Monday to the next Monday is 5. Counts no further than `enough`. */
export function workingDaysSince(from: Day, to: Day, calendar: WorkingDays, enough: number): number {
  let counted = 0;
  for (let at = from; at < to && counted < enough; ) {
    at = addDays(at, 1);
    if (dayOff(at, calendar) === null) counted += 1;
  }
  return counted;
}

/** The working day that comes so many working days behind `from`. */
export function workingDayAfter(from: Day, days: number, calendar: WorkingDays): Day {
  let at = from;
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    if (dayOff(at, calendar) === null) left -= 1;
  }
  return at;
}
