import { addDays, dayIn } from '../kernel/day.ts';
import { dayOff, type WorkingDays } from '../kernel/working-days.ts';

/** Mails reach a customer while somebody is at work there (own policy): local hours, the last one excluded. */
export const SENDING_HOURS = { from: 8, until: 18 } as const;

/** Holidays are known for two years ahead; a calendar without any working day is a fault of whoever made it. */
const FAR = 400;

/** `now` during working hours of the zone (IANA), else the beginning of the next ones. */
export function nextSendingTime(now: Temporal.Instant, zone: string, calendar: WorkingDays): Temporal.Instant {
  const today = dayIn(zone, now);
  const hour = now.toZonedDateTimeISO(zone).hour;
  const working = dayOff(today, calendar) === null;
  if (working && hour >= SENDING_HOURS.from && hour < SENDING_HOURS.until) return now;
  let next = working && hour < SENDING_HOURS.from ? today : addDays(today, 1);
  for (let looked = 0; dayOff(next, calendar) !== null; looked += 1) {
    if (looked > FAR) throw new RangeError(`no working day after ${today}`);
    next = addDays(next, 1);
  }
  const opens = Temporal.PlainTime.from({ hour: SENDING_HOURS.from });
  return Temporal.PlainDate.from(next).toZonedDateTime({ timeZone: zone, plainTime: opens }).toInstant();
}
