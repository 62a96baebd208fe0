import { type Day, day } from '../kernel/day.ts';
import type { Mapping } from './mapping.ts';
import { dayOf, writtenDay } from './open-items/days.ts';

const ORDERS: Readonly<Record<Mapping['dates'], readonly [number, number, number]>> = {
  'year-month-day': [0, 1, 2],
  'day-month-year': [2, 1, 0],
  'month-day-year': [2, 0, 1],
};
/** Exports of spreadsheets and databases add an empty time to a date. */
const MIDNIGHT = /[T ]00:00(:00(\.0+)?)?$/;

/** A file has few different dates: each is read once. */
const MOST_KEPT = 10_000;
const kept = new Map<string, Day | { reason: string }>();

/** A calendar day in the declared order; 2026-03-31 is understood under every order. */
export function readDay(text: string, order: Mapping['dates']): Day | { reason: string } {
  const key = `${order} ${text}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const read = parseDay(text, order);
  kept.set(key, read);
  return read;
}

/** Names of months, a time of day, 20260331, a year of two digits: what the declared order, or the text itself, says beyond doubt. */
const WRITTEN_OUT = /[\p{L}:]|^\d{8}$|^\d{1,2}([-./]) ?\d{1,2}\1 ?\d{2}$/u;

function parseDay(text: string, order: Mapping['dates']): Day | { reason: string } {
  const written = WRITTEN_OUT.test(text) ? writtenDay(text) : null;
  const out = written && dayOf(written, order);
  if (out) return out;
  const date = text.replace(MIDNIGHT, '');
  const iso = /^\d{4}-\d{1,2}-\d{1,2}$/.test(date);
  const parts = date.split(/ ?[-./] ?/);
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return { reason: `not a date of the form ${order}` };
  const [y, m, d] = ORDERS[iso ? 'year-month-day' : order].map((at) => parts[at]!) as [string, string, string];
  if (m.length > 2 || d.length > 2 || y.length === 3) return { reason: `not a date of the form ${order}` };
  if (y.length < 4) return { reason: 'the year needs four digits' };
  if (Number(y) < 1970 || Number(y) > 2199) return { reason: 'the year is not between 1970 and 2199' };
  try {
    return day(`${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
  } catch {
    return { reason: `no such day in the form ${order}` };
  }
}
