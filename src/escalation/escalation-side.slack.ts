import { accountCards } from '../account/account-cards.slack.ts';
import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import { dayIn } from '../kernel/day.ts';
import type { Tell } from '../kernel/told.op.ts';
import { directChannel } from '../slack/direct.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { SlackWorld } from '../slack/world.ts';
import { actingFor, memberOf } from '../team/team.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { agenciesSubject } from './agencies.slack.ts';
import type { CaseCards } from './case-cards.slack.ts';
import { insolvencySubject } from './insolvency.slack.ts';
import { mandateLapsing } from './lapse-mandates.op.ts';
import { mandateSubject } from './mandate.slack.ts';
import { mandateNews } from './mandate.view.ts';
import { placementSubject } from './placement.slack.ts';
import { feeReactions, feeTells } from './placement-fee.op.ts';
import { writeOffSubject } from './write-off.slack.ts';
import { paidAfterWriteOff } from './write-off.view.ts';

const NEWS = 'escalation-news';

/** Write-offs, placements, agencies and mandates: their forms and buttons, what is told of them, and what the clock does. */
export function escalationSide(world: SlackWorld, cases: CaseCards) {
  const cards = accountCards(world);
  const both = tells('negotiator', 'givenBy');
  return {
    subjects: [
      writeOffSubject(world, cases, cards),
      placementSubject(world, cases, cards),
      mandateSubject(world, cards),
      insolvencySubject(world, cards),
      agenciesSubject(world),
    ],
    alertCards: { 'write-off-paid': paidAlert(world) },
    renderers: { [NEWS]: newsRenderer(world) },
    reactions: feeReactions(world),
    told: { 'write-off-paid': paidTells, 'mandate-given': both, 'mandate-ended': both, 'placement-paid': feeTells },
    due: [{ name: 'mandates', run: mandateLapsing(world) }],
  };
}

/** Each of them is told once; a person who is several of them once. */
function tells(...to: readonly string[]) {
  return (fact: RecordedFact): Tell[] =>
    to.map((whom) => ({ id: `${NEWS}:${fact.id}:${whom}`, kind: NEWS, payload: { account: idOf(fact), fact, whom, to } }));
}

function newsRenderer(world: SlackWorld): Renderer {
  return async (payload) => {
    const { account: id, fact, whom, to } = payload as { account: string; fact: RecordedFact; whom: string; to: readonly string[] };
    const [account, team, { zone }] = await Promise.all([world.accounts.load(id), world.team.read(), world.settings.read()]);
    if (!account) return null;
    const today = dayIn(zone, world.clock.now());
    const standing = (role: string) => {
      const user = String(fact[role] ?? '');
      return user && !memberOf(team, user)?.left ? actingFor(team, user, today) : null;
    };
    const user = standing(whom);
    const before = to.slice(0, to.indexOf(whom)).map(standing);
    if (!user || before.includes(user)) return null;
    const channel = await directChannel(world.client, user);
    return channel === null ? null : { channel, messages: [mandateNews(fact, account)] };
  };
}

/** Money on what was given up goes to whoever asked for the write-off and to the collector. */
function paidTells(fact: RecordedFact): Tell[] {
  const { invoices, received, currency, writeOff, requester } = fact;
  const about = {
    invoices: invoices as readonly string[],
    received: Number(received),
    currency: String(currency),
    writeOff: String(writeOff),
  };
  return [alertTell(fact, 'write-off-paid', about, { named: String(requester) })];
}

function paidAlert(world: SlackWorld): DrawAlert {
  return async ({ account, about }) => {
    const found = await world.accounts.load(account);
    return found && paidAfterWriteOff(about as unknown as RecordedFact, found);
  };
}
