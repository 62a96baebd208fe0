import type { AccountRefusal, AssignedHow } from '../account/account-work.ts';
import { changeAccount } from '../account/change-account.op.ts';
import type { Job } from '../kernel/jobs.port.ts';
import type { World } from '../kernel/world.port.ts';
import type { Assignment } from './plan-assignments.op.ts';
import { type AssignmentNews, listed, TELL_ASSIGNED } from './tell-assignment.op.ts';

export const ASSIGN_MANY = 'assign-many';
/** Accounts between two written steps; more than these are shown as they progress. */
export const CHUNK = 100;
const LEASE_SECONDS = 120;

export interface AssignManyNeeds extends Pick<World, 'clock' | 'settings' | 'accounts' | 'jobs' | 'owner'> {
  /** Shows the asker how far it is; called after each step and at the end. */
  readonly report: (state: AssignManyState) => Promise<void>;
}

export interface AssignManyState {
  readonly id: string;
  readonly by: string;
  readonly total: number;
  /** Accounts gone through. */
  readonly next: number;
  readonly refused: readonly Refused[];
  readonly ended: boolean;
}

type Refused = { readonly account: string; readonly why: AccountRefusal | 'no-such-account' | 'changed-meanwhile' };
type Row = [account: string, seen: string | null, to: string, how: AssignedHow];
type Payload = { by: string; rows: Row[] };
type Progress = { next?: number; refused?: Refused[] };

/** Hands many assignments over to whoever works next. False when this id was handed over before. `by`: Slack user id, or 'rule'. */
export function assignMany(
  world: Pick<World, 'jobs' | 'clock'>,
  id: string,
  assignments: readonly Assignment[],
  by: string,
): Promise<boolean> {
  const rows = assignments.map(({ account, seen, to, how }): Row => [account, seen, to, how]);
  return world.jobs.add({ id, kind: ASSIGN_MANY, payload: { by, rows } satisfies Payload, dueAt: world.clock.now() });
}

/** Carries out what was handed over, in steps that any instance may take up after a crash: an account's command id lets it happen once. */
export async function workAssignments(world: AssignManyNeeds): Promise<void> {
  for (;;) {
    const job = await world.jobs.claim([ASSIGN_MANY], world.owner, world.clock.now(), LEASE_SECONDS);
    if (!job) return;
    if (!(await step(world, job))) return;
  }
}

/** False when another instance has taken the job over. */
async function step(world: AssignManyNeeds, job: Job): Promise<boolean> {
  const { by, rows } = job.payload as Payload;
  const { next: from = 0, refused: before = [] } = job.progress as Progress;
  const refused = [...before];
  const next = Math.min(from + CHUNK, rows.length);
  for (const [account, seen, to, how] of rows.slice(from, next)) {
    const result = await changeAccount(world, account, { do: 'assign', to, how, seen }, by, `${job.id}:${account}`);
    if (!result.done) refused.push({ account, why: result.refused });
  }
  if (!(await world.jobs.progress(job, { next, refused } satisfies Progress))) return false;
  const ended = next === rows.length;
  if (ended) await tell(world, job.id, by, rows, refused);
  await world.report({ id: job.id, by, total: rows.length, next, refused, ended });
  return ended ? world.jobs.done(job) : world.jobs.retry(job, world.clock.now(), '');
}

/** One message a person, however many accounts. */
async function tell(world: AssignManyNeeds, id: string, by: string, rows: readonly Row[], refused: readonly Refused[]): Promise<void> {
  const kept = new Set(refused.map((each) => each.account));
  const done = rows.filter(([account]) => !kept.has(account));
  const people = new Set(done.flatMap(([, seen, to]) => (seen ? [seen, to] : [to])));
  people.delete(by);
  for (const user of people) {
    const gained = done.filter(([, , to]) => to === user).map(([account]) => account);
    const lost = done.filter(([, seen]) => seen === user).map(([account]) => account);
    const news: AssignmentNews = { user, by, gained: listed(gained), lost: listed(lost) };
    await world.jobs.add({ id: `tell:${id}:${user}`, kind: TELL_ASSIGNED, payload: { ...news }, dueAt: world.clock.now() });
  }
}
