import { type Alert, alertUser, howTold, quiet, type SentAlerts } from '../domain/alerts.ts';
import { dayIn } from '../domain/day.ts';
import { memberOf, ownerUser } from '../domain/team.ts';
import { calendarAround } from './account-days.ts';
import type { AlertStore } from './alert-ports.ts';
import type { AccountStore, Clock, HolidayCalendar, Jobs, Ledger, SettingsStore, TeamStore } from './ports.ts';

export interface AlertPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly team: TeamStore;
  readonly ledger: Ledger;
  readonly accounts: AccountStore;
  readonly alerts: AlertStore;
  readonly jobs: Jobs;
  readonly holidays: HolidayCalendar;
}

/** Kind of the job that posts a message of alerts. */
export const ALERT_MESSAGE = 'alert-message';

/** Puts an alert down for whoever can act; false when its cause was told of before, or when nobody is there. */
export async function raiseAlert(
  ports: Pick<AlertPorts, 'clock' | 'settings' | 'team' | 'ledger' | 'accounts' | 'alerts'>,
  alert: Omit<Alert, 'user' | 'notBefore'> & { readonly notBefore?: Temporal.Instant },
): Promise<boolean> {
  const [row, worked, team, { zone }] = await Promise.all([
    ports.ledger.account(alert.account),
    ports.accounts.load(alert.account),
    ports.team.read(),
    ports.settings.read(),
  ]);
  const now = ports.clock.now();
  const asked = typeof alert.about.owner === 'string' ? alert.about.owner : (ownerUser(team, row?.owner ?? '') ?? '');
  const user = worked && alertUser(alert.cause, team, asked, worked.work.collector, dayIn(zone, now));
  return user ? ports.alerts.add({ notBefore: now, ...alert, user }) : false;
}

/** Hands waiting alerts on, in working hours: each as its own card, or as one list where they are many or a person wants one a day (F38). */
export async function tellAlerts(ports: AlertPorts): Promise<void> {
  const now = ports.clock.now();
  for (const message of await ports.alerts.unhanded()) await hand(ports, message, now);
  const { zone, country, region, digestHour } = await ports.settings.read();
  const today = dayIn(zone, now);
  if (quiet(now, zone, calendarAround(ports.holidays, `${country}/${region}`, Number(today.slice(0, 4))))) return;
  const team = await ports.team.read();
  const local = now.toZonedDateTimeISO(zone);
  for (const [user, waiting] of Map.groupBy(await ports.alerts.waiting(now), (alert) => alert.user)) {
    const sent: SentAlerts[] = await ports.alerts.sent(user, local.startOfDay().toInstant());
    const daily = memberOf(team, user)?.alerts === 'daily' ? { hourCame: local.hour >= digestHour } : null;
    const how = howTold(waiting.length, sent, now, daily);
    if (how === 'later') continue;
    const bundles = how === 'list' ? [waiting] : waiting.map((alert) => [alert]);
    for (const bundle of bundles) {
      const id = `${ALERT_MESSAGE}:${bundle[0]!.id}`;
      const ids = bundle.map((alert) => alert.id);
      if ((await ports.alerts.bundle(ids, { id, user, list: how === 'list', at: now })) > 0) await hand(ports, id, now);
    }
  }
}

async function hand({ jobs, alerts }: AlertPorts, message: string, now: Temporal.Instant): Promise<void> {
  await jobs.add({ id: message, kind: ALERT_MESSAGE, payload: { message }, dueAt: now });
  await alerts.handed(message);
}
