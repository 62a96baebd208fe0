import type { WebClient } from '@slack/web-api';
import { accountCards } from '../account/account-cards.slack.ts';
import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import { alertTell } from '../follow-up/tell-alerts.op.ts';
import { dayIn } from '../kernel/day.ts';
import { directChannel } from '../slack/direct.ts';
import type { Renderer } from '../slack/outbound.ts';
import { actingFor, memberOf } from '../team/team.ts';
import type { Tell } from '../team/tell-assignment.op.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { type AgencyPorts, agenciesSubject } from './agencies.slack.ts';
import type { CaseCards } from './case-cards.slack.ts';
import { mandateLapsing } from './lapse-mandates.op.ts';
import { type MandatePorts, mandateSubject } from './mandate.slack.ts';
import { mandateNews } from './mandate.view.ts';
import { type PlacementSubjectPorts, placementSubject } from './placement.slack.ts';
import { feeReactions, feeTells } from './placement-fee.op.ts';
import { type WriteOffPorts, writeOffSubject } from './write-off.slack.ts';
import { paidAfterWriteOff } from './write-off.view.ts';

export interface EscalationSidePorts extends WriteOffPorts, PlacementSubjectPorts, MandatePorts, AgencyPorts {
  readonly client: WebClient;
}

const NEWS = 'escalation-news';

/** Write-offs, placements, agencies and mandates: their forms and buttons, what is told of them, and what the clock does. */
export function escalationSide(ports: EscalationSidePorts, cases: CaseCards) {
  const cards = accountCards(ports);
  const both = tells('negotiator', 'givenBy');
  return {
    subjects: [
      writeOffSubject(ports, cases, cards),
      placementSubject(ports, cases, cards),
      mandateSubject(ports, cards),
      agenciesSubject(ports),
    ],
    alertCards: { 'write-off-paid': paidAlert(ports) },
    renderers: { [NEWS]: newsRenderer(ports) },
    reactions: feeReactions(ports),
    told: { 'write-off-paid': paidTells, 'mandate-given': both, 'mandate-ended': both, 'placement-paid': feeTells },
    due: [{ name: 'mandates', run: mandateLapsing(ports) }],
  };
}

/** Each of them is told once; a person who is several of them once. */
function tells(...to: readonly string[]) {
  return (fact: RecordedFact): Tell[] =>
    to.map((whom) => ({ id: `${NEWS}:${fact.id}:${whom}`, kind: NEWS, payload: { account: idOf(fact), fact, whom, to } }));
}

function newsRenderer(ports: EscalationSidePorts): Renderer {
  return async (payload) => {
    const { account: id, fact, whom, to } = payload as { account: string; fact: RecordedFact; whom: string; to: readonly string[] };
    const [account, team, { zone }] = await Promise.all([ports.accounts.load(id), ports.team.read(), ports.settings.read()]);
    if (!account) return null;
    const today = dayIn(zone, ports.clock.now());
    const standing = (role: string) => {
      const user = String(fact[role] ?? '');
      return user && !memberOf(team, user)?.left ? actingFor(team, user, today) : null;
    };
    const user = standing(whom);
    const before = to.slice(0, to.indexOf(whom)).map(standing);
    if (!user || before.includes(user)) return null;
    const channel = await directChannel(ports.client, user);
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

function paidAlert(ports: EscalationSidePorts): DrawAlert {
  return async ({ account, about }) => {
    const found = await ports.accounts.load(account);
    return found && paidAfterWriteOff(about as unknown as RecordedFact, found);
  };
}
