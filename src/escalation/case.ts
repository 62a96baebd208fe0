import type { Day } from '../kernel/day.ts';
import type { Team } from '../team/team.ts';
import type { CaseKind, Needed } from './approval-table.ts';
import { type ApproverRefusal, type AskedCase, eligibleAs, relatedTo, stillApprover, type Vote } from './case-people.ts';

export type CaseState = 'open' | 'approved' | 'rejected' | 'withdrawn' | 'expired' | 'void' | 'carried-out';

/** An escalation that people decide. Every amount is in minor units of `currency`. */
export interface Case extends AskedCase {
  readonly id: string;
  readonly account: string;
  /** Code of the selling entity; '' when it is about the whole account. */
  readonly entity: string;
  readonly kind: CaseKind;
  readonly currency: string;
  readonly amount: number;
  readonly reason: string;
  readonly reasonCodes: readonly string[];
  /** Ids of what is asked: letter, plan, settlement ... */
  readonly about: Readonly<Record<string, string>>;
  /** Answers of the six questions that a person gave, by question. */
  readonly answers: Readonly<Record<string, string>>;
  /** Fingerprint of what the decision rests on; compared again when it is carried out. */
  readonly basis: string;
  /** The account's day on which `basis` was taken. */
  readonly day: Day;
  readonly needed: Needed;
  readonly state: CaseState;
  /** ISO instants. */
  readonly expiresAt: string;
  readonly remindAt: string;
  readonly remindedAt: string | null;
  readonly closedAt: string | null;
  /** How it ended, in words; '' while it is open. */
  readonly outcome: string;
}

/** What a request starts from. */
export type NewCase = Omit<
  Case,
  'revision' | 'editors' | 'barred' | 'votes' | 'state' | 'openedAt' | 'remindedAt' | 'closedAt' | 'outcome'
>;

/** What an edit may change. */
export type CaseEdit = Pick<
  Case,
  'amount' | 'reason' | 'reasonCodes' | 'answers' | 'basis' | 'day' | 'needed' | 'expiresAt' | 'remindAt'
> & {
  readonly about?: Case['about'];
};

export type CaseRequest =
  /** `seen`: the revision of the card that was clicked. */
  | { readonly do: 'vote'; readonly vote: Vote['vote']; readonly reason: string; readonly seen: number }
  | { readonly do: 'edit'; readonly edit: CaseEdit; readonly seen: number }
  | { readonly do: 'withdraw'; readonly reason: string; readonly mayManage: boolean }
  | { readonly do: 'expire' }
  | { readonly do: 'remind' }
  | { readonly do: 'carry-out'; readonly outcome: string }
  | { readonly do: 'void'; readonly why: string };

export type CaseFact = { readonly account: string; readonly kind: CaseKind } & (
  | {
      readonly type: 'case-requested';
      readonly entity: string;
      readonly amount: number;
      readonly currency: string;
      readonly reason: string;
      readonly reasonCodes: readonly string[];
      readonly about: Case['about'];
      readonly basis: string;
      readonly needed: Needed;
      readonly expiresAt: string;
    }
  | {
      readonly type: 'case-edited';
      readonly revision: number;
      readonly amount: number;
      readonly currency: string;
      readonly reason: string;
      readonly basis: string;
      readonly votesVoided: number;
    }
  | { readonly type: 'case-voted'; readonly vote: Vote['vote']; readonly as: string; readonly revision: number; readonly reason: string }
  | {
      readonly type: 'case-approved' | 'case-rejected';
      readonly revision: number;
      readonly voters: readonly string[];
      readonly reason: string;
    }
  | { readonly type: 'case-withdrawn' | 'case-voided' | 'case-carried-out'; readonly reason: string }
  | { readonly type: 'case-expired' | 'case-reminded' }
);

export type CaseRefusal =
  | 'case-closed'
  | 'case-expired'
  | 'case-changed'
  | 'case-reason-missing'
  | ApproverRefusal
  | 'withdraw-needs-requester'
  | 'case-amount-negative'
  | 'not-due';

export type CaseDecision = { readonly case: Case; readonly facts: readonly CaseFact[] } | { readonly refused: CaseRefusal };

/** The case as requested, or why it cannot be; `today` is the team's. */
export function openCase(wanted: NewCase, now: Temporal.Instant, team: Team, today: Day): CaseDecision {
  if (wanted.reason.trim() === '') return { refused: 'case-reason-missing' };
  if (!Number.isSafeInteger(wanted.amount) || wanted.amount < 0) return { refused: 'case-amount-negative' };
  const opened: Case = {
    ...wanted,
    revision: 1,
    editors: [],
    barred: { requester: relatedTo(team, wanted.requester, today, today), editor: [] },
    votes: [],
    state: 'open',
    openedAt: now.toString(),
    remindedAt: null,
    closedAt: null,
    outcome: '',
  };
  const { account, kind, entity, amount, currency, reason, reasonCodes, about, basis, needed, expiresAt } = opened;
  const fact: CaseFact = {
    type: 'case-requested',
    account,
    kind,
    entity,
    amount,
    currency,
    reason,
    reasonCodes,
    about,
    basis,
    needed,
    expiresAt,
  };
  return { case: opened, facts: [fact] };
}

