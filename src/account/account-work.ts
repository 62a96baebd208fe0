import type { Arranged, ArrangementFact, ArrangementRefusal, ArrangementRequest } from '../arrangements/arrangements.ts';
import type { PromisedAndDisputed } from '../arrangements/collectable.ts';
import type { DisputeFact, DisputeRefusal, DisputeRequest, EndedDispute } from '../arrangements/dispute.ts';
import type { PastPromise } from '../arrangements/past-promises.ts';
import type { PromiseFact, PromiseRefusal, PromiseRequest } from '../arrangements/promise.ts';
import type { Agreement, AgreementFact, AgreementRefusal, AgreementRequest } from '../charges/agreement.ts';
import type { BeyondInsured, InsuredFact } from '../charges/insured.ts';
import type { LimitationFact, LimitationRecord, LimitationRefusal, LimitationRequest } from '../charges/limitation-record.ts';
import type { CreditFile, CreditFileFact, CreditFileRefusal, CreditFileRequest } from '../credit/credit-file.ts';
import { NO_CREDIT_FILE } from '../credit/credit-file.ts';
import type { Demand, DemandFact, DemandRefusal, DemandRequest } from '../escalation/demand.ts';
import type { InsolvencyFact, InsolvencyFile, InsolvencyRefusal, InsolvencyRequest } from '../escalation/insolvency.ts';
import type { MandateFact, MandateRefusal, MandateRequest } from '../escalation/mandate.ts';
import type { CounselOpinion, Placement, PlacementFact, PlacementRefusal, PlacementRequest } from '../escalation/placement.ts';
import type { CreditLimits, Supply, SupplyFact, SupplyRefusal, SupplyRequest } from '../escalation/supply.ts';
import type { Ladder, LadderFact, LadderRefusal, LadderRequest } from '../follow-up/ladder.ts';
import type { AnsweredFlag, FlagFact, FlagRefusal, FlagRequest } from '../invoices/answered-flags.ts';
import type { Day } from '../kernel/day.ts';
import type { FilingFact, FilingRefusal, FilingRequest } from '../trail/interaction.ts';
import type { AccountStatus, CustomerKind } from './account.ts';
import type { CallFact, CallRefusal, CallRequest, Calls } from './call.ts';
import type { ContactBook, ContactFact, ContactRefusal, ContactRequest } from './contact-book.ts';
import type { ReplyFact, ReplyRefusal, ReplyRequest, WaitingReply } from './customer-reply.ts';
import type { KeepingFact, LegalHold, LegalHoldRefusal, LegalHoldRequest } from './legal-hold.ts';
import type { Tracing, TracingFact, TracingRefusal, TracingRequest } from './tracing.ts';
import type { Veto, VetoFact, VetoRefusal, VetoRequest } from './veto.ts';

/** What the team has decided about an account; the ledger's part is LedgerAccount. */
export interface AccountWork extends PromisedAndDisputed, Arranged {
  /** Slack user id, or null. */
  readonly collector: string | null;
  readonly status: AccountStatus;
  readonly statusReason: string;
  /** Set by a person; null: as the ledger says. */
  readonly kind: CustomerKind | null;
  /** No contact through this day, for a reason the file keeps. */
  readonly hold: { readonly until: Day; readonly reason: string; readonly by: string } | null;
  /** Nothing of the account may be removed or erased before a person lifts it; null: none. */
  readonly legalHold: LegalHold | null;
  /** Out of its collector's list through this day; follow-up goes on. */
  readonly snooze: { readonly until: Day; readonly by: string } | null;
  /** Key of the policy chosen for this account; null: its segment's, or the company's. */
  readonly policy: string | null;
  /** Promises of the last year that came to an end. */
  readonly pastPromises: readonly PastPromise[];
  /** With agencies and law firms, oldest first; under one that was not recalled our own follow-up rests. */
  readonly placements: readonly Placement[];
  /** What counsel has said; the words are in the file alone. */
  readonly opinions: readonly CounselOpinion[];
  /** Waiting for an answer: nothing goes out before. */
  readonly replies: readonly WaitingReply[];
  /** One a selling entity that has followed up so far. */
  readonly ladders: readonly Ladder[];
  /** Disputes that ended lately: what they were about rests a little longer. */
  readonly closedDisputes: readonly EndedDispute[];
  /** What was agreed with the customer; null while nobody has entered it. */
  readonly agreement: Agreement | null;
  /** What people recorded about limitation periods, in the order in which they did. */
  readonly limitations: readonly LimitationRecord[];
  /** The last day on which anybody contacted the customer, by whatever channel, for whichever entity. */
  readonly lastContact: Day | null;
  readonly calls: Calls;
  /** The team's part of the account's contacts; the rows are the importer's. */
  readonly contacts: ContactBook;
  readonly tracing: Tracing | null;
  /** When the last tracing ended; what bounced before counts no more. */
  readonly tracingEnded: Day | null;
  /** Null while supply was never stopped. */
  readonly supply: Supply | null;
  readonly creditLimits: CreditLimits;
  /** Who may owe how much and what that rests on. */
  readonly creditFile: CreditFile;
  /** What was found odd about invoices before they were due, and what people said to it. */
  readonly answeredFlags: readonly AnsweredFlag[];
  /** The last demand letter of each selling entity that has served one. */
  readonly demands: readonly Demand[];
  /** Steps about which the owner in sales was asked. */
  readonly vetoes: readonly Veto[];
  /** Of proceedings over the customer, oldest first; at most the last one is open. */
  readonly insolvencies: readonly InsolvencyFile[];
}

