import { changeAccount } from '../account/change-account.op.ts';
import { asksOwner } from '../account/veto.ts';
import { decideAccountCase, readAccountDays } from '../follow-up/account-days.op.ts';
import type { World } from '../kernel/world.port.ts';
import { changeSender } from '../mails/change-sender.op.ts';
import { changeTeam } from './change-team.op.ts';
import { writeSampleHistory } from './sample-history.op.ts';
import type { TeamStore } from './team.port.ts';
import type { Role } from './team.ts';

/** By the titles of the local workspace's people. Never used with a real workspace: there anybody can write any title. */
const ROLE_OF_TITLE: Readonly<Record<string, readonly Role[]>> = {
  Collector: ['collector'],
  'Collections manager': ['manager'],
  'Finance lead': ['finance-lead'],
  'Account owner, sales': ['owner'],
  'Workspace admin': ['admin'],
};

const BY = 'the sample';

/** Invented companies at addresses that lead nowhere (RFC 2606). */
const SENDERS = {
  NWUK: {
    name: 'Northwind Trading Ltd',
    address: 'receivables@northwind-trading.example',
    remittance: 'remittance@northwind-trading.example',
    phone: '+44 20 7946 0100',
  },
  NWEU: {
    name: 'Northwind Trading Europe GmbH',
    address: 'receivables@northwind-europe.example',
    remittance: 'remittance@northwind-europe.example',
    phone: '+49 30 23125 100',
  },
};

/**
 * Gives the local workspace's people their roles and two thirds of the sample's accounts a collector, so that every screen has something to
 * show. Does nothing once anybody has a role.
 */
export async function seatSampleTeam(
  world: World & { readonly team: TeamStore },
  people: readonly { readonly user: string; readonly title: string; readonly email?: string }[],
): Promise<void> {
  if ((await world.team.read()).members.length > 0) return;
  for (const { user, title } of people) {
    const roles = ROLE_OF_TITLE[title];
    if (roles) await changeTeam(world, { do: 'set-roles', user, roles }, BY, `sample-roles:${user}`);
  }
  const accounts = (await world.ledger.accounts()).sort((a, b) => (a.number < b.number ? -1 : 1));
  const entities = new Set(accounts.map((account) => account.entity));
  for (const [entity, sender] of Object.entries(SENDERS))
    await changeSender(world, entity, sender, entities, BY, `sample-sender:${entity}`);
  const collectors = people.filter((person) => person.title === 'Collector').map((person) => person.user);
  if (collectors.length === 0) return;
  for (const [index, account] of accounts.entries()) {
    const to = collectors[index % (collectors.length + 1)];
    if (to) await changeAccount(world, account.id, { do: 'assign', to, how: 'round-robin' }, BY, `sample-assign:${account.id}`);
  }
  await writeSampleHistory(world);
  await answeredBefore(world, people);
}

/** Owners in sales have said go to the firm steps of the first day, so that there are mails to review; the later ones they are asked about. */
async function answeredBefore(world: World, people: Parameters<typeof seatSampleTeam>[1]): Promise<void> {
  const { cases, policies } = await readAccountDays(world);
  for (const each of cases) {
    const owner = people.find(({ email }) => email && email === each.row.owner)?.user;
    const { action } = decideAccountCase(each, policies);
    if (!owner || !action || !asksOwner(action.stage)) continue;
    const about = { entity: action.entity, stage: action.stage.key, invoice: action.leading.invoice };
    const [until, id] = [each.day.today, `${about.entity}:${about.stage}:${about.invoice}`];
    await changeAccount(world, each.row.id, { do: 'ask-owner', ...about, owner, silenceEnds: until }, BY, `sample-ask:${id}`);
    await changeAccount(world, each.row.id, { do: 'answer-owner', id, answer: 'go', until, reason: '' }, owner, `sample-go:${id}`);
  }
}
