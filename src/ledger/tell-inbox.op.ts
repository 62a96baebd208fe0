import { addDays, dayIn } from '../kernel/day.ts';
import { calendarAround, dayOff } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { mayDo, memberOf, whoCould, withRole } from '../team/team.ts';
import { BY_INBOX, type Taken } from './take-inbox.op.ts';

/** Kind of the job that tells somebody of a file of the folder. */
export const INBOX_NEWS = 'inbox-news';

/** What whoever imports must know of the folder; `name`: the file's, or of the last one where none came. */
export type InboxNews =
  | { readonly what: 'refused'; readonly name: string; readonly reason: string }
  | { readonly what: 'rejected-rows'; readonly name: string; readonly rows: number; readonly rejected: number }
  | { readonly what: 'missing'; readonly name: string };

type Needs = Pick<World, 'jobs' | 'clock' | 'team' | 'pastRuns'>;
const LOOKED_AT = 100;

/** Whoever imported last in Slack and still may; else the managers, else the admins. Slack user ids. */
async function whoImports({ pastRuns, team }: Needs): Promise<string[]> {
  const [members, { runs }] = await Promise.all([team.read(), pastRuns.page(0, LOOKED_AT)]);
  const last = runs.find(({ by }) => /^[UW][A-Z0-9]+$/.test(by) && mayDo(members, by, 'manage') && !memberOf(members, by)?.left);
  if (last) return [last.by];
  const managers = withRole(members, 'manager').filter((user) => !memberOf(members, user)?.left);
  return managers.length > 0 ? managers : whoCould(members, 'manage');
}

async function tell(world: Needs, id: string, news: InboxNews): Promise<void> {
  for (const user of await whoImports(world))
    await world.jobs.add({ id: `${INBOX_NEWS}:${id}:${user}`, kind: INBOX_NEWS, payload: { user, ...news }, dueAt: world.clock.now() });
}

/** Tells of a file that was refused, or of rows that were; once each. */
export async function tellTaken(world: Needs, { name, sha256, became }: Taken): Promise<void> {
  const hour = world.clock.now().toString({ smallestUnit: 'minute' }).slice(0, 13);
  if (became.kind === 'refused') await tell(world, `refused:${hour}:${sha256}:${name}`, { what: 'refused', name, reason: became.reason });
  if (became.kind !== 'imported' || became.summary.rejected === 0) return;
  const { rowsIn, rejected } = became.summary;
  await tell(world, `rejected:${sha256}`, { what: 'rejected-rows', name, rows: rowsIn, rejected });
}

/**
 * Tells at the digest's hour of a working day that no file has come since the same hour of the working day before; once a day. Only where files came
 * out of the folder before: one dropped into Slack meanwhile counts as having come.
 */
export async function tellMissing(world: Needs & Pick<World, 'settings' | 'ledger' | 'holidays'>): Promise<void> {
  const { zone, digestHour, country, region } = await world.settings.read();
  const now = world.clock.now().toZonedDateTimeISO(zone);
  const today = dayIn(zone, world.clock.now());
  if (now.hour < digestHour) return;
  const ours = calendarAround(world.holidays, { country, region }, today);
  const off = (day: typeof today) => dayOff(day, ours) !== null;
  if (off(today)) return;
  let before = addDays(today, -1);
  while (off(before)) before = addDays(before, -1);
  const since = Temporal.PlainDate.from(before).toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from({ hour: digestHour }),
  });
  const { asOf, applying, sample } = await world.ledger.freshness();
  if (asOf === null || sample || applying || Temporal.Instant.compare(asOf, since.toInstant()) >= 0) return;
  const { runs } = await world.pastRuns.page(0, LOOKED_AT);
  const last = runs.find(({ by, state }) => by === BY_INBOX && state === 'done');
  if (last) await tell(world, `missing:${today}`, { what: 'missing', name: last.source });
}
