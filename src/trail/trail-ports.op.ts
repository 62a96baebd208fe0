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
