import type { Job } from './jobs.port.ts';
import type { World } from './world.port.ts';

/** A job that failed this often, or whose process died with it, is not tried again. */
export const TRIES = 5;

const LEASE_SECONDS = 30;
/** Between two tries of work that is never given up. */
const MOST_SECONDS = 900;
const RENEW_EVERY_MS = 8_000;

export interface Work {
  /** `lost`: another instance has taken the job over, since this one was away for longer than its lease. */
  readonly run: (job: Job, lost: AbortSignal) => Promise<void>;
  /** The last try has failed: whoever caused the job is told. Repeated when the process dies in it. Work without it is tried for as long as it fails. */
  readonly gaveUp?: (job: Job) => Promise<void>;
  readonly onError: (error: unknown, job: Job) => void;
  /** The process ends: what breaks off then is no failure. */
  readonly stopping?: AbortSignal;
}

/** Takes the oldest due job of these kinds; null when there is none. */
export const takeJob = ({ jobs, clock, owner }: Pick<World, 'jobs' | 'clock' | 'owner'>, ...kinds: string[]) =>
  jobs.claim(kinds, owner, clock.now(), LEASE_SECONDS);

export const takeJobById = ({ jobs, clock, owner }: Pick<World, 'jobs' | 'clock' | 'owner'>, id: string) =>
  jobs.claimOne(id, owner, clock.now(), LEASE_SECONDS);

/** Renews the short lease of a job until it is released; a dead instance's job is soon another's. `lost`: another instance has taken it over. */
export function hold({ jobs, clock }: Pick<World, 'jobs' | 'clock'>, job: Job): { readonly lost: AbortSignal; release(): void } {
  const lost = new AbortController();
  const renew = async () => {
    if (!(await jobs.renew(job, clock.now(), LEASE_SECONDS))) lost.abort(new Error('the job is another instance’s'));
  };
  const renewing = setInterval(() => void renew().catch(() => undefined), RENEW_EVERY_MS);
  return { lost: lost.signal, release: () => clearInterval(renewing) };
}

/**
 * Works on a job that was just taken, and keeps it as long as that lasts. A try counts when the job is taken, not when it fails: work that kills
 * the process never comes to say that it failed.
 */
export async function workJob(
  { jobs, clock }: Pick<World, 'jobs' | 'clock' | 'owner'>,
  job: Job,
  { run, gaveUp, onError, stopping }: Work,
): Promise<void> {
  const { lost, release } = hold({ jobs, clock }, job);
  try {
    if (gaveUp && job.attempts > TRIES) {
      await gaveUp(job);
      return void (await jobs.fail(job, 'the process ended during each try'));
    }
    await run(job, lost);
    await jobs.done(job);
  } catch (error) {
    if (stopping?.aborted || lost.aborted) return void (await jobs.retry(job, clock.now(), 'interrupted'));
    onError(error, job);
    if (gaveUp && job.attempts >= TRIES) {
      await gaveUp(job);
      return void (await jobs.fail(job, String(error)));
    }
    const seconds = Math.min(5 * 2 ** Math.min(job.attempts - 1, 10), MOST_SECONDS);
    await jobs.retry(job, clock.now().add({ seconds }), String(error));
  } finally {
    release();
  }
}
