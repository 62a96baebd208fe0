import path from 'node:path';
import type { digestDue as DigestDue } from '../../src/kernel/calendar.ts';

/** One instance that ticks through the whole time of a zone: which local dates it would post, and at which instants. */
export interface Walked {
  readonly days: number;
  readonly ticks: number;
  readonly missed: number;
  readonly wrongDate: number;
  readonly early: number;
  readonly onDaysOff: number;
}

const HOUR = 9;
const MINUTE_MS = 60_000;

/** Days off by arithmetic of our own: 1970-01-01 was a Thursday. */
const isWeekend = (epochDays: number) => [0, 6].includes((((epochDays + 4) % 7) + 7) % 7);

/**
 * Ticks hourly from `from` to `to` (UTC years, `to` excluded) and by minute two hours around each transition of the zone, for one set hour.
 * Local dates and hours are checked with Intl, not with Temporal, which the product uses.
 */
export async function walkZone(src: string, zone: string, from: number, to: number, hour = HOUR): Promise<Walked> {
  const { digestDue } = (await import(path.join(src, 'kernel/calendar.ts'))) as { digestDue: typeof DigestDue };
  const posted = new Map<string, number>();
  const counts = { days: 0, ticks: 0, missed: 0, wrongDate: 0, early: 0, onDaysOff: 0 };
  const local = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const read = (ms: number) => {
    const parts = Object.fromEntries(local.formatToParts(ms).map((part) => [part.type, part.value]));
    return { date: `${parts.year}-${parts.month}-${parts.day}`, hour: Number(parts.hour) };
  };
  for (const ms of instants(zone, Date.UTC(from, 0, 1), Date.UTC(to, 0, 1))) {
    counts.ticks += 1;
    const due = digestDue(Temporal.Instant.fromEpochMilliseconds(ms), { hour, zone }, { weekend: new Set([6, 7]), holidays: new Set() });
    if (!due.due || posted.has(due.day)) continue;
    posted.set(due.day, ms);
    const seen = read(ms);
    if (seen.date !== due.day) counts.wrongDate += 1;
    if (seen.hour < hour) counts.early += 1;
    if (isWeekend(Date.parse(`${due.day}T00:00Z`) / 86_400_000)) counts.onDaysOff += 1;
  }
  // The first and last day are cut by the zone's offset: only whole days count.
  for (let ms = Date.UTC(from, 0, 2); ms < Date.UTC(to, 0, 1) - 86_400_000; ms += 86_400_000) {
    if (isWeekend(ms / 86_400_000)) continue;
    const iso = new Date(ms).toISOString().slice(0, 10);
    // A date that the zone skipped altogether (Samoa in 2011) cannot be posted; none falls into these years.
    counts.days += 1;
    if (!posted.has(iso)) counts.missed += 1;
  }
  return counts;
}

function* instants(zone: string, from: number, to: number): Generator<number> {
  const around = transitions(zone, from, to);
  let next = 0;
  for (let ms = from; ms < to; ms += 60 * MINUTE_MS) {
    yield ms;
    while (next < around.length && around[next]! < ms) next += 1;
    const transition = around[next];
    if (transition === undefined || Math.abs(transition - ms) > 3 * 60 * MINUTE_MS) continue;
    for (let minute = 1; minute < 60; minute += 1) yield ms + minute * MINUTE_MS;
  }
}

function transitions(zone: string, from: number, to: number): number[] {
  const found: number[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  for (;;) {
    at = at.getTimeZoneTransition('next');
    if (!at || at.epochMilliseconds >= to) return found;
    found.push(at.epochMilliseconds);
  }
}
