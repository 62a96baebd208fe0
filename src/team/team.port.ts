import type { HouseStore } from '../kernel/house-store.port.ts';
import type { Team } from './team.ts';
import type { TeamFact } from './team-changes.ts';

/** The code with which the first admin claims the role: only its salted hash is kept. */
export interface ClaimStore {
  /** Replaces any code before it. */
  set(salt: string, hash: string): Promise<void>;
  /** Counts one guess; null when `limit` guesses were made since `since`, or when there is no code. */
  guess(now: Temporal.Instant, since: Temporal.Instant, limit: number): Promise<{ readonly salt: string; readonly hash: string } | null>;
  clear(): Promise<void>;
}

export type TeamStore = HouseStore<Team, TeamFact>;

/** A person of ours as Slack knows them. */
export interface OurPerson {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}
