import type { WebClient } from '@slack/web-api';
import { dayIn } from '../domain/day.ts';
import { actingFor, memberOf } from '../domain/team.ts';
import type { RecordedFact } from '../operations/ports.ts';
import type { Tell } from '../operations/tell-assignment.ts';
import { accountCards } from './account-cards.ts';
import { paidAfterWriteOff } from './blocks/write-off.ts';
import type { CaseCards } from './case-cards.ts';
import { directChannel } from './direct.ts';
import type { Renderer } from './outbound.ts';
import { type WriteOffPorts, writeOffSubject } from './subjects/write-off.ts';

export interface EscalationSidePorts extends WriteOffPorts {
  readonly client: WebClient;
}

const NEWS = 'escalation-news';

/** Write-offs: their forms and buttons, and what is told of them. */
export function escalationSide(ports: EscalationSidePorts, cases: CaseCards) {
  const cards = accountCards(ports);
  return {
    subjects: [writeOffSubject(ports, cases, cards)],
    renderers: { [NEWS]: newsRenderer(ports) },
    told: { 'write-off-paid': tells('requester', 'collector') },
  };
}

/** Each of them is told once; a person who is several of them once. */
function tells(...to: readonly string[]) {
  return (fact: RecordedFact): Tell[] => {
    const account = fact.aggregate.slice('account:'.length);
    return to.map((whom) => ({ id: `${NEWS}:${fact.id}:${whom}`, kind: NEWS, payload: { account, fact, whom, to } }));
  };
}

function newsRenderer(ports: EscalationSidePorts): Renderer {
  return async (payload) => {
    const { account: id, fact, whom, to } = payload as { account: string; fact: RecordedFact; whom: string; to: readonly string[] };
    const [account, team, { zone }] = await Promise.all([ports.accounts.load(id), ports.team.read(), ports.settings.read()]);
    if (!account) return null;
    const today = dayIn(zone, ports.clock.now());
    const standing = (role: string) => {
      const user = role === 'collector' ? account.work.collector : String(fact[role] ?? '');
      return user && !memberOf(team, user)?.left ? actingFor(team, user, today) : null;
    };
    const user = standing(whom);
    const before = to.slice(0, to.indexOf(whom)).map(standing);
    if (!user || before.includes(user)) return null;
    const channel = await directChannel(ports.client, user);
    return channel === null ? null : { channel, messages: [paidAfterWriteOff(fact, account)] };
  };
}
