import { type AccountDecision, type AccountWork, type OwnRequest, onHold } from './account-work.ts';
import type { Moment } from './moment.ts';

type Own<Do extends OwnRequest['do']> = Extract<OwnRequest, { do: Do }>;

export function assignCollector(work: AccountWork, { to, how, seen }: Own<'assign'>): AccountDecision {
  if (seen !== undefined && seen !== work.collector) return { refused: 'collector-changed-meanwhile' };
  if (to === work.collector) return { refused: 'already-assigned' };
  return { work: { ...work, collector: to }, facts: [{ type: 'collector-assigned', from: work.collector, to, how }] };
}

export function holdAccount(work: AccountWork, { until, reason }: Own<'hold'>, { by, today, latest }: Moment): AccountDecision {
  if (until <= today) return { refused: 'day-not-in-future' };
  if (until > latest) return { refused: 'hold-too-long' };
  if (reason.trim() === '') return { refused: 'reason-missing' };
  return { work: { ...work, hold: { until, reason, by } }, facts: [{ type: 'held', until, reason }] };
}

export function endHold(work: AccountWork, _: Own<'unhold'>, { today }: Moment): AccountDecision {
  return onHold(work, today) ? { work: { ...work, hold: null }, facts: [{ type: 'unheld' }] } : { refused: 'not-held' };
}

export function snoozeAccount(work: AccountWork, { until }: Own<'snooze'>, { by, today, latest }: Moment): AccountDecision {
  if (until <= today) return { refused: 'day-not-in-future' };
  if (until > latest) return { refused: 'hold-too-long' };
  return { work: { ...work, snooze: { until, by } }, facts: [{ type: 'snoozed', until }] };
}

export function setStatus(work: AccountWork, { status, reason }: Own<'set-status'>): AccountDecision {
  if (status === work.status) return { refused: 'status-unchanged' };
  if (reason.trim() === '') return { refused: 'reason-missing' };
  return { work: { ...work, status, statusReason: reason }, facts: [{ type: 'status-set', from: work.status, to: status, reason }] };
}

export function setKind(work: AccountWork, { kind }: Own<'set-kind'>): AccountDecision {
  if (kind === work.kind) return { refused: 'kind-unchanged' };
  return { work: { ...work, kind }, facts: [{ type: 'kind-set', from: work.kind, to: kind }] };
}

export function choosePolicy(work: AccountWork, { policy }: Own<'choose-policy'>): AccountDecision {
  if (policy === work.policy) return { refused: 'policy-unchanged' };
  return { work: { ...work, policy }, facts: [{ type: 'policy-chosen', from: work.policy, to: policy }] };
}
