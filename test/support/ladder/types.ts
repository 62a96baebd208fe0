import type { Calendar, Day } from './days.ts';

/** Minor units per currency. A currency that is missing has no figure. */
export type Amounts = Readonly<Record<string, number>>;

/** One row of the policy, in the policy's order. */
export interface Stage {
  readonly key: string;
  /** Days late. Negative: a note before the due date. */
  readonly days: number;
  /** A decision asks our own people. */
  readonly how: 'mail' | 'call' | 'decision';
  /** Null for calls and decisions. */
  readonly words: 'friendly' | 'firm' | 'formal' | null;
  readonly minimum: Amounts;
  /** Business days since this invoice's stage before. */
  readonly ownGap: number;
  /** Business days since the entity's last message of this stage. */
  readonly spacing: number;
  /** Business days before the stage's day within which another call settles it. Calls only. */
  readonly covers: number;
  readonly contact: 'first' | 'second';
  readonly attach: 'copies' | 'statement' | null;
  /** Notes that go out for large and first invoices only. */
  readonly largeOrFirst: boolean;
  readonly approvedBy: 'collector' | 'manager' | 'second-person' | 'people';
  readonly stopsSupply: boolean;
}

/** The company's numbers: business days, unless named otherwise. */
export interface Rules {
  readonly demandGap: number;
  readonly mailCallGap: number;
  readonly statementAfter: number;
  /** Days late from which an invoice that was never named counts as not named. */
  readonly firstDay: number;
  readonly statementMinimum: Amounts;
  /** Calendar days. */
  readonly plainDays: number;
  readonly replyRestsOthers: number;
  readonly placementQuestion: number;
  readonly closedDispute: number;
  readonly callMissed: number;
  /** Days of tries. */
  readonly callTries: number;
  readonly ownerAsked: number;
  readonly ownerAnswer: number;
  /** Calendar days. */
  readonly ownerStandingGo: number;
  readonly promiseGrace: number;
  readonly letterGrace: number;
  readonly letterFirst: number;
  readonly noticeRuns: number;
  readonly noRests: number;
  /** Calendar days. */
  readonly noAtMost: number;
  /** Days late. */
  readonly smallBalanceDay: number;
  /** Calendar days. */
  readonly smallBalanceKept: number;
  readonly smallStatements: number;
  readonly large: Amounts;
  /** Calendar days. */
  readonly reopenedWithin: number;
  /** Calendar days. */
  readonly searchDays: number;
}

export interface Invoice {
  /** Unique in the account. */
  readonly number: string;
  readonly entity: string;
  readonly currency: string;
  readonly issued: Day;
  readonly due: Day;
  /** The residual, minor units. */
  readonly open: number;
  /** The customer's first invoice. */
  readonly first: boolean;
  readonly writtenOff: number;
  readonly promises: readonly { readonly amount: number; readonly on: Day; readonly day: Day }[];
  readonly disputes: readonly { readonly amount: number; readonly openedOn: Day; readonly limit: Day }[];
  /** Under a payment plan or an accepted offer. */
  readonly plans: readonly { readonly amount: number; readonly nextInstalment: Day | null }[];
  readonly disputeClosedOn: Day | null;
  /** The last time it was paid and the payment bounced later. */
  readonly reopened: { readonly closedOn: Day; readonly on: Day } | null;
}

/** One invoice that a contact asked for at a stage. `days` are the stage's days at that time. */
export interface Take {
  readonly invoice: string;
  readonly stage: string;
  readonly days: number;
  readonly asked: number | null;
  /** A manager jumped it there: its age does not count. */
  readonly jumped: boolean;
}

/** A contact with the customer that was tried. Answers, copies and confirmations are none. */
export interface Contact {
  readonly on: Day;
  readonly entity: string;
  /** A note alone is a mail whose stage has negative days. */
  readonly kind: 'mail' | 'call' | 'statement' | 'letter';
  readonly stage: string | null;
  /** Days of its stage at that time. */
  readonly days: number | null;
  readonly words: 'friendly' | 'plain' | 'firm' | 'formal' | 'neutral' | null;
  readonly takes: readonly Take[];
  /** All invoices that it showed or spoke of. */
  readonly names: readonly string[];
  readonly notes: readonly { readonly invoice: string; readonly days: number }[];
  /** It bounced at every recipient, or the call reached nobody. */
  readonly failed: boolean;
}

