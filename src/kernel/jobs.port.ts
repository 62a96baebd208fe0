/** Work that must happen once although instances stop and answers get lost. */
export interface Job {
  /** Unique: adding the same id again does nothing. */
  readonly id: string;
  readonly kind: string;
  readonly payload: Record<string, unknown>;
  readonly attempts: number;
  /** Rises with each claim; only the holder of the current one may write. */
  readonly fence: number;
  /** What the work has achieved so far, written step by step. */
  readonly progress: Record<string, unknown>;
  readonly createdAt: Temporal.Instant;
}

export interface Jobs {
  /** False when the id is known. */
  add(job: { id: string; kind: string; payload: Record<string, unknown>; dueAt: Temporal.Instant }): Promise<boolean>;
  /** The oldest due job of these kinds that nobody holds, leased for the given seconds; null when there is none. */
  claim(kinds: readonly string[], owner: string, now: Temporal.Instant, leaseSeconds: number): Promise<Job | null>;
  /** Leases one job by id; null when it is done or held. */
  claimOne(id: string, owner: string, now: Temporal.Instant, leaseSeconds: number): Promise<Job | null>;
  /** Each of these is false when the fence has moved on: another instance took the job over. */
  progress(job: Job, progress: Record<string, unknown>): Promise<boolean>;
  /** Holds the job for another while: work of unknown length renews its lease. */
  renew(job: Job, now: Temporal.Instant, leaseSeconds: number): Promise<boolean>;
  retry(job: Job, dueAt: Temporal.Instant, problem: string): Promise<boolean>;
  done(job: Job): Promise<boolean>;
  fail(job: Job, problem: string): Promise<boolean>;
  get(id: string): Promise<(Job & { readonly state: 'open' | 'done' | 'failed'; readonly problem: string }) | null>;
}
