import { dayIn } from '../domain/day.ts';
import { mayDo, withRole } from '../domain/team.ts';
import type { Jobs, RecordedFact, TeamStore } from '../operations/ports.ts';
import type { Tell } from '../operations/tell-assignment.ts';
import { watchDisputes } from '../operations/watch-disputes.ts';
import { accountCards, type CardPorts } from './account-cards.ts';
import { disputeCard } from './blocks/dispute.ts';
import { factLine } from './blocks/facts.ts';
import { channelProblem, findChannel } from './destination.ts';
import { directChannel } from './direct.ts';
import type { Renderer } from './outbound.ts';
import { type DisputeSubjectPorts, disputeSubject } from './subjects/dispute.ts';

export interface DisputeSidePorts extends DisputeSubjectPorts, CardPorts {
  readonly team: TeamStore;
  readonly jobs: Jobs;
}

/** The card in the channel of the team that can resolve it, what happens to it afterwards in its thread, and the alerts at its limit. */
const [CARD, NEWS, ALERT, ALERT_MANAGERS] = ['dispute-card', 'dispute-news', 'dispute-alert', 'dispute-alert-managers'];

/** Everything about disputes: forms and buttons, cards and alerts, and what the clock does. */
export function disputeSide(ports: DisputeSidePorts) {
  return {
    subjects: [disputeSubject(ports, accountCards(ports))],
    renderers: renderers(ports),
    told: {
      'dispute-recorded': posted,
      'dispute-overdue': alerts,
      'dispute-extended': news,
      'dispute-step-taken': news,
      'dispute-closed': news,
    },
    due: [{ name: 'disputes', run: hourly(ports) }],
  };
}

const accountOf = ({ aggregate }: RecordedFact) => aggregate.slice('account:'.length);
const cardJob = (dispute: unknown) => `${CARD}:${dispute}`;

function posted(fact: RecordedFact): Tell[] {
  if (!fact.channel) return [];
  return [{ id: cardJob(fact.dispute), kind: CARD, payload: { account: accountOf(fact), dispute: fact.dispute, channel: fact.channel } }];
}

/** Owner and managers are told apart, each once a limit; the team's thread as well. */
function alerts(fact: RecordedFact): Tell[] {
  const payload = { account: accountOf(fact), dispute: fact.dispute, owner: fact.owner };
  return [
    { id: `${ALERT}:${fact.id}:${fact.owner}`, kind: ALERT, payload: { ...payload, user: fact.owner } },
    { id: `${ALERT_MANAGERS}:${fact.id}`, kind: ALERT_MANAGERS, payload: { ...payload, fact: fact.id } },
    ...news(fact),
  ];
}

const news = (fact: RecordedFact): Tell[] => [{ id: `${NEWS}:${fact.id}`, kind: NEWS, payload: { fact } }];

function renderers(ports: DisputeSidePorts): Record<string, Renderer> {
  const cardOf = async (heading: string, { account, dispute }: Record<string, unknown>) => {
    const [found, { zone, commands }] = await Promise.all([ports.accounts.load(String(account)), ports.settings.read()]);
    const open = found?.work.disputes.find(({ id }) => id === dispute);
    if (!found || !open || open.credit) return null;
    const value = JSON.stringify({ a: found.id, i: open.id });
    return disputeCard(heading, found.name, open, value, dayIn(found.zone || zone, ports.clock.now()), commands.account);
  };
  return {
    async [CARD!](payload) {
      const channel = String(payload.channel);
      const known = await findChannel(ports.client, channel);
      // Balances are never posted where another company reads along; the bot may still be invited to a channel of ours.
      if (!known || known.is_archived || known.is_ext_shared || known.is_pending_ext_shared) return null;
      const problem = channelProblem(known, channel, ports.botName);
      if (problem) throw new Error(problem);
      const message = await cardOf('Dispute', payload);
      return message && { channel, messages: [message] };
    },
    async [NEWS!](payload) {
      const fact = payload.fact as RecordedFact;
      const card = await ports.jobs.get(cardJob(fact.dispute));
      const place = (card?.progress as { posted?: { ts: string; channel: string }[] } | undefined)?.posted?.[0];
      if (!place) return null;
      const text = factLine(fact, (await ports.settings.read()).zone);
      return {
        channel: place.channel,
        thread: place.ts,
        messages: [{ text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] }],
      };
    },
    async [ALERT!](payload) {
      const channel = await directChannel(ports.client, String(payload.user));
      const message = await cardOf('Dispute past its limit', payload);
      return channel && message ? { channel, messages: [message] } : null;
    },
    async [ALERT_MANAGERS!](payload) {
      const team = await ports.team.read();
      const managers = withRole(team, 'manager').filter((user) => user !== payload.owner && mayDo(team, user, 'collect'));
      for (const user of managers) {
        const job = { id: `${ALERT}:${payload.fact}:${user}`, kind: ALERT!, payload: { ...payload, user } };
        await ports.jobs.add({ ...job, dueAt: ports.clock.now() });
      }
      return null;
    },
  };
}

/** After each import and each hour, since days begin at different hours; several instances doing so record once. */
function hourly(ports: DisputeSidePorts): () => Promise<void> {
  let watched = '';
  return async () => {
    const { asOf } = await ports.ledger.freshness();
    const state = `${asOf} ${ports.clock.now().toString().slice(0, 13)}`;
    if (state === watched) return;
    await watchDisputes(ports);
    watched = state;
  };
}
