import type { Stamped } from '../kernel/fact.ts';
import type { Marking } from './marking.ts';

/** The last entry of the chain: whoever knows it from elsewhere sees whether anything before it was cut off or written anew. */
export interface TrailHead {
  readonly seq: number;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** One step of the chain as it is stored, with its text unless that was erased: what `npm run verify-trail` checks. */
export interface KeptEntry {
  readonly document: {
    readonly _id: number;
    readonly fact: string;
    readonly previous: string;
    readonly hash: string;
    readonly entry: {
      readonly type: string;
      readonly aggregate: string;
      /** ISO instant. */
      readonly at: string;
      readonly by: string;
      readonly command: string;
      readonly marking?: Marking;
      readonly account?: string;
    };
  };
  readonly body?: { readonly salt: string; readonly body: Record<string, unknown> } | undefined;
  /** ISO instant. */
  readonly erased?: string | undefined;
}

/** An account's entries, or everybody's, between two instants: `from` counts, `to` does not any more. */
export interface TrailSelection {
  readonly account: string | null;
  readonly from: Temporal.Instant | null;
  readonly to: Temporal.Instant | null;
}

export interface TrailReader {
  /** Null while nothing is recorded. */
  head(): Promise<TrailHead | null>;
  /** In order, read in batches. */
  entries(which: TrailSelection): AsyncIterable<KeptEntry>;
  /** How many those are. */
  count(which: TrailSelection): Promise<number>;
  /** Marks that were changed after their entry was written, by the id of its fact; of one account, or of all. */
  marks(account: string | null): Promise<Map<string, Marking>>;
}

/** Anything that is recorded; what it says besides its type and stamp is its body. */
export type RecordedFact = Stamped<{ readonly type: string }> & Readonly<Record<string, unknown>>;

/** Facts that are written but not yet in the trail, by aggregate in order. */
export interface Outboxes {
  pending(limit: number): Promise<RecordedFact[]>;
  /** Leaves the aggregate's version alone. */
  clear(facts: readonly RecordedFact[]): Promise<void>;
}

export interface Trail {
  /** Appends in the given order, each once: a fact id that is in the trail already changes nothing. */
  append(facts: readonly RecordedFact[]): Promise<void>;
}

/** One entry of an account's timeline. */
export interface TimelineEntry {
  /** Its place in the trail; null while it waits in its outbox. */
  readonly seq: number | null;
  readonly fact: RecordedFact;
  /** As it counts now. */
  readonly marking: Marking;
  /** Its words are gone for good. */
  readonly erased: boolean;
  /** Its words are not for whoever reads. */
  readonly withheld?: boolean;
}

export interface TimelinePage {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  /** There are older ones. */
  readonly more: boolean;
}

/** What was recorded, for people. Facts still in an account's outbox come with those of the trail. */
export interface Timeline {
  /** Newest first; with their bodies, unless erased. */
  latest(aggregate: string, limit: number): Promise<RecordedFact[]>;
  /**
   * What concerns an account: its own facts, those of its drafts, cases and charges, and imports of the ledger. Of all types when `types` is
   * null; older than the place `before`, or from the newest on when that is null.
   */
  page(account: string, about: { types: readonly string[] | null; before: number | null; limit: number }): Promise<TimelinePage>;
  /** Later marks of an account's entries, by the id of the fact. */
  marks(account: string): Promise<ReadonlyMap<string, Marking>>;
  /** One entry of an account by its fact's id; null when there is none. */
  entry(account: string, fact: string): Promise<TimelineEntry | null>;
}

/** One entry in words; times in the team's zone. */
export interface TrailRow {
  readonly seq: number;
  readonly when: string;
  readonly who: string;
  /** Name of the account it is about, or ''. */
  readonly account: string;
  readonly what: string;
  readonly marking: Marking;
  readonly hash: string;
}

/** First page of an export. */
export interface TrailCover {
  /** 'Holm & Sons · C1001', or 'All accounts'. */
  readonly title: string;
  readonly period: string;
  readonly contents: string;
  readonly entries: number;
  readonly made: string;
  readonly head: TrailHead | null;
}

/** A chosen entry as it is stored, with its mark of today and as a fact. */
export interface ChosenEntry {
  readonly kept: KeptEntry;
  readonly fact: RecordedFact;
  readonly marking: Marking;
}
