import { decideArrangement, isArrangement } from '../arrangements/arrangements.ts';
import { decideAgreement } from '../charges/agreement.ts';
import { decideDemand } from '../escalation/demand.ts';
import { decideMandate, isMandate } from '../escalation/mandate.ts';
import { decidePlacement, isPlacement, restsWhilePlaced } from '../escalation/placement.ts';
import { decideSupply, isSupply } from '../escalation/supply.ts';
import type { Day } from '../kernel/day.ts';
import { decideFiling } from '../trail/interaction.ts';
import { type AccountDecision, type AccountRequest, type AccountWork, type OwnRequest, onHold } from './account-work.ts';
import { decideLegalHold } from './legal-hold.ts';
import { decideCall, decideContacts, decideTrace } from './log-call.ts';
import { decideRecorded } from './recorded-on-account.ts';
import { decideVeto } from './veto.ts';

/** Each noun has its rules in a file of its own. `today` in the account's zone, `latest` the last day a hold or mandate may name. */
export function decideAccount(work: AccountWork, request: AccountRequest, by: string, today: Day, latest: Day): AccountDecision {
  if (restsWhilePlaced(work, request)) return { refused: 'account-placed' };
  if (isArrangement(request)) {
    const decided = decideArrangement(work, request, by, today, latest);
    return 'refused' in decided ? decided : { work: { ...work, ...decided.arranged }, facts: decided.facts };
  }
  if (isPlacement(request)) {
    const decided = decidePlacement(work, request, today);
    return 'refused' in decided ? decided : { work: { ...work, ...decided.placed }, facts: [decided.fact] };
  }
  if (isMandate(request)) {
    const decided = decideMandate(work.mandate, request, by, today, latest);
    return 'refused' in decided ? decided : { work: { ...work, mandate: decided.mandate }, facts: [decided.fact] };
  }
  if (isSupply(request)) {
    const decided = decideSupply(work, request, by, today);
    return 'refused' in decided ? decided : { work: { ...work, ...decided.supplied }, facts: [decided.fact] };
  }
  switch (request.do) {
    case 'assign':
    case 'hold':
    case 'unhold':
    case 'snooze':
    case 'set-status':
    case 'set-kind':
    case 'choose-policy':
      return decideOwn(work, request, by, today, latest);
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

function decideOwn(work: AccountWork, request: OwnRequest, by: string, today: Day, latest: Day): AccountDecision {
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
  }
}
