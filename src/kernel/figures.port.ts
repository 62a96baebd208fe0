import type { Clock } from './clock.port.ts';

/** Jobs of one kind. Due: nobody holds it and its time has come. Given up: it failed for good in the last thirty days. */
export interface JobFigures {
  readonly kind: string;
  readonly state: 'due' | 'later' | 'running' | 'given-up';
  readonly count: number;
  /** When the first of them was due. */
  readonly oldest: Temporal.Instant;
}

/** What the store says of the work at a moment: counts and times, nothing of anybody. */
export interface FigureCounts {
  readonly jobs: readonly JobFigures[];
  /** Approved emails whose end is open, by state. */
  readonly emails: Readonly<Record<'queued' | 'sending' | 'failed' | 'ambiguous', number>>;
  /** Alerts that are in no message yet. */
  readonly alertsWaiting: number;
  /** Open jobs that failed as often as others are tried at all: what must follow from an entry, alerts among it, and what Slack does not take. */
  readonly stuck: Readonly<Record<string, number>>;
  /** When the payments were imported last; null: never. */
  readonly ledgerAsOf: Temporal.Instant | null;
}

export interface Figures {
  /** Resolves when the store answers. */
  ping(): Promise<void>;
  count(clock: Clock): Promise<FigureCounts>;
}
