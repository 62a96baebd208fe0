import { promiseAlert } from '../arrangements/promise-news.slack.ts';
import { promisesSubject } from '../arrangements/promises.slack.ts';
import { promiseTells } from '../arrangements/tell-promise.op.ts';
import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { Tell } from '../team/tell-assignment.op.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { accountCards } from './account-cards.slack.ts';
import { bounceReactions, bounceTells } from './bounce-reply.op.ts';
import { callSubject } from './call.slack.ts';
import { contactsSubject } from './contacts.slack.ts';
import { tracingSubject } from './tracing.slack.ts';
import { tracingCard } from './tracing.view.ts';

/** Speaking with the customer: the call card, whom to call, what becomes of promises, and the search where nobody answers. */
export function callSide(world: World) {
  const cards = accountCards(world);
  const call = callSubject(world, cards);
  return {
    openCall: call.open,
    subjects: [call.subject, contactsSubject(world, cards), tracingSubject(world, cards), promisesSubject(world)],
    reactions: bounceReactions(world),
    alertCards: { 'promise-broken': promiseAlert(world), 'contact-search': tracingAlert(world) },
    told: { 'promise-closed': promiseTells, 'tracing-opened': tracingTells, 'contact-found': tracingTells, 'reply-received': bounceTells },
  };
}

const tracingTells = (fact: RecordedFact): Tell[] => [alertTell(fact, 'contact-search', {})];

/** Nothing once the search is over. */
function tracingAlert({ accounts }: World): DrawAlert {
  return async ({ account }) => {
    const found = await accounts.load(account);
    return found?.work.tracing ? tracingCard(found, found.work.tracing) : null;
  };
}
