import type { StoredCase } from '../escalation/case.port.ts';
import { salesOf } from '../escalation/case-kinds.op.ts';
import { whoMayDecide } from '../escalation/case-people.ts';
import { type Day, dayIn } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { Reactions } from '../kernel/reactions.op.ts';
import type { Tell } from '../kernel/told.op.ts';
import { calendarAround } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { secondApprovers } from '../mails/review-queue.op.ts';
import { memberOf, type Team } from '../team/team.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { ALERT_TO, type Alert, type AlertCause, alertUsers, goesToSeveral, howTold, nextList, quiet, type SentAlerts } from './alerts.ts';

/** Kind of the job that posts a message of alerts. */
export const ALERT_MESSAGE = 'alert-message';

/** What somebody must hear of, before it is known who. */
export interface Cause extends Omit<Alert, 'user' | 'notBefore' | 'ends'> {
  /** Slack user id of who was asked, took the promise, approved or sees to it. */
  readonly named?: string;
  readonly notBefore?: Temporal.Instant;
}

/** Puts an alert down for whoever can act; how many are told who were not told of its cause before. */
export async function raiseAlert(world: World, { named = '', ...cause }: Cause): Promise<number> {
  const ofAccount = cause.account !== '';
  const [worked, team, { zone }] = await Promise.all([
    ofAccount ? world.accounts.load(cause.account) : null,
    world.team.read(),
    world.settings.read(),
  ]);
  if (ofAccount && !worked) return 0;
  const now = world.clock.now();
  const today = dayIn(zone, now);
  const decided = ALERT_TO[cause.cause] === 'deciders' ? await world.cases.load(String(cause.about.case)) : null;
  const several = await severalOf(world, cause, team, today, decided);
  const ends = decided && Temporal.Instant.from(decided.case.expiresAt);
  const users = alertUsers(cause.cause, team, { named, collector: worked?.work.collector ?? null, several }, today);
  let raised = 0;
  for (const user of users) {
    const id = goesToSeveral(cause.cause) ? `${cause.id}:${user}` : cause.id;
    if (await world.alerts.add({ notBefore: now, ...cause, ends, id, user })) raised += 1;
  }
  return raised;
}

async function severalOf(
  world: World,
  { cause, account, about }: Omit<Cause, 'named'>,
  team: Team,
  today: Day,
  decided: StoredCase | null,
): Promise<readonly string[]> {
  if (decided) return whoMayDecide(decided.case, team, today).map(({ user }) => user);
  if (ALERT_TO[cause] === 'sales') return salesOf(world, account);
  if (ALERT_TO[cause] !== 'seconds') return [];
  const approved = await world.drafts.load(String(about.draft));
  return approved ? secondApprovers(approved.draft, team, today) : [];
}

/** Kind of the job that raises an alert of what was recorded; it survives a crash. */
export const RAISE_ALERT = 'raise-alert';

/** Its moment as text: what a job carries. */
interface OwedCause extends Omit<Cause, 'notBefore'> {
  readonly notBefore?: string;
}

/** An alert owed for a fact; of the account the fact is about, unless it is said which. */
export function alertTell(
  fact: RecordedFact,
  cause: AlertCause,
  about: Alert['about'],
  more: Partial<Pick<OwedCause, 'account' | 'named' | 'notBefore'>> = {},
): Tell {
  const account = idOf(fact);
  const payload: OwedCause = { id: `${cause}:${fact.id}`, cause, account, about, ...more };
  return { id: `${RAISE_ALERT}:${cause}:${fact.id}`, kind: RAISE_ALERT, payload: { ...payload } };
}

/** Raises what facts have left behind. */
export const alertReactions = (world: World): Reactions => ({
  async [RAISE_ALERT](payload) {
    const { notBefore, ...cause } = payload as unknown as OwedCause;
    await raiseAlert(world, notBefore === undefined ? cause : { ...cause, notBefore: Temporal.Instant.from(notBefore) });
  },
});

/** Hands on what waits, in working hours: each as its own card, or as one list where they are many or a person wants one a day. */
export async function tellAlerts(world: World): Promise<void> {
  const now = world.clock.now();
  await eachAlone('messages', await world.alerts.unhanded(), String, (message) => hand(world, message, now));
  const { zone, country, region, digestHour } = await world.settings.read();
  const ours = calendarAround(world.holidays, { country, region }, dayIn(zone, now));
  if (quiet(now, zone, ours)) return;
  const team = await world.team.read();
  const local = now.toZonedDateTimeISO(zone);
  const listed = nextList(now, digestHour, zone, ours);
  const waitingFor = Map.groupBy(await world.alerts.waiting(now), (alert) => alert.user);
  await eachAlone(
    'people',
    waitingFor,
    ([user]) => user,
    async ([user, all]) => {
      const sent: SentAlerts[] = await world.alerts.sent(user, local.startOfDay().toInstant());
      const daily = memberOf(team, user)?.alerts === 'daily' ? { hourCame: local.hour >= digestHour } : null;
      // Before its end and after the list of today there is no other.
      const last = (alert: Alert) => alert.ends !== null && Temporal.Instant.compare(alert.ends, listed) <= 0;
      const how = howTold(all.length, sent, now, daily);
      const waiting = how === 'later' ? all.filter(last) : all;
      const bundles = how === 'list' ? [waiting] : waiting.map((alert) => [alert]);
      for (const bundle of bundles) {
        const id = `${ALERT_MESSAGE}:${bundle[0]!.id}`;
        const ids = bundle.map((alert) => alert.id);
        if ((await world.alerts.bundle(ids, { id, user, list: how === 'list', at: now })) > 0) await hand(world, id, now);
      }
    },
  );
}

async function hand({ jobs, alerts }: World, message: string, now: Temporal.Instant): Promise<void> {
  await jobs.add({ id: message, kind: ALERT_MESSAGE, payload: { message }, dueAt: now });
  await alerts.handed(message);
}
