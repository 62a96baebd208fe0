import { type Day, dayIn } from './day.ts';
import { actingFor, mayDo, memberOf, type Team, whoCould } from './team.ts';
import { dayOff, type WorkingDays } from './working-days.ts';

/**
 * What somebody must hear of (F38), and who can act on it: 'owner', the account's in sales; 'collector', or who covers, else somebody who manages.
 * A broken promise, a dispute past its limit, a mail that failed and an approval about to lapse have cards of their own, with the same people.
 */
export const ALERT_TO = {
  'owner-question': 'owner',
  'owner-call': 'owner',
  'owner-call-ends': 'owner',
  'owner-delays': 'collector',
  'limit-passed': 'collector',
  'mail-bounced': 'collector',
  'reply-unanswered': 'collector',
  insolvent: 'collector',
  'insurance-deadline': 'collector',
  'payment-received': 'collector',
  'supply-release': 'collector',
} as const satisfies Readonly<Record<string, 'owner' | 'collector'>>;
export type AlertCause = keyof typeof ALERT_TO;

export interface Alert {
  /** Names the cause: there is one alert of it, ever. */
  readonly id: string;
  readonly cause: AlertCause;
  readonly account: string;
  /** Ids, days, currencies and minor units; what its card says besides the account. */
  readonly about: Readonly<Record<string, string | number>>;
  /** Slack user id. */
  readonly user: string;
  /** Not told before. */
  readonly notBefore: Temporal.Instant;
}

/** Who can act on a cause on a day; null when nobody is there. */
export function alertUser(cause: AlertCause, team: Team, owner: string, collector: string | null, today: Day): string | null {
  if (ALERT_TO[cause] === 'owner') return actingFor(team, owner, today);
  const acting = collector && actingFor(team, collector, today);
  const works = acting && !memberOf(team, acting)?.left && mayDo(team, acting, 'collect');
  return works ? acting : (whoCould(team, 'manage').find((user) => mayDo(team, user, 'collect')) ?? null);
}

const [OPENS, CLOSES] = [8, 18];

/** Nobody is written to before 8, from 18 on, or on days off. */
export function quiet(now: Temporal.Instant, zone: string, ours: WorkingDays): boolean {
  const { hour } = now.toZonedDateTimeISO(zone);
  return hour < OPENS || hour >= CLOSES || dayOff(dayIn(zone, now), ours) !== null;
}

/** More than so many messages within an hour become one list. */
export const AT_ONCE = 5;

/** A message of alerts that was sent to a person. */
export interface SentAlerts {
  readonly at: Temporal.Instant;
  readonly list: boolean;
}

/** How so many waiting alerts of one person go now. `daily`: they asked for one list a day, at the hour of the digest. */
export function howTold(
  waiting: number,
  sentToday: readonly SentAlerts[],
  now: Temporal.Instant,
  daily: { readonly hourCame: boolean } | null,
): 'each' | 'list' | 'later' {
  if (waiting === 0) return 'later';
  if (daily) return daily.hourCame && !sentToday.some(({ list }) => list) ? 'list' : 'later';
  const recent = sentToday.filter(({ at }) => now.since(at).total('minutes') < 60);
  if (recent.some(({ list }) => list)) return 'later';
  return recent.length + waiting > AT_ONCE ? 'list' : 'each';
}
