import { type Day, dayIn } from './day.ts';
import { dayOff, type WorkingDays } from './working-days.ts';

/** When the digest goes out: a local hour (0-23) in a zone. */
export interface DigestHour {
  readonly hour: number;
  readonly zone: string;
}

/** Minutes after the set hour from which a digest says that it is late. */
const LATE_AFTER_MINUTES = 15;

export type DigestDue = { readonly due: false } | { readonly due: true; readonly day: Day; readonly late: boolean };

/**
 * Whether the digest of the local day of `now` may go out. Keyed by the local date, not by a timer: an hour that a clock change
 * skips counts from the first instant after it, one that it repeats has already been posted at its first occurrence.
 */
export function digestDue(now: Temporal.Instant, at: DigestHour, calendar: WorkingDays): DigestDue {
  const today = dayIn(at.zone, now);
  if (dayOff(today, calendar) !== null) return { due: false };
  const time = Temporal.PlainTime.from({ hour: at.hour });
  const from = Temporal.PlainDate.from(today).toZonedDateTime({ timeZone: at.zone, plainTime: time }).toInstant();
  const minutes = now.since(from).total('minutes');
  if (minutes < 0) return { due: false };
  return { due: true, day: today, late: minutes > LATE_AFTER_MINUTES };
}