/** A level that no contact on record explains: from a start, a file, a person's entry or the old stored state. */
export interface KnownLevel {
  readonly invoice: string;
  readonly stage: string;
  readonly days: number;
  readonly on: Day | null;
  readonly asked: number | null;
}

export interface Reply {
  readonly entity: string;
  readonly on: Day;
  /** Chosen by a person. */
  readonly about: readonly string[] | null;
  /** Named by the message that it answers. */
  readonly answers: readonly string[] | null;
  /** Answered, or a manager resumed. */
  readonly answeredOn: Day | null;
}

export interface OwnerQuestion {
  readonly entity: string;
  readonly stage: string;
  readonly invoices: readonly string[];
  readonly askedOn: Day;
  readonly answer: { readonly on: Day; readonly holdThrough: Day | null } | null;
}

export interface Placement {
  readonly entity: string;
  readonly on: Day;
  readonly invoices: readonly string[];
  /** Answers to "add it, ask ourselves, rest". */
  readonly answers: readonly { readonly invoice: string; readonly answer: 'add' | 'ask' | 'rest' }[];
}

/** A formal letter that people approved. */
export interface Letter {
  readonly entity: string;
  readonly currency: string;
  /** The decision stage that it comes from, and that stage's days. */
  readonly stage: string;
  readonly days: number;
  readonly approvedOn: Day;
  readonly invoices: readonly string[];
  readonly sent: { readonly on: Day; readonly deadline: Day } | null;
}

export interface AccountDay {
  readonly today: Day;
  readonly calendar: Calendar;
  readonly policy: readonly Stage[];
  readonly rules: Rules;
  readonly stopped: boolean;
  readonly autopay: boolean;
  readonly holdThrough: Day | null;
  /** Payments are known up to this day. */
  readonly paymentsUpTo: Day;
  readonly invoices: readonly Invoice[];
  /** Unapplied cash and open credit notes. */
  readonly credits: readonly { readonly entity: string; readonly currency: string; readonly amount: number }[];
  readonly contacts: readonly Contact[];
  readonly levels: readonly KnownLevel[];
  /** Day the account came into the ledger with debts that were late already. */
  readonly starts: readonly {
    readonly entity: string;
    readonly enteredOn: Day;
    readonly confirmedOn: Day | null;
    readonly turnOn: Day | null;
  }[];
  readonly jumps: readonly { readonly invoice: string; readonly stage: string }[];
  /** Calls on somebody's list: since when, and the days of tries that reached nobody. */
  readonly callsListed: readonly { readonly invoice: string; readonly stage: string; readonly on: Day; readonly tries: readonly Day[] }[];
  readonly replies: readonly Reply[];
  /** The customer has an owner in sales. */
  readonly hasOwner: boolean;
  readonly ownerQuestions: readonly OwnerQuestion[];
  /** "Go, and do not ask for 30 days." */
  readonly ownerStandingGo: Day | null;
  readonly placements: readonly Placement[];
  /** Questions to people that are still open. */
  readonly proposals: readonly { readonly entity: string; readonly currency: string; readonly stage: string; readonly since: Day }[];
  /** People said no. `until` where they chose a day. */
  readonly noes: readonly { readonly entity: string; readonly currency: string; readonly on: Day; readonly until: Day | null }[];
  readonly letters: readonly Letter[];
  readonly smallKept: readonly { readonly invoice: string; readonly on: Day }[];
  /** Mails that wait for somebody's approval. */
  readonly draftsWaiting: readonly { readonly entity: string; readonly stage: string }[];
  /** Entities without an address, a sender or a template. */
  readonly cannotWrite: readonly string[];
}
