import type { Stamped } from '../kernel/fact.ts';
import type { Untrusted } from '../kernel/untrusted.ts';
import type { AccountFact, AccountWork } from './account-work.ts';

/** An account as the verbs decide about it. */
export interface WorkedAccount {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  /** IANA zone of the customer, or ''. */
  readonly zone: string;
  readonly version: number;
  /** Facts recorded so far. */
  readonly facts: number;
  /** Ids of the last commands carried out. */
  readonly commands: readonly string[];
  readonly work: AccountWork;
}

/** One guarded update: state and facts together, or nothing. */
export interface AccountStore {
  load(id: string): Promise<WorkedAccount | null>;
  /** False when the version has moved on. */
  save(before: WorkedAccount, work: AccountWork, facts: readonly Stamped<AccountFact>[], command: string): Promise<boolean>;
  /** Work of every account, for lists. */
  all(): Promise<Map<string, AccountWork>>;
}

/** What customers wrote, apart from the accounts: these carry ids only. */
export interface ReplyTexts {
  /** The same id again changes nothing. */
  keep(reply: { readonly id: string; readonly account: string; readonly from: string; readonly text: Untrusted }): Promise<void>;
  /** Null when it was erased. */
  read(id: string): Promise<{ readonly from: string; readonly text: Untrusted } | null>;
}
