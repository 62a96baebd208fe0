import type { Logger } from 'pino';
import { takeJob, type WorkJobPorts, workJob } from './work-job.op.ts';

/**
 * What must follow from recorded facts, by the kind of the job that a fact leaves behind. Each may run more than once, and for as long as it fails:
 * it is part of the books, whether or not Slack is there.
 */
export type Reactions = Readonly<Record<string, (payload: Record<string, unknown>) => Promise<unknown>>>;

/** Carries out everything that is due; several instances share it. One that fails holds up no other. */
export function reacting(ports: WorkJobPorts & { readonly log: Logger }, reactions: Reactions): () => Promise<void> {
  const kinds = Object.keys(reactions);
  return async () => {
    for (;;) {
      const job = await takeJob(ports, ...kinds);
      if (!job) return;
      await workJob(ports, job, {
        run: async ({ kind, payload }) => void (await reactions[kind]!(payload)),
        onError: (error) =>
          ports.log.warn({ err: error, job: job.id, tries: job.attempts }, 'what follows from an entry could not be done yet'),
      });
    }
  };
}
