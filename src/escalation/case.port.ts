import type { Stamped } from '../kernel/fact.ts';
import type { HouseStore } from '../kernel/house-store.port.ts';
import type { Untrusted } from '../kernel/untrusted.ts';
import type { ApprovalTable, CaseKind, TableFact } from './approval-table.ts';
import type { Case, CaseFact } from './case.ts';

/** Where a case's card stands in Slack. */
export interface CardPlace {
  readonly channel: string;
  readonly ts: string;
}

export interface StoredCase {
  readonly case: Case;
  readonly version: number;
  readonly facts: number;
  readonly commands: readonly string[];
  /** Null until the card is posted. */
  readonly place: CardPlace | null;
}

export interface CaseStore {
  load(id: string): Promise<StoredCase | null>;
  /** 'there': this id is kept already; 'open': the same thing is being decided or carried out under another id. */
  request(of: Case, facts: readonly Stamped<CaseFact>[], command: string): Promise<'kept' | 'there' | 'open'>;
  /** False when the version has moved on. */
  save(before: StoredCase, after: Case, facts: readonly Stamped<CaseFact>[], command: string): Promise<boolean>;
  /** Those that wait for people, oldest first. */
  open(account?: string): Promise<StoredCase[]>;
  /** Approved and not carried out yet. */
  approved(): Promise<StoredCase[]>;
  /** One account's, newest first. */
  ofAccount(account: string, limit: number): Promise<StoredCase[]>;
  /** Null while another instance holds it, and when it is not waiting to be carried out any more. Leaves the version alone. */
  claim(id: string, now: Temporal.Instant, until: Temporal.Instant): Promise<StoredCase | null>;
  /** Leaves the version alone; the last one wins. */
  place(id: string, place: CardPlace): Promise<void>;
  /** The case whose card stands there; null for any other message. */
  at(place: CardPlace): Promise<StoredCase | null>;
}

/** One thing said in a case's thread. A change of it is one more of these: what was said first stays as evidence. */
export interface CaseText {
  readonly id: string;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  /** '' for a deletion. */
  readonly text: Untrusted;
  /** Which of them it changes, and how; left out: it was said anew. */
  readonly changes?: { readonly id: string; readonly how: 'edited' | 'deleted' };
}

/** What was said in a case's thread, apart from the case, so that it can be erased. */
export interface CaseTexts {
  /** The same id again changes nothing. */
  keep(said: CaseText & { readonly case: string; readonly account: string }): Promise<void>;
  /** Oldest first. */
  of(id: string): Promise<CaseText[]>;
}

export type ApprovalTableStore = HouseStore<ApprovalTable, TableFact>;

export type NotYet = 'counsel-review-missing' | 'letter-outdated' | 'deadline-too-near';

/** Whether what a case was approved on is as people saw it, read anew with each call. */
export type StillHolds = () => Promise<boolean>;

/** What is special about one kind of case. */
export interface CaseKindRule {
  /** Offered by "Request a decision…"; others are asked for by their own forms. */
  readonly offered: boolean;
  /** The six questions must be answered first. */
  readonly sixQuestions: boolean;
  /** The amount follows from the plan, offer or letter that is decided: nobody edits it, or fewer people could decide than it needs. */
  readonly amountFixed?: true;
  /** Why it cannot be asked for now, in one sentence; null when it can. */
  refusal(of: Pick<Case, 'account' | 'entity' | 'currency'>): Promise<string | null>;
  /**
   * What the decision rests on, as of now. Hashed at the request and compared again when it is carried out: a difference voids the case.
   */
  basis(of: Pick<Case, 'account' | 'entity' | 'currency' | 'about' | 'day'>): Promise<unknown>;
  /**
   * Does what was approved; 'later': it is not done yet and is looked at again. Called again with the same case after a crash, so its changes go by
   * the command id given, and what was done is 'done' whatever has changed since. What was not done yet is voided where the basis does not hold.
   */
  carryOut(of: Case, command: string, holds: StillHolds): Promise<'done' | 'later' | { readonly voided: string }>;
  /** Why nobody may approve it yet; left out: nothing can stand in the way. */
  readonly notYet?: (of: Case) => Promise<NotYet | null>;
}

export type CaseKindRules = Readonly<Partial<Record<CaseKind, CaseKindRule>>>;
