import type { Day } from '../kernel/day.ts';
import { type Absence, type AssignmentRule, type Member, memberOf, type OwnerAddress, type Role, type Team, withRole } from './team.ts';

export type TeamFact =
  | { readonly type: 'admin-claimed'; readonly user: string }
  | { readonly type: 'roles-set'; readonly user: string; readonly from: readonly Role[]; readonly to: readonly Role[] }
  | { readonly type: 'absence-set'; readonly user: string; readonly absence: Absence | null }
  | { readonly type: 'rules-set'; readonly rules: readonly AssignmentRule[] }
  | { readonly type: 'alerts-set'; readonly user: string; readonly how: 'each' | 'daily' }
  /** Slack user ids of who was found; addresses do not go into the trail. */
  | { readonly type: 'owners-found'; readonly found: readonly string[]; readonly unknown: number }
  | { readonly type: 'member-left'; readonly user: string }
  | { readonly type: 'member-returned'; readonly user: string };

export type TeamRequest =
  /** `code` has been checked by the verb; only the first admin may come in this way. */
  | { readonly do: 'claim-admin'; readonly user: string }
  | { readonly do: 'set-roles'; readonly user: string; readonly roles: readonly Role[] }
  | { readonly do: 'set-absence'; readonly user: string; readonly absence: Absence | null }
  /** `seen`: version of the team the asker looked at; rules stand in an order that another change may have moved. */
  | { readonly do: 'set-rules'; readonly rules: readonly AssignmentRule[]; readonly seen?: number }
  /** What Slack says of addresses by which the ledger names owners in sales. */
  | { readonly do: 'owners-looked-up'; readonly addresses: readonly OwnerAddress[] }
  | { readonly do: 'set-alerts'; readonly user: string; readonly how: 'each' | 'daily' }
  /** What Slack says of a member's account. */
  | { readonly do: 'set-left'; readonly user: string; readonly left: boolean };

export type TeamRefusal =
  | 'admin-exists'
  | 'last-admin'
  | 'roles-unchanged'
  | 'absence-in-past'
  | 'absence-ends-before-it-begins'
  | 'covers-oneself'
  | 'cover-is-no-collector'
  | 'not-absent'
  | 'rules-changed-meanwhile'
  | 'left-unchanged'
  | 'alerts-unchanged'
  | 'rule-names-nobody'
  | 'rule-matches-everything';

export type TeamDecision =
  | { readonly team: Omit<Team, 'version'>; readonly facts: readonly TeamFact[] }
  | { readonly refused: TeamRefusal };

export function decideTeam(team: Team, request: TeamRequest, today: Day): TeamDecision {
  switch (request.do) {
    case 'claim-admin': {
      if (withRole(team, 'admin').length > 0) return { refused: 'admin-exists' };
      const roles = [...(memberOf(team, request.user)?.roles ?? []), 'admin' as const];
      return { team: withMember(team, request.user, { roles }), facts: [{ type: 'admin-claimed', user: request.user }] };
    }
    case 'set-roles': {
      const from = memberOf(team, request.user)?.roles ?? [];
      const to = request.roles;
      if (from.length === to.length && to.every((role) => from.includes(role))) return { refused: 'roles-unchanged' };
      const admins = withRole(team, 'admin');
      if (!to.includes('admin') && admins.length === 1 && admins[0] === request.user) return { refused: 'last-admin' };
      return { team: withMember(team, request.user, { roles: to }), facts: [{ type: 'roles-set', user: request.user, from, to }] };
    }
    case 'set-absence':
      return decideAbsence(team, request.user, request.absence, today);
    case 'set-left': {
      const { user, left } = request;
      const member = memberOf(team, user);
      if (!member || (member.left ?? false) === left) return { refused: 'left-unchanged' };
      return { team: withMember(team, user, { left }), facts: [{ type: left ? 'member-left' : 'member-returned', user }] };
    }
    case 'set-alerts': {
      const { user, how } = request;
      if ((memberOf(team, user)?.alerts ?? 'each') === how) return { refused: 'alerts-unchanged' };
      return { team: withMember(team, user, { alerts: how }), facts: [{ type: 'alerts-set', user, how }] };
    }
    case 'owners-looked-up':
      return withAddresses(team, request.addresses);
    case 'set-rules': {
      if (request.seen !== undefined && request.seen !== team.version) return { refused: 'rules-changed-meanwhile' };
      for (const rule of request.rules) {
        if (rule.collectors.length === 0) return { refused: 'rule-names-nobody' };
        const { id: _, collectors: __, ...conditions } = rule;
        // The last rule may take what is left; an earlier one that takes everything hides those behind it.
        if (Object.keys(conditions).length === 0 && rule !== request.rules.at(-1)) return { refused: 'rule-matches-everything' };
      }
      return { team: { ...team, rules: request.rules }, facts: [{ type: 'rules-set', rules: request.rules }] };
    }
  }
}

function decideAbsence(team: Team, user: string, absence: Absence | null, today: Day): TeamDecision {
  if (absence === null && !memberOf(team, user)?.absence) return { refused: 'not-absent' };
  if (absence) {
    if (absence.to < absence.from) return { refused: 'absence-ends-before-it-begins' };
    if (absence.to < today) return { refused: 'absence-in-past' };
    if (absence.cover === user) return { refused: 'covers-oneself' };
    if (!memberOf(team, absence.cover)?.roles.includes('collector')) return { refused: 'cover-is-no-collector' };
  }
  return { team: withMember(team, user, { absence }), facts: [{ type: 'absence-set', user, absence }] };
}

function withMember(team: Team, user: string, change: Partial<Omit<Member, 'user'>>): Omit<Team, 'version'> {
  const before = memberOf(team, user) ?? { user, roles: [], absence: null };
  const after = { ...before, ...change };
  return { ...team, members: [...team.members.filter((member) => member.user !== user), after] };
}

/** Only what is new is a fact; that somebody is still unknown is none. */
function withAddresses(team: Team, asked: readonly OwnerAddress[]): TeamDecision {
  const known = new Map((team.addresses ?? []).map((each) => [each.email, each]));
  const news = asked.filter(({ email, user }) => known.get(email)?.user !== user);
  for (const each of asked) known.set(each.email, each);
  const found = news.flatMap(({ user }) => user ?? []);
  const fact = { type: 'owners-found' as const, found, unknown: news.length - found.length };
  return { team: { ...team, addresses: [...known.values()] }, facts: news.length > 0 ? [fact] : [] };
}
