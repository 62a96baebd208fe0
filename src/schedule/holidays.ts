import DateHolidays from 'date-holidays';
import type { HolidayCalendar } from '../kernel/working-days.ts';

/** Public holidays by date-holidays, worked out once per country, region and year: a look-up takes over a millisecond, a set none. */
export function holidayCalendar(): HolidayCalendar {
  const known = new Map<string, ReadonlySet<string>>();
  return (country, region, year) => {
    const key = `${country}-${region}-${year}`;
    let days = known.get(key);
    if (!days) {
      days = new Set(publicDays(country, region, year));
      known.set(key, days);
    }
    return days;
  };
}

function* publicDays(country: string, region: string, year: number): Generator<string> {
  const calendar = region ? new DateHolidays(country, region) : new DateHolidays(country);
  for (const holiday of calendar.getHolidays(year) ?? []) {
    if (holiday.type !== 'public') continue;
    // A holiday of several days is one entry with an exclusive end.
    const end = Temporal.PlainDate.from(holiday.end.toISOString().slice(0, 10));
    let day = Temporal.PlainDate.from(holiday.date.slice(0, 10));
    do {
      yield day.toString();
      day = day.add({ days: 1 });
    } while (Temporal.PlainDate.compare(day, end) < 0);
  }
}

/** The countries and regions of date-holidays, by ISO 3166 code. */
export const holidayPlaces = {
  country: (code: string): boolean => Object.hasOwn(new DateHolidays().getCountries(), code),
  regions: (country: string): string[] => Object.keys(new DateHolidays().getStates(country) ?? {}),
};
