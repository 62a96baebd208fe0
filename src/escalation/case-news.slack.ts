import type { AlertCards } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import { dayIn } from '../kernel/day.ts';
import type { Tell } from '../kernel/told.op.ts';
import type { World } from '../kernel/world.port.ts';
import { directChannel } from '../slack/direct.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { Reply } from '../slack/reply.ts';
import { keptFromSharing } from '../slack/shared-channels.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { CASE_CARD_JOB, type CaseCardNeeds, type CaseCards } from './case-cards.slack.ts';

import { caseNewsReply, reminderReply, supplyTaskReply } from './case-news.view.ts';
import { whoMayDecide } from './case-people.ts';

const NEWS_JOB = 'case-news';

const news = (fact: RecordedFact): Tell[] => [
  { id: `${NEWS_JOB}:${fact.id}`, kind: NEWS_JOB, payload: { case: idOf(fact), ended: ENDED.has(fact.type), by: fact.by } },
];
const supply = (fact: RecordedFact): Tell[] => [alertTell(fact, 'supply-task', { case: String(fact.case) })];

/** Facts of which the requester is told by direct message. */
const ENDED = new Set(['case-rejected', 'case-withdrawn', 'case-expired', 'case-voided', 'case-carried-out']);

/** By fact: the messages owed for it. A card is redrawn for each, also when the instance that changed it stopped before it could. */
export const caseTells: Readonly<Record<string, (fact: RecordedFact) => Tell[]>> = {
  'case-requested': (fact) => [{ id: `case-card:${idOf(fact)}:first`, kind: CASE_CARD_JOB, payload: { case: idOf(fact) } }],
  'case-reminded': (fact) => [alertTell(fact, 'case-lapses', { case: idOf(fact) }, { account: String(fact.account) })],
  'case-edited': news,
  'case-voted': news,
  'case-approved': news,
  'case-rejected': news,
  'case-withdrawn': news,
  'case-expired': news,
  'case-voided': news,
  'case-carried-out': news,
  'supply-stopped': supply,
  'supply-released': supply,
};

/** Cards in the channel for decisions, and the outcome to whoever asked. */
export function caseRenderers(world: CaseCardNeeds & World, cards: CaseCards): Record<string, Renderer> {
  const to = async (user: string, reply: Reply) => {
    const channel = await directChannel(world.client, user);
    return channel === null ? null : { channel, messages: [reply] };
  };
  /** Where the channel is shared with another company the card waits by itself: whoever asked hears of the outcome all the same. */
  const redrawn = async (id: string, news: boolean): Promise<void> => {
    try {
      await cards.redraw(id);
    } catch (error) {
      if (!news || !keptFromSharing(error)) throw error;
      const { version } = await cards.stored(id);
      const payload = { case: id, ended: false };
      await world.jobs.add({ id: `${NEWS_JOB}:${id}:${version}`, kind: NEWS_JOB, payload, dueAt: world.clock.now() });
    }
  };
  return {
    async [CASE_CARD_JOB](payload) {
      const id = String(payload.case);
      const stored = await cards.stored(id);
      const { escalationsChannel: channel } = await world.settings.read();
      if (!channel) return null;
      const posted = async (ts: string) => {
        await world.cases.place(id, { channel, ts });
        await cards.redraw(id);
        await world.placed?.(id);
      };
      return { channel, messages: [await cards.draw(stored)], posted };
    },
    async [NEWS_JOB](payload) {
      const id = String(payload.case);
      await redrawn(id, payload.ended === true);
      const { case: of } = await cards.stored(id);
      if (payload.ended !== true || payload.by === of.requester) return null;
      return to(of.requester, caseNewsReply(of, await nameOf(world, of.account)));
    },
  };
}

/** Reminders to those who can decide, and the task of sales operations. */
export function caseAlerts(world: CaseCardNeeds & World, cards: CaseCards): Pick<AlertCards, 'case-lapses' | 'supply-task'> {
  return {
    async 'case-lapses'({ about, user }) {
      const { case: of } = await cards.stored(String(about.case));
      const [name, { zone }, team] = await Promise.all([nameOf(world, of.account), world.settings.read(), world.team.read()]);
      const still = of.state === 'open' && whoMayDecide(of, team, dayIn(zone, world.clock.now())).some((each) => each.user === user);
      if (!still) return null;
      return reminderReply(of, name, zone);
    },
    async 'supply-task'({ account, about }) {
      const stands = (await world.accounts.load(account))?.work.supply;
      if (!stands || stands.case !== about.case || stands.doneBy !== null) return null;
      return supplyTaskReply(await nameOf(world, account), { a: account, c: stands.case }, stands.stopped);
    },
  };
}

const nameOf = async ({ ledger }: Pick<World, 'ledger'>, account: string) => (await ledger.account(account))?.name ?? account;
