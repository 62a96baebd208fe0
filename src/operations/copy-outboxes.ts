import type { Clock, Jobs, Outboxes, RecordedFact, Trail } from './ports.ts';

export interface CopyOutboxesPorts {
  readonly clock: Clock;
  readonly outboxes: Outboxes;
  readonly trail: Trail;
  readonly jobs: Jobs;
  /** Fact types that are told to somebody, and the kind of job that tells it. */
  readonly told: Readonly<Record<string, string>>;
}

const BATCH = 200;

/**
 * Recorded facts go into the trail and to the people they concern, then leave their outbox. Each step may be repeated: a fact is in the trail
 * once and its message has an id, so a crash between two steps heals at the next run.
 */
export async function copyOutboxes(ports: CopyOutboxesPorts): Promise<number> {
  let copied = 0;
  for (;;) {
    const facts = await ports.outboxes.pending(BATCH);
    if (facts.length === 0) return copied;
    for (const fact of facts) {
      await ports.trail.append(fact);
      await tell(ports, fact);
    }
    await ports.outboxes.clear(facts);
    copied += facts.length;
  }
}

async function tell(ports: CopyOutboxesPorts, fact: RecordedFact): Promise<void> {
  const kind = ports.told[fact.type];
  if (kind) await ports.jobs.add({ id: `tell:${fact.id}`, kind, payload: { fact }, dueAt: ports.clock.now() });
}
