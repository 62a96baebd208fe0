import type { Day } from '../kernel/day.ts';
import type { Stamped } from '../kernel/fact.ts';
import type { Draft, DraftFact } from './draft.ts';

export interface StoredDraft {
  readonly draft: Draft;
  readonly version: number;
  readonly facts: number;
  readonly commands: readonly string[];
  /** The ledger's freshness when it was drafted, as an ISO instant; null before the first import. */
  readonly asOf: string | null;
}

export interface DraftStore {
  load(id: string): Promise<StoredDraft | null>;
  /** False when the account already has an open draft: there is never more than one. */
  prepare(draft: Draft, asOf: string | null, facts: readonly Stamped<DraftFact>[], command: string): Promise<boolean>;
  /** False when the version has moved on. */
  save(before: StoredDraft, after: Draft, facts: readonly Stamped<DraftFact>[], command: string): Promise<boolean>;
  /** All open drafts, or one account's. */
  open(account?: string): Promise<StoredDraft[]>;
  /** Those that wait for the mail server. */
  queued(): Promise<StoredDraft[]>;
  /** Of the last mails to an account from one selling entity, oldest first. */
  sentMessageIds(account: string, entity: string): Promise<string[]>;
  /** The last ten mails to an account that were sent, newest first. */
  lastSent(account: string): Promise<StoredDraft[]>;
  /** Drafts of an account that were prepared for a day and closed. */
  closedOn(account: string, day: Day): Promise<StoredDraft[]>;
}
