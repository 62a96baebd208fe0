import { eachAlone, failureOf } from '../kernel/each-alone.op.ts';
import type { Told } from '../kernel/told.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { RecordedFact } from './trail.port.ts';

export interface CopyOutboxesNeeds extends Pick<World, 'clock' | 'outboxes' | 'trail' | 'jobs'> {
  readonly told: Told;
}

const BATCH = 200;

/**
 * Recorded facts go into the trail and to the people they concern, then leave their outbox. Each step may be repeated: a fact is in the trail
 * once and its message has an id, so a crash between two steps heals at the next run.
 */
export async function copyOutboxes(world: CopyOutboxesNeeds): Promise<number> {
  let copied = 0;
  for (;;) {
    const facts = await world.outboxes.pending(BATCH);
    if (facts.length === 0) return copied;
    await world.trail.append(facts);
    const told: RecordedFact[] = [];
    const failed = await failureOf(
      eachAlone(
        'facts',
        facts,
        ({ id }) => id,
        async (fact) => {
          await tell(world, fact);
          told.push(fact);
        },
      ),
    );
    await world.outboxes.clear(told);
    copied += told.length;
    if (failed) throw failed;
  }
}

async function tell(world: CopyOutboxesNeeds, fact: RecordedFact): Promise<void> {
  for (const message of world.told[fact.type]?.(fact) ?? []) await world.jobs.add({ ...message, dueAt: world.clock.now() });
}
