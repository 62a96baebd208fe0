import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import type { Tell } from '../kernel/told.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { accountSubject } from './account.slack.ts';
import { accountCards } from './account-cards.slack.ts';
import { bounceReactions, bounceTells } from './bounce-reply.op.ts';
import { callSubject } from './call.slack.ts';
import { contactsSubject } from './contacts.slack.ts';
import { customerReplySubject } from './customer-reply.slack.ts';
import { legalHoldSubject } from './legal-hold.slack.ts';
import { tracingSubject } from './tracing.slack.ts';
import { tracingCard } from './tracing.view.ts';

/** The account's card, and speaking with the customer: calls, contacts, what they answer, and the search where nobody answers. */
export function accountSide(world: SlackWorld) {
  const cards = accountCards(world);
  const call = callSubject(world, cards);
  return {
    subjects: [
      accountSubject({ ...world, openCall: call.open }),
      call.subject,
      contactsSubject(world, cards),
      tracingSubject(world, cards),
      customerReplySubject(world, cards),
      legalHoldSubject(world),
    ],
    reactions: bounceReactions(world),
    alertCards: { 'contact-search': tracingAlert(world) },
    told: { 'tracing-opened': tracingTells, 'contact-found': tracingTells, 'reply-received': bounceTells },
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
