import { dayIn } from '../domain/day.ts';
import { BOUNCE_REPLY, bounceTells, markBouncedReply } from '../operations/bounce-reply.ts';
import type { RecordedFact, ReplyTexts } from '../operations/ports.ts';
import type { Tell } from '../operations/tell-assignment.ts';
import { PROMISE_NEWS, promiseTells } from '../operations/tell-promise.ts';
import { accountCards, type CardPorts } from './account-cards.ts';
import { tracingCard } from './blocks/tracing.ts';
import type { Renderer } from './outbound.ts';
import { firstReachable, type NewsPorts, promiseNewsRenderer } from './promise-news.ts';
import { type CallPorts, callSubject } from './subjects/call.ts';
import { contactsSubject } from './subjects/contacts.ts';
import { promisesSubject } from './subjects/promises.ts';
import { tracingSubject } from './subjects/tracing.ts';

export interface CallSidePorts extends CallPorts, CardPorts, NewsPorts {
  readonly replyTexts: ReplyTexts;
}

const TRACING = 'tracing-news';

/** Speaking with the customer: the call card, whom to call, what becomes of promises, and the search where nobody answers. */
export function callSide(ports: CallSidePorts) {
  const cards = accountCards(ports);
  const call = callSubject(ports, cards);
  return {
    openCall: call.open,
    subjects: [call.subject, contactsSubject(ports, cards), tracingSubject(ports, cards), promisesSubject(ports)],
    renderers: {
      [PROMISE_NEWS]: promiseNewsRenderer(ports),
      [TRACING]: tracingRenderer(ports),
      [BOUNCE_REPLY]: bounceMarker(ports),
    },
    told: { 'promise-closed': promiseTells, 'tracing-opened': tracingTells, 'contact-found': tracingTells, 'reply-received': bounceTells },
  };
}

function tracingTells({ id, aggregate }: RecordedFact): Tell[] {
  return [{ id: `${TRACING}:${id}`, kind: TRACING, payload: { account: aggregate.slice('account:'.length) } }];
}

/** To the collector, to their cover, else to somebody who manages; nothing once the search is over. */
function tracingRenderer(ports: CallSidePorts): Renderer {
  return async ({ account }) => {
    const [found, team, { zone }] = await Promise.all([ports.accounts.load(String(account)), ports.team.read(), ports.settings.read()]);
    if (!found?.work.tracing) return null;
    const { collector, tracing } = found.work;
    const to = await firstReachable(ports.client, team, collector ? [collector] : [], dayIn(zone, ports.clock.now()));
    return to && { channel: to.channel, messages: [tracingCard(found, tracing)] };
  };
}

/** Says nothing: the mark is what is owed, and a job sees to it that it is made. */
function bounceMarker(ports: CallSidePorts): Renderer {
  return async ({ account, reply }) => {
    await markBouncedReply(ports, String(account), String(reply));
    return null;
  };
}
