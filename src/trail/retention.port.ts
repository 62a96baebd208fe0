import type { AccountWork } from '../account/account-work.ts';
import type { Day } from '../kernel/day.ts';
import type { HouseStore } from '../kernel/house-store.port.ts';
import type { CutOffs, RecordKind, Retention, RetentionFact, Unsettled } from './retention.ts';

/** Something stored that is old enough to go. */
export interface OldRecord {
  readonly of: 'invoice' | 'payment' | 'credit-note' | 'mail' | 'reply' | 'entry' | 'case' | 'said' | 'contact' | 'added-contact';
  readonly id: string;
  /** The day its time is counted from. */
  readonly on: Day;
}

/** What of an account is old enough to go, whether or not it may. */
export interface OldOfAccount {
  readonly id: string;
  readonly version: number;
  readonly ledgerRevision: number;
  readonly work: AccountWork;
  readonly unsettled: Unsettled;
  readonly old: Readonly<Record<RecordKind, readonly OldRecord[]>>;
}

export interface OldRecords {
  /** The next accounts behind an id ('' at first), in the order of ids; empty behind the last. */
  page(after: string, cutOffs: CutOffs): Promise<OldOfAccount[]>;
  /**
   * Removes what `page` found of these accounts, for good; answers what is gone by kind. An account that anybody changed since then is passed over,
   * and so is a record that is not settled any more. May be repeated.
   */
  remove(accounts: readonly OldOfAccount[], now: Temporal.Instant): Promise<Record<RecordKind, OldRecord[]>>;
}

export type StoredRetention = Retention & { readonly version: number };
export type RetentionStore = HouseStore<StoredRetention, RetentionFact>;