/** One decision about one case; `today` is the team's. Final states are final, and the clock decides on its own whether it has lapsed. */
export function decideCase(of: Case, request: CaseRequest, by: string, now: Temporal.Instant, team: Team, today: Day): CaseDecision {
  const { account, kind } = of;
  if (request.do === 'carry-out' || request.do === 'void') {
    if (of.state !== 'approved') return { refused: 'case-closed' };
    const [state, outcome] = request.do === 'void' ? (['void', request.why] as const) : (['carried-out', request.outcome] as const);
    const type = request.do === 'void' ? 'case-voided' : 'case-carried-out';
    return { case: { ...of, state, outcome }, facts: [{ type, account, kind, reason: outcome }] };
  }
  if (of.state !== 'open') return { refused: 'case-closed' };
  const lapsed = Temporal.Instant.compare(now, Temporal.Instant.from(of.expiresAt)) >= 0;
  if (request.do === 'expire') {
    if (!lapsed) return { refused: 'not-due' };
    return { case: closed(of, 'expired', 'Nobody decided in time.', now), facts: [{ type: 'case-expired', account, kind }] };
  }
  if (lapsed) return { refused: 'case-expired' };
  switch (request.do) {
    case 'vote':
      return vote(of, request, by, now, team, today);
    case 'edit':
      return edit(of, request, by, team, today);
    case 'withdraw': {
      if (by !== of.requester && !request.mayManage) return { refused: 'withdraw-needs-requester' };
      const reason = request.reason.trim();
      if (reason === '') return { refused: 'case-reason-missing' };
      return { case: closed(of, 'withdrawn', reason, now), facts: [{ type: 'case-withdrawn', account, kind, reason }] };
    }
    case 'remind': {
      const due = Temporal.Instant.compare(now, Temporal.Instant.from(of.remindAt)) >= 0;
      if (!due || of.remindedAt !== null) return { refused: 'not-due' };
      return { case: { ...of, remindedAt: now.toString() }, facts: [{ type: 'case-reminded', account, kind }] };
    }
  }
}

function vote(
  of: Case,
  { vote: how, reason: given, seen }: Extract<CaseRequest, { do: 'vote' }>,
  by: string,
  now: Temporal.Instant,
  team: Team,
  today: Day,
): CaseDecision {
  if (seen !== of.revision) return { refused: 'case-changed' };
  const as = eligibleAs(of, by, team, today);
  if (as.refused !== undefined) return { refused: as.refused };
  const reason = given.trim();
  if (how === 'reject' && reason === '') return { refused: 'case-reason-missing' };
  const { account, kind, revision } = of;
  const cast: Vote = { by, as: as.for, vote: how, reason, revision, at: now.toString() };
  const voted = { ...of, votes: [...of.votes, cast] };
  const facts: CaseFact[] = [{ type: 'case-voted', account, kind, vote: how, as: as.for, revision, reason }];
  if (how === 'reject') {
    facts.push({ type: 'case-rejected', account, kind, revision, voters: [by], reason });
    return { case: closed(voted, 'rejected', reason, now), facts };
  }
  const approvals = standing(voted, team);
  if (!enough(of.needed, approvals, team)) return { case: voted, facts };
  facts.push({ type: 'case-approved', account, kind, revision, voters: approvals.map((each) => each.by), reason: '' });
  return { case: closed(voted, 'approved', '', now), facts };
}

/** Approvals of the current revision by people who may still decide. */
export function standing(of: Case, team: Team): Vote[] {
  return of.votes.filter(
    (each) => each.vote === 'approve' && each.revision === of.revision && stillApprover(team, each.as) && !left(team, each.by),
  );
}

/** Whether these approvals decide: that many people, and finance leads among them. */
function enough(needed: Needed, approvals: readonly Vote[], team: Team): boolean {
  const leads = approvals.filter((each) => isLead(team, each.as)).length;
  return approvals.length >= needed.people && leads >= needed.financeLeads;
}

const isLead = (team: Team, user: string) => team.members.some((member) => member.user === user && member.roles.includes('finance-lead'));
const left = (team: Team, user: string) => team.members.some((member) => member.user === user && member.left === true);

function edit(of: Case, { edit: to, seen }: Extract<CaseRequest, { do: 'edit' }>, by: string, team: Team, today: Day): CaseDecision {
  if (seen !== of.revision) return { refused: 'case-changed' };
  if (to.reason.trim() === '') return { refused: 'case-reason-missing' };
  if (!Number.isSafeInteger(to.amount) || to.amount < 0) return { refused: 'case-amount-negative' };
  const votesVoided = of.votes.filter((each) => each.revision === of.revision).length;
  const revision = of.revision + 1;
  const edited: Case = {
    ...of,
    ...to,
    about: to.about ?? of.about,
    revision,
    editors: [...of.editors, by],
    barred: { ...of.barred, editor: relatedTo(team, by, today, today) },
    remindedAt: null,
  };
  const { account, kind, currency } = of;
  const { amount, reason, basis } = to;
  return { case: edited, facts: [{ type: 'case-edited', account, kind, revision, amount, currency, reason, basis, votesVoided }] };
}

function closed(of: Case, state: CaseState, outcome: string, now: Temporal.Instant): Case {
  return { ...of, state, outcome, closedAt: now.toString() };
}
