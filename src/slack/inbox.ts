import type { App, ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Job } from '../kernel/jobs.port.ts';
import { takeJob, takeJobById, workJob } from '../kernel/work-job.op.ts';
import type { World } from '../kernel/world.port.ts';
import { owePerson } from './given-up.ts';
import { within } from './guard.ts';

export interface InboxNeeds extends Pick<World, 'jobs' | 'clock' | 'owner'> {
  readonly log: Logger;
  /** False for an event that nothing here listens to, so that what people say elsewhere is not kept. */
  readonly worthKeeping: (event: Readonly<Record<string, unknown>>) => Promise<boolean>;
  /** Tells the person whose event could not be kept; Slack brings it again, since it is not acknowledged. */
  readonly unkept: (event: Readonly<Record<string, unknown>>, error: unknown) => Promise<void>;
}

export interface Inbox {
  /** Takes up events that were acknowledged and then left behind by an instance that stopped. Returns at once: nobody waits for them. */
  replay(): void;
  /** Takes up no more, and gives what is under way a moment; the rest is another instance's, or the next start's. */
  stop(): Promise<void>;
}

/** Kind of the job that an event becomes. */
export const INBOX_KIND = 'slack-event';
/** A store that hangs is not waited for: Slack brings the event again, and the same id is kept once. */
const KEEPING_MS = 4_000;
/** Events left behind that are worked on at the same time: one that lasts holds up only its like. */
const AT_ONCE = 4;
const STOP_WITHIN_MS = 3_000;

/**
 * Keeps each event before Bolt acknowledges it (Bolt acks events before any middleware) and runs it once: Slack redelivers events, to any
 * instance, and does not once it has been acknowledged. Commands and clicks pass through: their effects are keyed by their own ids.
 */
export function keepEvents(app: App, world: InboxNeeds): Inbox {
  const process = app.processEvent.bind(app);
  const underWay = new Set<Promise<void>>();
  let takers = 0;
  let stopping = false;
  const handle = (job: Job): Promise<void> => {
    const work = workJob(world, job, {
      run: async () => process({ body: job.payload.body as ReceiverEvent['body'], ack: async () => {} }),
      gaveUp: (given) => owePerson(world, given),
      onError: (error) => world.log.error({ err: error, job: job.id }, 'an event could not be handled'),
    });
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  };
  const takeUp = async (): Promise<void> => {
    while (!stopping) {
      const job = await takeJob(world, INBOX_KIND);
      if (!job) return;
      await handle(job);
    }
  };

  app.processEvent = async (event: ReceiverEvent): Promise<void> => {
    const body = event.body as { type?: string; event_id?: string; event?: Record<string, unknown> };
    if (body.type !== 'event_callback' || typeof body.event_id !== 'string') return process(event);
    const id = `event:${body.event_id}`;
    try {
      if (!(await within(KEEPING_MS, world.worthKeeping(body.event ?? {}), true))) return await event.ack();
      await within(KEEPING_MS, world.jobs.add({ id, kind: INBOX_KIND, payload: { body: event.body }, dueAt: world.clock.now() }), true);
    } catch (error) {
      if (!event.retryNum) await world.unkept(body.event ?? {}, error);
      throw error;
    }
    await event.ack();
    const job = stopping ? null : await takeJobById(world, id);
    if (job) await handle(job);
  };

  return {
    replay() {
      for (; takers < AT_ONCE && !stopping; takers += 1)
        void takeUp()
          .catch((error) => world.log.error({ err: error }, 'events left behind were not taken up; they are within a minute'))
          .finally(() => {
            takers -= 1;
          });
    },
    async stop() {
      stopping = true;
      const ended = Promise.allSettled(underWay);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())]);
    },
  };
}
