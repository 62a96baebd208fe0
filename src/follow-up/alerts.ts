import { addDays, type Day, dayIn } from '../kernel/day.ts';
import { dayOff, type WorkingDays } from '../kernel/working-days.ts';
import { actingFor, mayDo, memberOf, type Team, whoCould, withRole } from '../team/team.ts';

/**
 * Whom an alert may go to. One person, whoever is there first: 'owner' in sales, who was asked; 'collector', or who covers, else somebody who
 * manages; 'taker' of a promise, else as the collector. Each of several: 'arranger', who made the arrangement, and the collector; 'managers'
 * and whoever sees to it; 'leads', managers and finance leads; 'deciders' of a case; 'seconds', who may approve a mail that one person has
 * approved; 'sales' operations; 'admins', of what belongs to no account.
 */
export type Audience = 'owner' | 'collector' | 'taker' | 'arranger' | 'managers' | 'leads' | 'deciders' | 'seconds' | 'sales' | 'admins';

/** What somebody must hear of, and who can act on it. */
export const ALERT_TO = {
  'owner-question': 'owner',
  'owner-call': 'owner',
  'owner-call-ends': 'owner',
  'owner-delays': 'collector',
  'limit-passed': 'collector',
  'limit-near': 'collector',
  'credit-task': 'collector',
  'credit-file-missing': 'collector',
  'mail-bounced': 'collector',
  'mail-trouble': 'collector',
  'contact-search': 'collector',
  'reply-unanswered': 'collector',
  insolvent: 'collector',
  'insurance-deadline': 'collector',
  'payment-received': 'collector',
  'supply-release': 'collector',
  'promise-broken': 'taker',
  'plan-missed': 'arranger',
  'plan-defaulted': 'arranger',
  'write-off-paid': 'arranger',
  'dispute-overdue': 'managers',
  'manager-call': 'managers',
  'second-approval': 'seconds',
  'filing-deadline': 'leads',
  'vat-relief': 'leads',
  'case-lapses': 'deciders',
  'supply-task': 'sales',
  'mail-stopped': 'admins',
  'mail-works': 'admins',
  'rate-missing': 'admins',
} as const satisfies Readonly<Record<string, Audience>>;
export type AlertCause = keyof typeof ALERT_TO;

export interface Alert {
  /** Names the cause: there is one alert of it, ever, for each person it goes to. */
  readonly id: string;
  readonly cause: AlertCause;
  /** '' where it is about none. */
  readonly account: string;
  /** Ids, days, currencies and minor units; what its card says besides the account. */
  readonly about: Readonly<Record<string, string | number | readonly string[]>>;
  /** Slack user id. */
  readonly user: string;
  /** Not told before. */
  readonly notBefore: Temporal.Instant;
  /** Then it is over: it does not wait for a list that comes later. Null: it waits. */
  readonly ends: Temporal.Instant | null;
}

/** Those among whom an alert finds its people. */
export interface AlertPeople {
  /** Who was asked, took the promise, approved or sees to it; '' where the cause names nobody. */
  readonly named: string;
  readonly collector: string | null;
  /** Of a case, of a mail's second approval or of sales operations. */
  readonly several: readonly string[];
}

/** Who can act on a cause on a day; nobody when none of them is there. */
export function alertUsers(cause: AlertCause, team: Team, { named, collector, several }: AlertPeople, today: Day): readonly string[] {
  const acting = (users: readonly (string | null)[]) =>
    users.flatMap((user) => (user ? actingFor(team, user, today) : [])).filter((user) => !memberOf(team, user)?.left);
  const working = (users: readonly (string | null)[]) => acting(users).filter((user) => mayDo(team, user, 'collect'));
  const managing = whoCould(team, 'manage').filter((user) => mayDo(team, user, 'collect'));
  const first = (users: readonly (string | null)[]) => [...working(users), ...managing].slice(0, 1);
  const each = (users: readonly string[]) => [...new Set(users)];
  switch (ALERT_TO[cause]) {
    case 'owner':
      return acting([named]);
    case 'collector':
      return first([collector, named]);
    case 'taker':
      return first([named, collector]);
    case 'arranger':
      return working([named, collector]).length > 0 ? each(working([named, collector])) : first([]);
    case 'managers':
      return each([...acting([named]), ...withRole(team, 'manager').filter((user) => managing.includes(user))]);
    case 'leads':
      return each(acting([...withRole(team, 'manager'), ...withRole(team, 'finance-lead')]));
    case 'deciders':
    case 'seconds':
    case 'sales':
      return each(several);
    case 'admins': {
      const admins = acting(withRole(team, 'admin'));
      return each(admins.length > 0 ? admins : managing);
    }
  }
}

/** Whether an alert goes to each of several people; otherwise somebody who manages gets it when its person cannot be reached. */
export const goesToSeveral = (cause: AlertCause) => !['owner', 'collector', 'taker'].includes(ALERT_TO[cause]);

/** Hours of our zone. */
export const OPENS = 8;
const CLOSES = 18;

/** Nobody is written to before 8, from 18 on, or on days off. */
export function quiet(now: Temporal.Instant, zone: string, ours: WorkingDays): boolean {
  const { hour } = now.toZonedDateTimeISO(zone);
  return hour < OPENS || hour >= CLOSES || dayOff(dayIn(zone, now), ours) !== null;
}

/** When to speak of what ends at a moment: as wanted, unless the quiet hours then outlast it; then before them. */
export function spokenOf(wanted: Temporal.Instant, ends: Temporal.Instant, zone: string, ours: WorkingDays): Temporal.Instant {
  const outlasts = (from: Temporal.Instant): boolean =>
    Temporal.Instant.compare(from, ends) >= 0 || (quiet(from, zone, ours) && outlasts(from.add({ hours: 1 })));
  const before = (from: Temporal.Instant): Temporal.Instant => (quiet(from, zone, ours) ? before(from.subtract({ hours: 1 })) : from);
  return outlasts(wanted) ? before(wanted) : wanted;
}

/** When the next list of a day goes out: at the hour of the digest on a working day. */
export function nextList(now: Temporal.Instant, hour: number, zone: string, ours: WorkingDays): Temporal.Instant {
  const from = (on: Day): Temporal.Instant => {
    const plainTime = { hour: Math.max(hour, OPENS) };
    const list = Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: zone, plainTime }).toInstant();
    return dayOff(on, ours) || Temporal.Instant.compare(list, now) <= 0 ? from(addDays(on, 1)) : list;
  };
  return from(dayIn(zone, now));
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
