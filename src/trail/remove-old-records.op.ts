import { z } from 'zod';
import type { Day } from '../kernel/day.ts';
import type { Job } from '../kernel/jobs.port.ts';
import type { World } from '../kernel/world.port.ts';
import { changeRetention, companyToday, recordsOf } from './retain.op.ts';
import type { OldOfAccount } from './retention.port.ts';
import { type Counts, counting, cutOffs, keptBecause, type Months, NOTHING, RECORD_KINDS } from './retention.ts';

export const RETENTION_JOB = 'remove-old-records';

/** Of records removed in one turn of the clock; the account that passes it is still done whole. */
export const AT_A_TIME = 500;
/** Of accounts looked at in one turn. */
const LOOKED_AT = 1000;
const LEASE_SECONDS = 120;
const TURN_SECONDS = 30;

const DAY = z.string().transform((text) => text as Day);
const PROGRESS = z.object({
  after: z.string(),
  counts: z.record(z.string(), z.object({ records: z.number(), oldest: DAY.nullable(), newest: DAY.nullable() })),
});

/** Id of the run of a day; one more begins when other months come into force. */
const runId = (on: Day, months: Months) => `${RETENTION_JOB}:${on}:${RECORD_KINDS.map((kind) => months[kind] ?? '-').join('.')}`;

/**
 * One turn of the day's run: removes what is old enough by the months in force, a few hundred records at a time, and records at its end how much
 * went. While an import writes the ledger nothing is removed. May be repeated; of several instances one works.
 */
export async function removeOldRecords(
  world: Pick<World, 'clock' | 'settings' | 'retention' | 'oldRecords' | 'jobs' | 'ledger' | 'owner'>,
): Promise<void> {
  const { inForce } = await world.retention.read();
  if (RECORD_KINDS.every((kind) => inForce[kind] === null)) return;
  if ((await world.ledger.freshness()).applying) return;
  const now = world.clock.now();
  const today = await companyToday(world);
  await world.jobs.add({ id: runId(today, inForce), kind: RETENTION_JOB, payload: { on: today }, dueAt: now });
  const job = await world.jobs.claim([RETENTION_JOB], world.owner, now, LEASE_SECONDS);
  if (!job) return;
  try {
    await turn(world, job, inForce);
  } catch (error) {
    await world.jobs.retry(job, now.add({ minutes: 5 }), String(error));
    throw error;
  }
}

async function turn(
  world: Pick<World, 'clock' | 'settings' | 'retention' | 'oldRecords' | 'jobs' | 'ledger' | 'owner'>,
  job: Job,
  months: Months,
): Promise<void> {
  const on = z.object({ on: DAY }).parse(job.payload).on;
  const ends = cutOffs(months, on);
  const known = PROGRESS.safeParse(job.progress);
  let after = known.success ? known.data.after : '';
  let counts: Counts = known.success ? { ...NOTHING, ...known.data.counts } : NOTHING;
  let removed = 0;
  for (let looked = 0; removed < AT_A_TIME && looked < LOOKED_AT; ) {
    const page = await world.oldRecords.page(after, ends);
    if (page.length === 0) return void (await end(world, job, on, counts));
    const going = upTo(AT_A_TIME - removed, page);
    const gone = await world.oldRecords.remove(
      going.filter(({ work, unsettled }) => keptBecause(work, unsettled).length === 0),
      world.clock.now(),
    );
    for (const kind of RECORD_KINDS) {
      counts = counting(
        counts,
        kind,
        gone[kind].map((record) => record.on),
      );
      removed += gone[kind].length;
    }
    looked += going.length;
    after = going.at(-1)!.id;
    // A lease that was lost is another instance's, which goes on behind the last account written down.
    if (!(await world.jobs.progress(job, { after, counts }))) return;
  }
  await world.jobs.retry(job, world.clock.now().add({ seconds: TURN_SECONDS }), '');
}

/** The first accounts of a page, until their records are so many; one at least. */
function upTo(most: number, page: readonly OldOfAccount[]): readonly OldOfAccount[] {
  let records = 0;
  const end = page.findIndex((account) => {
    records += recordsOf(account);
    return records >= most;
  });
  return end < 0 ? page : page.slice(0, end + 1);
}

async function end(
  world: Pick<World, 'clock' | 'settings' | 'retention' | 'oldRecords' | 'jobs' | 'ledger' | 'owner'>,
  job: Job,
  on: Day,
  counts: Counts,
): Promise<void> {
  const { inForce } = await world.retention.read();
  const done = await changeRetention(world, { do: 'ran', on, counts, cutOffs: cutOffs(inForce, on) }, 'clock', job.id);
  if (!done.done) throw new Error(`the end of ${job.id} could not be recorded: ${done.refused}`);
  await world.jobs.done(job);
}
