import type { Clock, Jobs, Outboxes, RecordedFact, Trail } from './ports.ts';
import type { Tell } from './tell-assignment.ts';

export interface CopyOutboxesPorts {
  readonly clock: Clock;
  readonly outboxes: Outboxes;
  readonly trail: Trail;
  readonly jobs: Jobs;
  /** By fact type: the messages owed for it, one a person. */
  readonly told: Readonly<Record<string, (fact: RecordedFact) => Tell[]>>;
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
    await ports.trail.append(facts);
    for (const fact of facts) await tell(ports, fact);
    await ports.outboxes.clear(facts);
    copied += facts.length;
  }
}

async function tell(ports: CopyOutboxesPorts, fact: RecordedFact): Promise<void> {
  for (const message of ports.told[fact.type]?.(fact) ?? []) await ports.jobs.add({ ...message, dueAt: ports.clock.now() });
}
