import type { FollowUpPorts } from '../operations/account-days.ts';
import { bounceReactions, bounceTells } from '../operations/bounce-reply.ts';
import type { RecordedFact, ReplyTexts } from '../operations/ports.ts';
import { alertTell } from '../operations/tell-alerts.ts';
import type { Tell } from '../operations/tell-assignment.ts';
import { promiseTells } from '../operations/tell-promise.ts';
import { accountCards, type CardPorts } from './account-cards.ts';
import type { DrawAlert } from './alert-cards.ts';
import { tracingCard } from './blocks/tracing.ts';
import { promiseAlert } from './promise-news.ts';
import { type CallPorts, callSubject } from './subjects/call.ts';
import { contactsSubject } from './subjects/contacts.ts';
import { promisesSubject } from './subjects/promises.ts';
import { tracingSubject } from './subjects/tracing.ts';

export interface CallSidePorts extends CallPorts, CardPorts, FollowUpPorts {
  readonly replyTexts: ReplyTexts;
}

/** Speaking with the customer: the call card, whom to call, what becomes of promises, and the search where nobody answers. */
export function callSide(ports: CallSidePorts) {
  const cards = accountCards(ports);
  const call = callSubject(ports, cards);
  return {
    openCall: call.open,
    subjects: [call.subject, contactsSubject(ports, cards), tracingSubject(ports, cards), promisesSubject(ports)],
    reactions: bounceReactions(ports),
    alertCards: { 'promise-broken': promiseAlert(ports), 'contact-search': tracingAlert(ports) },
    told: { 'promise-closed': promiseTells, 'tracing-opened': tracingTells, 'contact-found': tracingTells, 'reply-received': bounceTells },
  };
}

const tracingTells = (fact: RecordedFact): Tell[] => [alertTell(fact, 'contact-search', {})];

/** Nothing once the search is over. */
function tracingAlert({ accounts }: CallSidePorts): DrawAlert {
  return async ({ account }) => {
    const found = await accounts.load(account);
    return found?.work.tracing ? tracingCard(found, found.work.tracing) : null;
  };
}
