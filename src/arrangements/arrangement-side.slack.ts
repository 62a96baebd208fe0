import { z } from 'zod';
import { accountCards } from '../account/account-cards.slack.ts';
import { requestDecision } from '../escalation/request-decision.op.ts';
import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import { dayIn } from '../kernel/day.ts';
import type { Tell } from '../kernel/told.op.ts';
import { readCarried } from '../slack/carried.ts';
import { directChannel } from '../slack/direct.ts';
import { shortDay } from '../slack/freshness.ts';
import type { Subject } from '../slack/listeners.ts';
import type { Renderer } from '../slack/outbound.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { SlackWorld } from '../slack/world.ts';
import { actingFor, memberOf } from '../team/team.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { approvalOf } from './arrangement-kinds.op.ts';
import { arrangementNews } from './arrangement-news.view.ts';
import { type PlanNeeds, planSubject } from './plan.slack.ts';
import { postingsSubject } from './postings.slack.ts';
import { promiseSubject } from './promise.slack.ts';
import { promiseAlert } from './promise-news.slack.ts';
import { promisesSubject } from './promises.slack.ts';
import { arrangementSettling } from './settle-arrangements.op.ts';
import { settlementSubject } from './settlement.slack.ts';
import { promiseTells } from './tell-promise.op.ts';

const NEWS = 'arrangement-news';
const TOLD = ['plan-approved', 'plan-closed', 'offer-approved', 'offer-closed'];
const ALERTS = ['plan-missed', 'plan-defaulted'] as const;

/** Everything about promises, plans, settlements and discounts: forms and buttons, what is told of them, and what the clock does. */
export function arrangementSide(given: SlackWorld) {
  const world: SlackWorld & PlanNeeds = { ...given, askApproval: (...asked) => askApproval(given, ...asked) };
  const cards = accountCards(world);
  return {
    subjects: [
      promiseSubject(world, cards),
      promisesSubject(world),
      planSubject(world, cards),
      settlementSubject(world, cards),
      postingsSubject(world),
      approvals(world, cards),
    ],
    renderers: { [NEWS]: newsRenderer(world) },
    alertCards: { 'promise-broken': promiseAlert(world), 'plan-missed': planAlert(world), 'plan-defaulted': planAlert(world) },
    told: {
      'promise-closed': promiseTells,
      ...Object.fromEntries([...TOLD.map((type) => [type, tells]), ...ALERTS.map((type) => [type, planTells])]),
    },
    due: [{ name: 'plans and settlements', run: arrangementSettling(world) }],
  };
}

/** Asks again, where asking did not work when it was recorded. */
function approvals(world: PlanNeeds, cards: ReturnType<typeof accountCards>): Subject {
  return {
    clicks: {
      'arrangement-ask': {
        may: 'collect',
        async run(request) {
          const { a, i } = readCarried(z.object({ a: z.string().max(100), i: z.string().max(100) }), request.value);
          const asking = await world.askApproval(a, i, request.asker.user);
          await request.replace(await cards.card(a, request.asker, asking));
        },
      },
    },
  };
}

async function askApproval(world: SlackWorld, account: string, id: string, by: string): Promise<string> {
  const work = (await world.accounts.load(account))?.work;
  const asked = work && approvalOf(account, work, id, shortDay);
  if (!asked) return 'Nothing of it waits for an approval any more.';
  const result = await requestDecision(world, asked, by, `approval:${id}`);
  if (result.done) return 'Those who may approve it have been asked.';
  if (result.refused === 'kind-refuses') return result.says;
  if (result.refused === 'nobody-eligible')
    return 'Nobody could be asked: no one but you has the role that this amount needs. An admin gives roles.';
  return REFUSED[result.refused];
}

/** Taker and collector are told, each once; a person of both kinds once. */
function tells(fact: RecordedFact): Tell[] {
  const account = idOf(fact);
  return ['taker', 'collector'].map((to) => ({ id: `${NEWS}:${fact.id}:${to}`, kind: NEWS, payload: { account, fact, to } }));
}

/** Money that did not come is no news but an alert, with what the plan says about it as it was. */
function planTells(fact: RecordedFact): Tell[] {
  const { plan, count = 0, amount, due, currency, accelerated } = fact;
  const about = { plan: String(plan), count: Number(count), amount: Number(amount), due: Number(due), currency: String(currency) };
  const more = { ...about, accelerated: accelerated ? 1 : 0 };
  return [alertTell(fact, fact.type as (typeof ALERTS)[number], more, { named: String(fact.takenBy) })];
}

function planAlert(world: SlackWorld): DrawAlert {
  return async ({ id, cause, account, about }) => {
    const found = await world.accounts.load(account);
    return found && arrangementNews({ ...about, type: cause, id } as unknown as RecordedFact, found);
  };
}

function newsRenderer(world: SlackWorld): Renderer {
  return async (payload) => {
    const fact = payload.fact as RecordedFact;
    const [account, team, { zone }] = await Promise.all([
      world.accounts.load(String(payload.account)),
      world.team.read(),
      world.settings.read(),
    ]);
    if (!account) return null;
    const today = dayIn(zone, world.clock.now());
    const standing = (user: string | null) => (user && !memberOf(team, user)?.left ? actingFor(team, user, today) : null);
    const [taker, collector] = [standing(String(fact.takenBy)), standing(account.work.collector)];
    const user = payload.to === 'taker' ? taker : collector === taker ? null : collector;
    const news = arrangementNews(fact, account);
    const channel = user && news ? await directChannel(world.client, user) : null;
    return channel && news ? { channel, messages: [news] } : null;
  };
}
