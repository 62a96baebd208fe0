import { FIRST_TABLE, neededFor } from '../../src/escalation/approval-table.ts';
import { type Case, type CaseRequest, decideCase, type NewCase, openCase } from '../../src/escalation/case.ts';
import { day } from '../../src/kernel/day.ts';
import type { Member, Role, Team } from '../../src/team/team.ts';

export const MONDAY = day('2026-11-23');
export const NOW = Temporal.Instant.from('2026-11-23T09:00:00Z');
export const EXPIRES = Temporal.Instant.from('2026-11-30T09:00:00Z');

export const member = (user: string, role: Role, more: Partial<Member> = {}): Member => ({ user, roles: [role], absence: null, ...more });
const away = (cover: string, from = '2026-11-20', to = '2026-11-27') => ({ absence: { from: day(from), to: day(to), cover } });
export const absent = away;

/** Mara and Tom collect, Ines and Omar manage, Paul and Petra lead finance. */
export const PEOPLE: readonly Member[] = [
  member('MARA', 'collector'),
  member('TOM', 'collector'),
  member('INES', 'manager'),
  member('OMAR', 'manager'),
  member('PAUL', 'finance-lead'),
  member('PETRA', 'finance-lead'),
];

export function teamOf(changed: Readonly<Record<string, Partial<Member>>> = {}): Team {
  return { version: 1, rules: [], members: PEOPLE.map((each) => ({ ...each, ...changed[each.user] })) };
}

/** A write-off of 600.00 pounds, asked for by Mara: two people decide. */
export function newCase(more: Partial<NewCase> = {}): NewCase {
  const kind = more.kind ?? 'write-off';
  const [currency, amount] = [more.currency ?? 'GBP', more.amount ?? 600_00];
  return {
    id: 'c-1',
    account: 'A1',
    entity: 'NWUK',
    kind,
    currency,
    amount,
    reason: 'The company is gone.',
    reasonCodes: [],
    about: {},
    answers: {},
    basis: 'h1',
    day: MONDAY,
    requester: 'MARA',
    needed: neededFor(FIRST_TABLE.rules[kind], currency, amount),
    substitutes: true,
    expiresAt: EXPIRES.toString(),
    remindAt: EXPIRES.subtract({ hours: 24 }).toString(),
    ...more,
  };
}

export function opened(more: Partial<NewCase> = {}, team: Team = teamOf()): Case {
  const decision = openCase(newCase(more), NOW, team, MONDAY);
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.case;
}

export const decide = (of: Case, request: CaseRequest, by: string, team: Team = teamOf(), now = NOW) =>
  decideCase(of, request, by, now, team, MONDAY);

/** The case after a request that must be carried out. */
export function done(of: Case, request: CaseRequest, by: string, team: Team = teamOf(), now = NOW): Case {
  const decision = decide(of, request, by, team, now);
  if ('refused' in decision) throw new Error(`${by}: ${decision.refused}`);
  return decision.case;
}

export const approve = (seen = 1): CaseRequest => ({ do: 'vote', vote: 'approve', reason: '', seen });
export const reject = (reason: string, seen = 1): CaseRequest => ({ do: 'vote', vote: 'reject', reason, seen });
