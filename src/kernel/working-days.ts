import { addDays, type Day, epochDay } from './day.ts';

/** Days off besides weekends, as ISO days. */
export type Holidays = ReadonlySet<string>;

/** Public holidays of a country and region in one year, as ISO days; empty for a country that is not known. */
export type HolidayCalendar = (country: string, region: string, year: number) => Holidays;

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
export function weekdayOf(of: Day): number {
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

/** Of a place, from the year before a day, since gaps reach back, through `ahead` years after its own: simulations reach ahead, plans further. */
export function calendarAround(
  holidays: HolidayCalendar,
  { country, region }: { readonly country: string; readonly region: string },
  around: Day,
  ahead = 1,
): WorkingDays {
  const year = Number(around.slice(0, 4));
  const years = Array.from({ length: ahead + 2 }, (_, n) => holidays(country, region, year - 1 + n));
  return { weekend: weekendOf(country), holidays: new Set(years.flatMap((days) => [...days])) };
}
