import { accountCards } from '../account/account-cards.slack.ts';
import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import { dayIn, zoneOf } from '../kernel/day.ts';
import type { Tell } from '../kernel/told.op.ts';
import { channelProblem, findChannel } from '../slack/destination.ts';
import type { Renderer } from '../slack/outbound.ts';
import { sharedOutside } from '../slack/shared-channels.ts';
import type { SlackWorld } from '../slack/world.ts';
import { idOf } from '../trail/fact-table.ts';
import { factLine } from '../trail/facts.view.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { disputeSubject } from './dispute.slack.ts';
import { disputeCard } from './dispute.view.ts';
import { watchDisputes } from './watch-disputes.op.ts';

/** The card in the channel of the team that can resolve it, and what happens to it afterwards in its thread. */
const [CARD, NEWS] = ['dispute-card', 'dispute-news'];

/** Everything about disputes: forms and buttons, cards and alerts, and what the clock does. */
export function disputeSide(world: SlackWorld) {
  return {
    subjects: [disputeSubject(world, accountCards(world))],
    renderers: renderers(world),
    alertCards: { 'dispute-overdue': overdueAlert(world) },
    told: {
      'dispute-recorded': posted,
      'dispute-overdue': alerts,
      'dispute-extended': news,
      'dispute-step-taken': news,
      'dispute-closed': news,
    },
    due: [{ name: 'disputes', run: hourly(world) }],
  };
}

const cardJob = (dispute: unknown) => `${CARD}:${dispute}`;

function posted(fact: RecordedFact): Tell[] {
  if (!fact.channel) return [];
  return [{ id: cardJob(fact.dispute), kind: CARD, payload: { account: idOf(fact), dispute: fact.dispute, channel: fact.channel } }];
}

/** Who sees to it and the managers are alerted, once a limit; the team's thread is told as well. */
function alerts(fact: RecordedFact): Tell[] {
  return [alertTell(fact, 'dispute-overdue', { dispute: String(fact.dispute) }, { named: String(fact.owner) }), ...news(fact)];
}

const news = (fact: RecordedFact): Tell[] => [{ id: `${NEWS}:${fact.id}`, kind: NEWS, payload: { fact } }];

/** The card of one that is still open; null when it is closed or only waits for its credit note. */
function drawing(world: SlackWorld) {
  return async (heading: string, account: string, dispute: unknown) => {
    const [found, { zone, commands }] = await Promise.all([world.accounts.load(account), world.settings.read()]);
    const open = found?.work.disputes.find(({ id }) => id === dispute);
    if (!found || !open || open.credit) return null;
    return disputeCard(heading, found, open, dayIn(zoneOf(found, { zone }), world.clock.now()), commands.account);
  };
}

function overdueAlert(world: SlackWorld): DrawAlert {
  const draw = drawing(world);
  return ({ account, about }) => draw('Dispute past its limit', account, about.dispute);
}

function renderers(world: SlackWorld): Record<string, Renderer> {
  const draw = drawing(world);
  return {
    async [CARD!](payload) {
      const channel = String(payload.channel);
      const known = await findChannel(world.client, channel);
      if (!known || known.is_archived) return null;
      // The bot may still be invited. What another company would read waits for that to end, like everything that leaves (exit.ts).
      const problem = channelProblem(known, channel, world.botName);
      if (problem && !sharedOutside(known)) throw new Error(problem);
      const message = await draw('Dispute', String(payload.account), payload.dispute);
      return message && { channel, messages: [message] };
    },
    async [NEWS!](payload) {
      const fact = payload.fact as RecordedFact;
      const card = await world.jobs.get(cardJob(fact.dispute));
      const place = (card?.progress as { posted?: { ts: string; channel: string }[] } | undefined)?.posted?.[0];
      if (!place) return null;
      const text = factLine(fact, (await world.settings.read()).zone);
      return {
        channel: place.channel,
        thread: place.ts,
        messages: [{ text, blocks: [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text } }] }],
      };
    },
  };
}

/** After each import and each hour, since days begin at different hours; several instances doing so record once. */
function hourly(world: SlackWorld): () => Promise<void> {
  let watched = '';
  return async () => {
    const { asOf } = await world.ledger.freshness();
    const state = `${asOf} ${world.clock.now().toString().slice(0, 13)}`;
    if (state === watched) return;
    await watchDisputes(world);
    watched = state;
  };
}
