import type { Day } from '../kernel/day.ts';

/** When something is asked of an account, and who asks. */
export interface Moment {
  /** Slack user id, or the clock. */
  readonly by: string;
  /** In the account's zone. */
  readonly today: Day;
  /** The last day that a hold, a snooze, a promise, an offer or a mandate may name. */
  readonly latest: Day;
}

/** So far ahead a hold, a snooze, a promise, an offer or a mandate may end; what is to last longer is a status or a payment plan (own policy). */
export const MOST_DAYS_AHEAD = 180;
