import { changeAccount } from '../account/change-account.op.ts';
import { changeOnFigures } from '../account/change-on-figures.op.ts';
import type { Day } from '../kernel/day.ts';
import { dayIn } from '../kernel/day.ts';
import type { Job } from '../kernel/jobs.port.ts';
import { hold } from '../kernel/work-job.op.ts';
import { calendarAround, workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { type AccountCase, readAccountDay, readAccountDays } from './account-days.op.ts';
import { planStarts, unplaced } from './plan-starts.op.ts';
import { type Policies, policyFor } from './policies.ts';
import { type AgeBand, lastDunned, startMarks } from './start.ts';

export const START_MANY = 'start-many';
/** Kind of the job that tells how it ended. */
export const STARTS_TOLD = 'starts-told';
/** Between two written steps: their figures are read in one pass. */
const STEP = 200;
const LEASE_SECONDS = 120;
/** Hours in which many starting points can be taken back at once. */
export const UNDO_HOURS = 24;

type Row = [account: string, entity: string, from: Day];
interface Payload {
  readonly by: string;
  readonly place: string;
  readonly rows: readonly Row[];
  readonly bands: readonly AgeBand[];
  /** Id of the job whose starting points are taken back. */
  readonly undoes?: string;
}

/** How many starting points were set or taken back so far, and how many were left as they are. */
export interface StartsState {
  readonly id: string;
  readonly by: string;
  readonly place: string;
  readonly total: number;
  readonly done: number;
  readonly left: number;
  readonly undo: boolean;
  /** Until when it can be taken back; null: not any more, or never. */
  readonly undoUntil: Temporal.Instant | null;
}

/**
 * Says for every invoice that was overdue when it was imported what its customer has had: by the accounting system's own reminders where it names them, else
 * by age. At most so many customers a day begin, on working days of ours. `place`: a channel, in a thread behind a colon; '' for a direct message.
 * How many customers and entities are placed; 0: none waits, or this id was handed over before.
 */
export async function startMany(
  world: World,
  id: string,
  of: { readonly bands: readonly AgeBand[]; readonly aDay: number; readonly by: string; readonly place: string },
): Promise<number> {
  const { rows } = await planStarts(world);
  if (rows.length === 0) return 0;
  const { zone, country, region } = await world.settings.read();
  const now = world.clock.now();
  const today = dayIn(zone, now);
  const ours = calendarAround(world.holidays, { country, region }, today, 2);
  const begins: Day[] = [today];
  const payload: Payload = {
    ...{ by: of.by, place: of.place, bands: of.bands },
    rows: rows.map(({ account, entity }, at): Row => {
      const day = Math.floor(at / of.aDay);
      begins[day] ??= workingDayAfter(begins[day - 1]!, 1, ours);
      return [account, entity, begins[day]];
    }),
  };
  return (await world.jobs.add({ id, kind: START_MANY, payload: { ...payload }, dueAt: now })) ? rows.length : 0;
}

/** Takes back what `startMany` has set, for a day; customers who were contacted since keep theirs. */
export async function takeBackStarts(
  world: Pick<World, 'jobs' | 'clock'>,
  of: string,
  by: string,
): Promise<'begun' | 'begun-before' | 'still-placing' | 'too-late' | 'no-such-starts'> {
  const job = await world.jobs.get(of);
  if (!job || job.kind !== START_MANY || (job.payload as unknown as Payload).undoes !== undefined) return 'no-such-starts';
  if (job.state === 'open') return 'still-placing';
  const now = world.clock.now();
  if (Temporal.Instant.compare(now, job.createdAt.add({ hours: UNDO_HOURS })) > 0) return 'too-late';
  const { rows, place } = job.payload as unknown as Payload;
  const { kept = [] } = job.progress as Progress;
  const untouched = new Set(kept.map(([account, entity]) => `${account}\n${entity}`));
  const payload: Payload = {
    ...{ by, place, bands: [], undoes: of },
    rows: rows.filter(([account, entity]) => !untouched.has(`${account}\n${entity}`)),
  };
  return (await world.jobs.add({ id: `${of}:undo`, kind: START_MANY, payload: { ...payload }, dueAt: now })) ? 'begun' : 'begun-before';
}

interface Progress {
  readonly next?: number;
  /** Customer and entity of those that were left as they are. */
  readonly kept?: readonly (readonly [string, string])[];
}

/** Carries out what was handed over, in steps that any instance may take up after a crash: a customer's command id lets each happen once. */
export async function workStarts(world: World): Promise<void> {
  for (;;) {
    const job = await world.jobs.claim([START_MANY], world.owner, world.clock.now(), LEASE_SECONDS);
    if (!job) return;
    const { release } = hold(world, job);
    const goesOn = await step(world, job).finally(release);
    if (!goesOn) return;
  }
}

/** False when another instance has taken the job over. */
async function step(world: World, job: Job): Promise<boolean> {
  const { rows, place } = job.payload as unknown as Payload;
  const { next: from = 0, kept: before = [] } = job.progress as Progress;
  const kept = [...before];
  const next = Math.min(from + STEP, rows.length);
  for (const [row, done] of await carryOut(world, job, rows.slice(from, next))) if (!done) kept.push([row[0], row[1]]);
  if (!(await world.jobs.progress(job, { next, kept } satisfies Progress))) return false;
  if (next < rows.length) return world.jobs.retry(job, world.clock.now(), '');
  await world.jobs.add({ id: `${STARTS_TOLD}:${job.id}`, kind: STARTS_TOLD, payload: { job: job.id, place }, dueAt: world.clock.now() });
  return world.jobs.done(job);
}

/** Each with whether it was done; false where it was left as it is. The accounts are read before their figures, and the write is guarded by them. */
async function carryOut(world: World, job: Job, rows: readonly Row[]): Promise<[Row, boolean][]> {
  const { by, bands, undoes } = job.payload as unknown as Payload;
  const loaded = await Promise.all(rows.map(([account]) => world.accounts.load(account)));
  const read = undoes === undefined ? await readAccountDays(world) : null;
  const cases = new Map(read?.cases.map((each) => [each.row.id, each]));
  const done: [Row, boolean][] = [];
  for (const [at, row] of rows.entries()) {
    const [account, entity, from] = row;
    const command = `${job.id}:${account}:${entity}`;
    const before = loaded[at];
    if (!read || !before) {
      done.push([row, (await changeAccount(world, account, { do: 'take-back-start', entity }, by, command)).done]);
      continue;
    }
    const begin = (found: AccountCase | undefined, policies: Policies) => startRequest(found, policies, { entity, from, bands });
    const request = begin(cases.get(account), read.policies);
    const result = 'refused' in request ? null : await changeAccount(world, account, request, by, command, before);
    // Somebody was quicker, or another selling entity of the customer was just placed: its figures are read again.
    const again = async () => {
      const one = await readAccountDay(world, account);
      return one ? begin(one.cases[0], one.policies) : { refused: 'nothing-to-place' as const };
    };
    const stale = result === null || (!result.done && result.refused === 'changed-meanwhile');
    done.push([row, stale ? (await changeOnFigures(world, account, again, by, command)).done : result.done]);
  }
  return done;
}

function startRequest(
  found: AccountCase | undefined,
  policies: Policies,
  { entity, from, bands }: { readonly entity: string; readonly from: Day; readonly bands: readonly AgeBand[] },
) {
  const items = found ? unplaced(found, entity) : [];
  if (!found || items.length === 0) return { refused: 'nothing-to-place' as const };
  const { today } = found.day;
  const marks = startMarks(items, policyFor(policies, found.work.policy, found.row.segment), today, bands);
  return { do: 'confirm-start' as const, entity, stage: null, sent: lastDunned(items, today), marks, from };
}

/** How far it is; null when there is none of that id. */
export async function startsState({ jobs, clock }: Pick<World, 'jobs' | 'clock'>, id: string): Promise<StartsState | null> {
  const job = await jobs.get(id);
  if (!job || job.kind !== START_MANY) return null;
  const { by, place, rows, undoes } = job.payload as unknown as Payload;
  const { next = 0, kept = [] } = job.progress as Progress;
  const until = job.createdAt.add({ hours: UNDO_HOURS });
  const open = undoes === undefined && Temporal.Instant.compare(clock.now(), until) <= 0 && (await jobs.get(`${id}:undo`)) === null;
  return {
    id,
    by,
    place,
    total: rows.length,
    done: next - kept.length,
    left: kept.length,
    undo: undoes !== undefined,
    undoUntil: open ? until : null,
  };
}
