import { whoMayDecide } from '../domain/case-people.ts';
import { dayIn } from '../domain/day.ts';
import { type CaseKindPorts, salesOf } from '../operations/case-kinds.ts';
import type { RecordedFact } from '../operations/ports.ts';
import type { Tell } from '../operations/tell-assignment.ts';
import { caseNewsReply, reminderReply, supplyTaskReply } from './blocks/case-news.ts';
import { CASE_CARD_JOB, type CaseCardPorts, type CaseCards } from './case-cards.ts';
import { directChannel } from './direct.ts';
import type { Renderer } from './outbound.ts';
import type { Reply } from './reply.ts';

const NEWS_JOB = 'case-news';
const REMIND_JOB = 'case-remind';
const SUPPLY_JOB = 'supply-task';

const idOf = ({ aggregate }: RecordedFact) => aggregate.slice('case:'.length);
const news = (fact: RecordedFact): Tell[] => [
  { id: `${NEWS_JOB}:${fact.id}`, kind: NEWS_JOB, payload: { case: idOf(fact), ended: ENDED.has(fact.type), by: fact.by } },
];
const supply = (fact: RecordedFact): Tell[] => {
  const account = fact.aggregate.slice('account:'.length);
  return [{ id: `${SUPPLY_JOB}:${String(fact.case)}`, kind: SUPPLY_JOB, payload: { account, case: fact.case } }];
};

/** Facts of which the requester is told by direct message. */
const ENDED = new Set(['case-rejected', 'case-withdrawn', 'case-expired', 'case-voided', 'case-carried-out']);

/** By fact: the messages owed for it. A card is redrawn for each, also when the instance that changed it stopped before it could. */
export const caseTells: Readonly<Record<string, (fact: RecordedFact) => Tell[]>> = {
  'case-requested': (fact) => [{ id: `case-card:${idOf(fact)}:first`, kind: CASE_CARD_JOB, payload: { case: idOf(fact) } }],
  'case-reminded': (fact) => [{ id: `${REMIND_JOB}:${fact.id}`, kind: REMIND_JOB, payload: { case: idOf(fact) } }],
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

/** Cards in the channel for decisions, reminders to those who can act, the outcome to whoever asked, and the task of sales operations. */
export function caseRenderers(ports: CaseCardPorts & CaseKindPorts, cards: CaseCards): Record<string, Renderer> {
  const to = async (user: string, reply: Reply) => {
    const channel = await directChannel(ports.client, user);
    return channel === null ? null : { channel, messages: [reply] };
  };
  /** One job a person: each is told once, whoever else cannot be reached. */
  const fanOut = async (kind: string, id: string, users: readonly string[], payload: object): Promise<null> => {
    for (const user of users)
      await ports.jobs.add({ id: `${kind}:${id}:${user}`, kind, payload: { ...payload, user }, dueAt: ports.clock.now() });
    return null;
  };
  const nameOf = async (account: string) => (await ports.ledger.account(account))?.name ?? account;
  return {
    async [CASE_CARD_JOB](payload) {
      const id = String(payload.case);
      const stored = await cards.stored(id);
      const { escalationsChannel: channel } = await ports.settings.read();
      if (!channel) return null;
      const posted = async (ts: string) => {
        await ports.cases.place(id, { channel, ts });
        await cards.redraw(id);
        await ports.placed?.(id);
      };
      return { channel, messages: [await cards.draw(stored)], posted };
    },
    async [NEWS_JOB](payload) {
      const id = String(payload.case);
      await cards.redraw(id);
      const { case: of } = await cards.stored(id);
      if (payload.ended !== true || payload.by === of.requester) return null;
      return to(of.requester, caseNewsReply(of, await nameOf(of.account)));
    },
    async [REMIND_JOB](payload) {
      const id = String(payload.case);
      const { case: of } = await cards.stored(id);
      if (of.state !== 'open') return null;
      const [team, { zone }] = [await ports.team.read(), await ports.settings.read()];
      if (typeof payload.user === 'string') return to(payload.user, reminderReply(of, await nameOf(of.account), zone));
      const who = whoMayDecide(of, team, dayIn(zone, ports.clock.now())).map(({ user }) => user);
      return fanOut(REMIND_JOB, `${id}:${of.revision}`, who, { case: id });
    },
    async [SUPPLY_JOB](payload) {
      const { account, case: id, user } = payload as { account: string; case: string; user?: string };
      const stands = (await ports.accounts.load(account))?.work.supply;
      if (stands?.case !== id || stands.doneBy !== null) return null;
      if (user === undefined) return fanOut(SUPPLY_JOB, id, await salesOf(ports, account), { account, case: id });
      return to(user, supplyTaskReply(await nameOf(account), { a: account, c: id }, stands.stopped));
    },
  };
}