export const NEW_WORK: AccountWork = {
  collector: null,
  status: 'active',
  statusReason: '',
  kind: null,
  hold: null,
  legalHold: null,
  snooze: null,
  policy: null,
  promises: [],
  pastPromises: [],
  disputes: [],
  plans: [],
  offers: [],
  postings: [],
  writeOffs: [],
  placements: [],
  opinions: [],
  mandate: null,
  replies: [],
  ladders: [],
  closedDisputes: [],
  agreement: null,
  limitations: [],
  lastContact: null,
  calls: { tries: [], reasons: [] },
  contacts: [],
  tracing: null,
  tracingEnded: null,
  supply: null,
  creditLimits: {},
  creditFile: NO_CREDIT_FILE,
  answeredFlags: [],
  demands: [],
  vetoes: [],
  insolvencies: [],
};

export type AssignedHow = 'by hand' | 'by rule' | 'round-robin' | 'in bulk' | 'cover';

/** Past tense. Who, when and the command come with the stamp. */
export type AccountFact =
  | { readonly type: 'collector-assigned'; readonly from: string | null; readonly to: string | null; readonly how: AssignedHow }
  | { readonly type: 'held'; readonly until: Day; readonly reason: string }
  | { readonly type: 'unheld' }
  | { readonly type: 'snoozed'; readonly until: Day }
  | { readonly type: 'status-set'; readonly from: AccountStatus; readonly to: AccountStatus; readonly reason: string }
  | { readonly type: 'kind-set'; readonly from: CustomerKind | null; readonly to: CustomerKind }
  | { readonly type: 'policy-chosen'; readonly from: string | null; readonly to: string | null }
  | PromiseFact
  | DisputeFact
  | ReplyFact
  | CallFact
  | ContactFact
  | TracingFact
  | LadderFact
  | AgreementFact
  | LimitationFact
  | ArrangementFact
  | SupplyFact
  | PlacementFact
  | MandateFact
  | DemandFact
  | VetoFact
  | FilingFact
  | InsuredFact
  | InsolvencyFact
  | KeepingFact
  | CreditFileFact
  | FlagFact;

/** What is asked of the account itself. */
export type OwnRequest =
  | {
      readonly do: 'assign';
      readonly to: string | null;
      readonly how: AssignedHow /** What the asker saw; a change since then is refused. */;
      readonly seen?: string | null;
    }
  | { readonly do: 'hold'; readonly until: Day; readonly reason: string }
  | { readonly do: 'unhold' }
  | { readonly do: 'snooze'; readonly until: Day }
  | { readonly do: 'set-status'; readonly status: AccountStatus; readonly reason: string }
  | { readonly do: 'set-kind'; readonly kind: CustomerKind }
  | { readonly do: 'choose-policy' /** Null: its segment's, or the company's. */; readonly policy: string | null };

/** What a person or the clock asks of an account. */
export type AccountRequest = {
  /** Invoices for which it goes beyond the credit insurer's period, seen by whoever asks. */ readonly beyond?: BeyondInsured;
} & (
  | OwnRequest
  | PromiseRequest
  | DisputeRequest
  | ReplyRequest
  | CallRequest
  | ContactRequest
  | TracingRequest
  | LadderRequest
  | AgreementRequest
  | LimitationRequest
  | ArrangementRequest
  | SupplyRequest
  | PlacementRequest
  | MandateRequest
  | DemandRequest
  | VetoRequest
  | FilingRequest
  | LegalHoldRequest
  | InsolvencyRequest
  | CreditFileRequest
  | FlagRequest
);

export type AccountRefusal =
  | 'already-assigned'
  | 'collector-changed-meanwhile'
  | 'day-not-in-future'
  | 'hold-too-long'
  | 'reason-missing'
  | 'not-held'
  | 'status-unchanged'
  | 'kind-unchanged'
  | 'policy-unchanged'
  | PromiseRefusal
  | DisputeRefusal
  | ReplyRefusal
  | CallRefusal
  | ContactRefusal
  | TracingRefusal
  | LadderRefusal
  | AgreementRefusal
  | LimitationRefusal
  | ArrangementRefusal
  | SupplyRefusal
  | PlacementRefusal
  | MandateRefusal
  | DemandRefusal
  | VetoRefusal
  | FilingRefusal
  | LegalHoldRefusal
  | InsolvencyRefusal
  | CreditFileRefusal
  | FlagRefusal;

export type AccountDecision = { readonly work: AccountWork; readonly facts: readonly AccountFact[] } | { readonly refused: AccountRefusal };

/** A hold counts through its last day. */
export function onHold(work: Pick<AccountWork, 'hold'>, today: Day): boolean {
  return work.hold !== null && today <= work.hold.until;
}

export function snoozed(work: Pick<AccountWork, 'snooze'>, today: Day): boolean {
  return work.snooze !== null && today <= work.snooze.until;
}
