import type { AccountStatus, CustomerKind } from './account.ts';
import { type Agreement, type AgreementFact, type AgreementRefusal, type AgreementRequest, decideAgreement } from './agreement.ts';
import {
  type ArrangementFact,
  type ArrangementRefusal,
  type ArrangementRequest,
  decideArrangement,
  isArrangement,
} from './arrangements.ts';
import type { CallFact, CallRefusal, CallRequest, Calls } from './call.ts';
import type { ContactBook, ContactFact, ContactRefusal, ContactRequest } from './contact-book.ts';
import type { ReplyFact, ReplyRefusal, ReplyRequest, WaitingReply } from './customer-reply.ts';
import type { Day } from './day.ts';
import { type Demand, type DemandFact, type DemandRefusal, type DemandRequest, decideDemand } from './demand.ts';
import type { DisputeFact, DisputeRefusal, DisputeRequest, OpenDispute } from './dispute.ts';
import {
  decideEscalation,
  type EscalationFact,
  type EscalationRefusal,
  type EscalationRequest,
  isEscalation,
} from './escalated-on-account.ts';
import { decideFiling, type FilingFact, type FilingRefusal, type FilingRequest } from './interaction.ts';
import type { Ladder, LadderFact, LadderRefusal, LadderRequest } from './ladder.ts';
import { decideLegalHold, type KeepingFact, type LegalHold, type LegalHoldRefusal, type LegalHoldRequest } from './legal-hold.ts';
import { decideCall, decideContacts, decideTrace } from './log-call.ts';
import type { Mandate } from './mandate.ts';
import type { PastPromise } from './past-promises.ts';
import { type CounselOpinion, type Placement, restsWhilePlaced } from './placement.ts';
import type { OpenPlan } from './plan.ts';
import type { OpenPosting } from './posting.ts';
import type { OpenPromise, PromiseFact, PromiseRefusal, PromiseRequest } from './promise.ts';
import { decideRecorded } from './recorded-on-account.ts';
import type { OpenOffer } from './settlement.ts';
import type { CreditLimits, Supply } from './supply.ts';
import type { Tracing, TracingFact, TracingRefusal, TracingRequest } from './tracing.ts';
import { decideVeto, type Veto, type VetoFact, type VetoRefusal, type VetoRequest } from './veto.ts';
import type { WriteOff } from './write-off.ts';

