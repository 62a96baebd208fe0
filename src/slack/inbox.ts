import type { App, ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Clock, Jobs } from '../operations/ports.ts';
import { within } from './guard.ts';

export interface InboxPorts {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly owner: string;
  readonly log: Logger;
  /** False for an event that nothing here listens to, so that what people say elsewhere is not kept. */
  readonly worthKeeping: (event: Readonly<Record<string, unknown>>) => Promise<boolean>;
  /** Tells the person whose event could not be kept; Slack brings it again, since it is not acknowledged. */
  readonly unkept: (event: Readonly<Record<string, unknown>>, error: unknown) => Promise<void>;
}

const KIND = 'slack-event';
/** Longer than any handler takes; a dead instance's events are taken over after it. */
const LEASE_SECONDS = 60;
const GIVE_UP_AFTER = 5;
/** A store that hangs is not waited for: Slack brings the event again, and the same id is kept once. */
const KEEPING_MS = 4_000;

/**
 * Keeps each event before Bolt acknowledges it (Bolt acks events before any middleware) and runs it once: Slack redelivers events, to any
 * instance, and does not once it has been acknowledged. Commands and clicks pass through: their effects are keyed by their own ids.
 */
export function keepEvents(app: App, ports: InboxPorts): { replay(): Promise<void> } {
  const process = app.processEvent.bind(app);
  const run = async (id: string): Promise<void> => {
    const job = await ports.jobs.claimOne(id, ports.owner, ports.clock.now(), LEASE_SECONDS);
    if (job) await handle(job);
  };
  const handle = async (job: NonNullable<Awaited<ReturnType<Jobs['claimOne']>>>): Promise<void> => {
    try {
      await process({ body: job.payload.body as ReceiverEvent['body'], ack: async () => {} });
      await ports.jobs.done(job);
    } catch (error) {
      ports.log.error({ err: error, job: job.id }, 'an event could not be handled');
      if (job.attempts >= GIVE_UP_AFTER) await ports.jobs.fail(job, String(error));
      else await ports.jobs.retry(job, ports.clock.now().add({ seconds: 5 * job.attempts }), String(error));
    }
  };

  app.processEvent = async (event: ReceiverEvent): Promise<void> => {
    const body = event.body as { type?: string; event_id?: string; event?: Record<string, unknown> };
    if (body.type !== 'event_callback' || typeof body.event_id !== 'string') return process(event);
    const id = `event:${body.event_id}`;
    try {
      if (!(await within(KEEPING_MS, ports.worthKeeping(body.event ?? {}), true))) return await event.ack();
      await within(KEEPING_MS, ports.jobs.add({ id, kind: KIND, payload: { body: event.body }, dueAt: ports.clock.now() }), true);
    } catch (error) {
      if (!event.retryNum) await ports.unkept(body.event ?? {}, error);
      throw error;
    }
    await event.ack();
    await run(id);
  };

  return {
    /** Takes up events that were acknowledged and then left behind by an instance that stopped. */
    async replay() {
      for (;;) {
        const job = await ports.jobs.claim([KIND], ports.owner, ports.clock.now(), LEASE_SECONDS);
        if (!job) return;
        await handle(job);
      }
    },
  };
}
