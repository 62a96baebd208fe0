import type { Logger } from 'pino';
import { takeJob, workJob } from './work-job.op.ts';
import type { World } from './world.port.ts';

/**
 * What must follow from recorded facts, by the kind of the job that a fact leaves behind. Each may run more than once, and for as long as it fails:
 * it is part of the books, whether or not Slack is there.
 */
export type Reactions = Readonly<Record<string, (payload: Record<string, unknown>) => Promise<unknown>>>;

/** Carries out everything that is due; several instances share it. One that fails holds up no other. */
export function reacting(
  world: Pick<World, 'jobs' | 'clock' | 'owner'> & { readonly log: Logger },
  reactions: Reactions,
): () => Promise<void> {
  const kinds = Object.keys(reactions);
  return async () => {
    for (;;) {
      const job = await takeJob(world, ...kinds);
      if (!job) return;
      await workJob(world, job, {
        run: async ({ kind, payload }) => void (await reactions[kind]!(payload)),
        onError: (error) =>
          world.log.warn({ err: error, job: job.id, tries: job.attempts }, 'what follows from an entry could not be done yet'),
      });
    }
  };
}
