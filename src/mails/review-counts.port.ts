import type { ReviewCount } from './review-counts.ts';

export interface ReviewCounts {
  add(user: string, count: ReviewCount): Promise<void>;
  /** By Slack user id. */
  all(): Promise<ReadonlyMap<string, ReviewCount>>;
}
