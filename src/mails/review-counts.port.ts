/** What a person's reviewing came to; whole seconds for which emails were shown before they were decided about. */
export interface ReviewCount {
  readonly decisions: number;
  readonly seconds: number;
  /** Decisions about emails whose words or recipients somebody had changed. */
  readonly edited: number;
}

export interface ReviewCounts {
  add(user: string, count: ReviewCount): Promise<void>;
  /** By Slack user id. */
  all(): Promise<ReadonlyMap<string, ReviewCount>>;
}
