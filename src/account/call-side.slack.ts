import { promiseAlert } from '../arrangements/promise-news.slack.ts';
import { promisesSubject } from '../arrangements/promises.slack.ts';
import { promiseTells } from '../arrangements/tell-promise.op.ts';
import type { FollowUpPorts } from '../follow-up/account-days.op.ts';
import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import type { Tell } from '../team/tell-assignment.op.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { ReplyTexts } from './account.port.ts';
import { accountCards, type CardPorts } from './account-cards.slack.ts';
import { bounceReactions, bounceTells } from './bounce-reply.op.ts';
import { type CallPorts, callSubject } from './call.slack.ts';
import { contactsSubject } from './contacts.slack.ts';
import { tracingSubject } from './tracing.slack.ts';
import { tracingCard } from './tracing.view.ts';

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