/** What the team has decided about an account; the ledger's part is LedgerAccount. */
export interface AccountWork {
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
  readonly promises: readonly OpenPromise[];
  /** Promises of the last year that came to an end. */
  readonly pastPromises: readonly PastPromise[];
  readonly disputes: readonly OpenDispute[];
  readonly plans: readonly OpenPlan[];
  /** Settlements and discounts. */
  readonly offers: readonly OpenOffer[];
  /** What the bookkeepers must credit or take back and no import has shown yet. */
  readonly postings: readonly OpenPosting[];
  /** What was given up and not taken back. */
  readonly writeOffs: readonly WriteOff[];
  /** With agencies and law firms, oldest first; under one that was not recalled our own follow-up rests. */
  readonly placements: readonly Placement[];
  /** What counsel has said; the words are in the file alone. */
  readonly opinions: readonly CounselOpinion[];
  /** What a negotiator may concede; null: nobody was given a mandate. */
  readonly mandate: Mandate | null;
  /** Waiting for an answer: nothing goes out before. */
  readonly replies: readonly WaitingReply[];
  /** One a selling entity that has followed up so far. */
  readonly ladders: readonly Ladder[];
  /** What was agreed with the customer; null while nobody has entered it. */
  readonly agreement: Agreement | null;
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
  /** The last demand letter of each selling entity that has served one. */
  readonly demands: readonly Demand[];
  /** Steps about which the owner in sales was asked. */
  readonly vetoes: readonly Veto[];
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
  agreement: null,
  lastContact: null,
  calls: { tries: [], reasons: [] },
  contacts: [],
  tracing: null,
  tracingEnded: null,
  supply: null,
  creditLimits: {},
  demands: [],
  vetoes: [],
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
  | ArrangementFact
  | EscalationFact
  | DemandFact
  | VetoFact
  | FilingFact
  | KeepingFact;

/** What a person or the clock asks of an account. */
export type AccountRequest =
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
  | { readonly do: 'choose-policy' /** Null: its segment's, or the company's. */; readonly policy: string | null }
  | PromiseRequest
  | DisputeRequest
  | ReplyRequest
  | CallRequest
  | ContactRequest
  | TracingRequest
  | LadderRequest
  | AgreementRequest
  | ArrangementRequest
  | EscalationRequest
  | DemandRequest
  | VetoRequest
  | FilingRequest
  | LegalHoldRequest;

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
  | ArrangementRefusal
  | EscalationRefusal
  | DemandRefusal
  | VetoRefusal
  | FilingRefusal
  | LegalHoldRefusal;

export type AccountDecision = { readonly work: AccountWork; readonly facts: readonly AccountFact[] } | { readonly refused: AccountRefusal };

/** A hold is for weeks, not for ever: past this it is a status (own policy). */
export const LONGEST_HOLD_DAYS = 180;

/** `today` in the account's zone, `latest` the last day a hold may name. */
export function decideAccount(work: AccountWork, request: AccountRequest, by: string, today: Day, latest: Day): AccountDecision {
  if (restsWhilePlaced(work, request)) return { refused: 'account-placed' };
  if (isArrangement(request)) {
    const decided = decideArrangement(work, request, by, today, latest);
    return 'refused' in decided ? decided : { work: { ...work, ...decided.arranged }, facts: decided.facts };
  }
  if (isEscalation(request)) return decideEscalation(work, request, by, today, latest);
  switch (request.do) {
    case 'assign': {
      const { to, how, seen } = request;
      if (seen !== undefined && seen !== work.collector) return { refused: 'collector-changed-meanwhile' };
      if (to === work.collector) return { refused: 'already-assigned' };
      return { work: { ...work, collector: to }, facts: [{ type: 'collector-assigned', from: work.collector, to, how }] };
    }
    case 'hold': {
      const { until, reason } = request;
      if (until <= today) return { refused: 'day-not-in-future' };
      if (until > latest) return { refused: 'hold-too-long' };
      if (reason.trim() === '') return { refused: 'reason-missing' };
      return { work: { ...work, hold: { until, reason, by } }, facts: [{ type: 'held', until, reason }] };
    }
    case 'unhold':
      return onHold(work, today) ? { work: { ...work, hold: null }, facts: [{ type: 'unheld' }] } : { refused: 'not-held' };
    case 'snooze':
      if (request.until <= today) return { refused: 'day-not-in-future' };
      if (request.until > latest) return { refused: 'hold-too-long' };
      return { work: { ...work, snooze: { until: request.until, by } }, facts: [{ type: 'snoozed', until: request.until }] };
    case 'set-status': {
      const { status, reason } = request;
      if (status === work.status) return { refused: 'status-unchanged' };
      if (reason.trim() === '') return { refused: 'reason-missing' };
      return { work: { ...work, status, statusReason: reason }, facts: [{ type: 'status-set', from: work.status, to: status, reason }] };
    }
    case 'set-kind':
      if (request.kind === work.kind) return { refused: 'kind-unchanged' };
      return { work: { ...work, kind: request.kind }, facts: [{ type: 'kind-set', from: work.kind, to: request.kind }] };
    case 'choose-policy':
      if (request.policy === work.policy) return { refused: 'policy-unchanged' };
      return { work: { ...work, policy: request.policy }, facts: [{ type: 'policy-chosen', from: work.policy, to: request.policy }] };
    case 'set-agreement': {
      const decided = decideAgreement(work.agreement, request, by, today);
      return 'refused' in decided ? decided : { work: { ...work, agreement: decided.agreement }, facts: [decided.fact] };
    }
    case 'record-interaction':
    case 'change-marking': {
      const decided = decideFiling(work.lastContact, request, today);
      return 'refused' in decided ? decided : { work: { ...work, lastContact: decided.lastContact }, facts: [decided.fact] };
    }
    case 'set-legal-hold':
    case 'lift-legal-hold':
      return decideLegalHold(work, request, by, today);
    case 'serve-demand': {
      const decided = decideDemand(work.demands, request, today);
      return 'refused' in decided ? decided : { work: { ...work, demands: decided.demands }, facts: [decided.fact] };
    }
    case 'ask-owner':
    case 'answer-owner': {
      const decided = decideVeto(work.vetoes, request, today);
      return 'refused' in decided ? decided : { work: { ...work, vetoes: decided.vetoes }, facts: [decided.fact] };
    }
    case 'log-call':
      return decideCall(work, request, by, today, latest);
    case 'order-contacts':
    case 'mark-contact':
    case 'add-contact':
    case 'mark-bounced':
      return decideContacts(work, request, today);
    case 'trace':
    case 'confirm-found':
    case 'drop-found':
    case 'end-tracing':
      return decideTrace(work, request, by, today);
    default:
      return decideRecorded(work, request, by, today, latest);
  }
}

/** A hold counts through its last day. */
export function onHold(work: Pick<AccountWork, 'hold'>, today: Day): boolean {
  return work.hold !== null && today <= work.hold.until;
}

export function snoozed(work: Pick<AccountWork, 'snooze'>, today: Day): boolean {
  return work.snooze !== null && today <= work.snooze.until;
}
