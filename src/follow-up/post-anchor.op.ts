import type { Clock } from '../kernel/clock.port.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import type { TrailHead, TrailReader } from '../trail/trail.port.ts';
import type { Digest } from './digest.port.ts';

export interface PostAnchorPorts {
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly trailReader: TrailReader;
}

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
export async function postAnchor(ports: PostAnchorPorts, digest: Pick<Digest, 'id' | 'channel'>, thread: string): Promise<boolean> {
  const id = `anchor:${digest.id}`;
  if (await ports.jobs.get(id)) return false;
  const head = await ports.trailReader.head();
  if (!head) return false;
  const payload = { ...head, channel: digest.channel, thread };
  return ports.jobs.add({ id, kind: ANCHOR_JOB, payload, dueAt: ports.clock.now() });
}
