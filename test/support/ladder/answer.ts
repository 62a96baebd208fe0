import type { Day } from './days.ts';
import type { Stage } from './types.ts';

export interface Reason {
  readonly code: string;
  /** The next date of this reason; null: a person, the ledger, or none. */
  readonly date: Day | null;
  readonly stage?: string;
}

export interface Line {
  readonly invoice: string;
  readonly currency: string;
  /** Asked for, after credit; in `resting` what rests. */
  readonly amount: number;
  /** The stage in whose words it stands; null: just past due. */
  readonly stage: string | null;
  /** Taken today: its new stage is `stage`. */
  readonly taken: boolean;
  /** The day on which it was asked at its stage before today. */
  readonly since: Day | null;
  /** Promised, disputed, planned. */
  readonly word?: string;
}

export interface Parts {
  readonly asked: readonly Line[];
  readonly firmer: readonly Line[];
  readonly open: readonly Line[];
  readonly formal: readonly Line[];
  readonly resting: readonly Line[];
  readonly notes: readonly Line[];
}

export interface Message {
  readonly entity: string;
  readonly kind: 'mail' | 'call' | 'statement' | 'letter' | 'note';
  readonly stage: string | null;
  readonly words: 'friendly' | 'plain' | 'firm' | 'formal' | 'neutral' | null;
  readonly to: 'first' | 'second';
  readonly copyTo: readonly ('first' | 'second')[];
  readonly attach: readonly { readonly invoice: string; readonly what: 'copies' | 'statement' }[];
  readonly approvedBy: Stage['approvedBy'];
  readonly parts: Parts;
  /** Invoices that a deadline and a consequence belong to. */
  readonly deadlineFor: readonly string[];
  readonly sums: readonly { readonly currency: string; readonly asked: number; readonly shown: number; readonly credit: number }[];
  /** It was decided before and still waits for somebody. */
  readonly waits: Reason | null;
}

/** Work for our own people. It is no contact and raises nothing. */
export type Task =
  | {
      readonly kind: 'decide';
      readonly entity: string;
      readonly currency: string;
      readonly stage: string;
      readonly invoices: readonly { readonly invoice: string; readonly amount: number }[];
      readonly since: Day;
      readonly recall: boolean;
      readonly financeLead: boolean;
    }
  | { readonly kind: 'small-balance'; readonly invoice: string; readonly since: Day }
  | { readonly kind: 'ask-owner'; readonly entity: string; readonly stage: string; readonly invoices: readonly string[] }
  | {
      readonly kind: 'answer-reply';
      readonly entity: string;
      readonly on: Day;
      readonly who: 'collector' | 'manager';
      readonly remind: boolean;
      readonly decides: boolean;
    }
  | { readonly kind: 'placement-question'; readonly invoice: string; readonly until: Day }
  | { readonly kind: 'confirm-start'; readonly entity: string }
  | { readonly kind: 'call-missed'; readonly invoice: string; readonly stage: string }
  | { readonly kind: 'trace-contact'; readonly invoice: string; readonly stage: string }
  | { readonly kind: 'stop-supply'; readonly entity: string }
  | { readonly kind: 'allocate-credit'; readonly invoice: string };

export interface Answer {
  readonly message: Message | null;
  /** Reasons of the account, when there is no message at all. */
  readonly reasons: readonly Reason[];
  /** Reasons of each entity without a message today. */
  readonly entities: readonly { readonly entity: string; readonly reasons: readonly Reason[] }[];
  readonly invoices: readonly {
    readonly invoice: string;
    readonly late: number;
    /** Its own stage before today's message. */
    readonly level: { readonly stage: string; readonly on: Day | null; readonly asked: number | null } | null;
    readonly amount: number;
    readonly next: string | null;
    readonly inFormalProcess: boolean;
    readonly reasons: readonly Reason[];
  }[];
  readonly people: readonly Task[];
  /** Set when there is no message: the next day with one, or null when somebody has to act. */
  readonly nextDate: Day | null;
}
