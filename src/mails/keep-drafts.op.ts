import type { Logger } from 'pino';
import type { Jobs } from '../kernel/jobs.port.ts';
import { hold, takeJobById } from '../kernel/work-job.op.ts';
import type { World } from '../kernel/world.port.ts';
import { prepareDrafts, recheckDrafts } from './prepare-drafts.op.ts';

/** Its progress holds the gaps of the last run. */
export const KEEP_DRAFTS_JOB = 'keep-drafts';
/** A ledger that takes long to plan is planned less often: this many times its own length is left between two runs. */
const REST = 20;

/** Keeps the open drafts true and prepares what is due; one instance at a time, by a job that is never done. */
export async function keepDrafts(world: World & { readonly jobs: Jobs; readonly owner: string; readonly log: Logger }): Promise<void> {
  const now = world.clock.now();
  await world.jobs.add({ id: KEEP_DRAFTS_JOB, kind: KEEP_DRAFTS_JOB, payload: {}, dueAt: now });
  const job = await takeJobById(world, KEEP_DRAFTS_JOB);
  if (!job) return;
  const { release } = hold(world, job);
  const started = performance.now();
  try {
    const prepare = () =>
      prepareDrafts(world, async ({ prepared, gaps }) => {
        if (prepared > 0) world.log.info({ prepared, gaps: gaps.length }, 'drafts were prepared');
        await world.jobs.progress(job, { gaps });
      });
    // A draft that cannot be looked at again keeps no other customer's from being prepared.
    await recheckDrafts(world).finally(prepare);
  } finally {
    release();
    const seconds = Math.ceil(((performance.now() - started) * REST) / 1000);
    await world.jobs.retry(job, now.add({ seconds }), '');
  }
}
