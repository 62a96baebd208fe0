import type { World } from '../kernel/world.port.ts';
import type { TrailHead } from '../trail/trail.port.ts';
import type { Digest } from './digest.port.ts';

/** Kind of the job that posts a day's anchor; its payload is an Anchor. */
export const ANCHOR_JOB = 'trail-anchor';

export interface PostedAnchor extends TrailHead {
  readonly channel: string;
  /** Timestamp of the digest it goes under. */
  readonly thread: string;
}

/**
 * Where the trail ends today, as a message under the day's digest: Slack keeps it where nobody who can write to the store can change it.
 * Decided once a digest, so that a second instance or a repeated call posts nothing more. Returns whether this call decided it.
 */
export async function postAnchor(
  world: Pick<World, 'clock' | 'jobs' | 'trailReader'>,
  digest: Pick<Digest, 'id' | 'channel'>,
  thread: string,
): Promise<boolean> {
  const id = `anchor:${digest.id}`;
  if (await world.jobs.get(id)) return false;
  const head = await world.trailReader.head();
  if (!head) return false;
  const payload = { ...head, channel: digest.channel, thread };
  return world.jobs.add({ id, kind: ANCHOR_JOB, payload, dueAt: world.clock.now() });
}
