import { decideDispute } from '../arrangements/dispute.ts';
import { decidePromise } from '../arrangements/promise.ts';
import { decideLadder, withTries } from '../follow-up/climb.ts';
import { ladderOf } from '../follow-up/ladder.ts';
import type { Day } from '../kernel/day.ts';
import type { AccountDecision, AccountFact, AccountWork } from './account-work.ts';
import { bookAfterCall, type CallRequest, callFacts, failedCalls, isContact, paidProblem, reachedSomebody, withCall } from './call.ts';
import type { ContactRequest } from './contact-book.ts';
import { decideContact } from './contact-book.ts';
import type { Moment } from './moment.ts';
import { climbed } from './take-step.ts';
import { decideTracing, opensTracing, type TracingRequest } from './tracing.ts';

/** A call with what was agreed on it, all of it or nothing. */
export function decideCall(work: AccountWork, request: CallRequest, moment: Moment): AccountDecision {
  const { by, today } = moment;
  const { outcome, agreed } = request;
  if ((outcome === 'promise' || outcome === 'dispute') && !agreed) return { refused: 'call-agreement-missing' };
  const problem = paidProblem(request, today);
  if (problem) return { refused: problem };
  const calls = withCall(work.calls, request, by, today);
  const facts: AccountFact[] = callFacts(request);
  let after: AccountWork = { ...work, calls, contacts: bookAfterCall(work.contacts, request, today) };

  // Only a call that reached somebody is the policy's step; the others are tries at it.
  const reached = reachedSomebody(outcome);
  if (request.stage && !reached) after = { ...after, ladders: withTry(after, request, today) };
  if (isContact(outcome)) {
    const contacted = recordContact(after, request, reached ? request.stage : null, moment);
    if ('refused' in contacted) return contacted;
    after = contacted.work;
    facts.unshift(...contacted.facts);
  }
  if (agreed?.do === 'record-promise') {
    const decided = decidePromise(after.promises, agreed, moment);
    if ('refused' in decided) return decided;
    after = { ...after, promises: decided.promises };
    facts.push(decided.fact);
  } else if (agreed?.do === 'record-dispute') {
    const decided = decideDispute(after.disputes, agreed, moment);
    if ('refused' in decided) return decided;
    after = { ...after, disputes: decided.disputes };
    facts.push(decided.fact);
  }
  return withTracing(after, facts, today);
}

/** Somebody tried on this day, and reached nobody. */
function withTry(work: AccountWork, { entity, said }: CallRequest, today: Day): AccountWork['ladders'] {
  const ladder = ladderOf(work.ladders, entity);
  return [...work.ladders.filter((each) => each.entity !== entity), withTries(ladder, said?.took ?? [], today)];
}

function recordContact(work: AccountWork, request: CallRequest, stage: CallRequest['stage'], moment: Moment): AccountDecision {
  const { entity, invoices, open } = request;
  const purpose = stage ? 'stage' : 'other';
  const said = stage && request.said ? { said: request.said } : {};
  const contact = { do: 'record-contact', entity, on: moment.today, channel: 'call', purpose, stage, invoices, open, ...said } as const;
  const decided = decideLadder(ladderOf(work.ladders, entity), contact, moment);
  return 'refused' in decided ? decided : { work: climbed(work, decided), facts: decided.facts };
}

/** What the team changes in the account's contacts; a bounce may open the tracing. */
export function decideContacts(work: AccountWork, request: ContactRequest, moment: Moment): AccountDecision {
  const decided = decideContact(work.contacts, request, moment);
  if ('refused' in decided) return decided;
  return withTracing({ ...work, contacts: decided.book }, [decided.fact], moment.today);
}

export function decideTrace(work: AccountWork, request: TracingRequest, moment: Moment): AccountDecision {
  const decided = decideTracing(work.tracing, work.contacts, request, moment);
  if ('refused' in decided) return decided;
  const ended = decided.tracing ? {} : { tracingEnded: moment.today, calls: { ...work.calls, tries: [] } };
  return { work: { ...work, tracing: decided.tracing, contacts: decided.book, ...ended }, facts: decided.facts };
}

/** Mail bounces and calls fail: somebody has to be found who answers. */
function withTracing(work: AccountWork, facts: readonly AccountFact[], today: Day): AccountDecision {
  const opened = opensTracing(work.contacts, failedCalls(work.calls.tries), work.tracing, work.tracingEnded);
  if (!opened) return { work, facts };
  return { work: { ...work, tracing: { opened: today, tried: [], found: null } }, facts: [...facts, opened] };
}
