import { describe, expect, test } from 'vitest';
import { readDay } from '../../src/importing/dates.ts';

describe('dates are read in the declared order', () => {
  test.each([
    ['3/4/2026', 'month-day-year', '2026-03-04'],
    ['3/4/2026', 'day-month-year', '2026-04-03'],
    ['03.04.2026', 'day-month-year', '2026-04-03'],
    ['31-12-2026', 'day-month-year', '2026-12-31'],
    ['2026/3/4', 'year-month-day', '2026-03-04'],
    ['2026-03-04', 'month-day-year', '2026-03-04'],
    ['2026-03-04', 'day-month-year', '2026-03-04'],
    ['2026-03-04 00:00:00', 'year-month-day', '2026-03-04'],
    ['04.03.2026 00:00', 'day-month-year', '2026-03-04'],
    ['29.02.2028', 'day-month-year', '2028-02-29'],
    ['31.12.2199', 'day-month-year', '2199-12-31'],
    ['01.01.1970', 'day-month-year', '1970-01-01'],
    ['01.02.26', 'day-month-year', '2026-02-01'],
    ['2026-03-04 13:30', 'year-month-day', '2026-03-04'],
    ['2026-03-15T00:00:00Z', 'month-day-year', '2026-03-15'],
    ['15 Mar 2026', 'month-day-year', '2026-03-15'],
    ['20260315', 'day-month-year', '2026-03-15'],
    ['15. 3. 2026', 'day-month-year', '2026-03-15'],
  ] as const)('%s as %s', (text, order, day) => expect(readDay(text, order)).toBe(day));

  test.each([
    ['29.02.2026', 'day-month-year', 'no such day'],
    ['31.04.2026', 'day-month-year', 'no such day'],
    ['13/01/2026', 'month-day-year', 'no such day'],
    ['2026-00-10', 'year-month-day', 'no such day'],
    ['2026.01.02', 'day-month-year', 'not a date'],
    ['01.01.0213', 'day-month-year', 'between 1970 and 2199'],
    ['31.12.1969', 'day-month-year', 'between 1970 and 2199'],
    ['01.01.2200', 'day-month-year', 'between 1970 and 2199'],
    ['46085', 'year-month-day', 'not a date'],
    ['soon', 'year-month-day', 'not a date'],
  ] as const)('%s as %s is refused', (text, order, why) => expect(readDay(text, order)).toEqual({ reason: expect.stringContaining(why) }));
});
