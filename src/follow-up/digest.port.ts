import type { Day } from '../kernel/day.ts';
import type { DigestFigures } from './digest.ts';

/** A decided digest: `_id` is team, channel and local date, so that there can be one only. */
export interface Digest {
  readonly id: string;
  readonly channel: string;
  readonly day: Day;
  readonly late: boolean;
  /** First digest of this installation: posted at first start, whatever the day and hour. */
  readonly first: boolean;
  readonly sample: boolean;
  readonly asOf: string | null;
  readonly figures: DigestFigures;
  readonly previous: { readonly day: Day; readonly figures: DigestFigures } | null;
}

export interface Digests {
  /** False when a digest with this id was decided before, by whichever instance. */
  decide(digest: Digest): Promise<boolean>;
  get(id: string): Promise<Digest | null>;
  exists(id: string): Promise<boolean>;
  /** The latest of the channel before a day. */
  latestBefore(channel: string, day: Day): Promise<Digest | null>;
  any(channel: string): Promise<boolean>;
}
