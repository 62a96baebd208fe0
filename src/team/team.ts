import type { Day } from '../kernel/day.ts';

/** Who may do what. A person can have several. */
export const ROLES = ['collector', 'manager', 'finance-lead', 'owner', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a listener asks of its user. 'member': any full member of the workspace, with a role or without. */
export type Permission = 'member' | 'read' | 'collect' | 'manage' | 'approve' | 'retain' | 'admin';

/** Which roles a permission is given to; an admin sets up but does not thereby approve. */
export const GRANTED: Readonly<Record<Exclude<Permission, 'member'>, readonly Role[]>> = {
  read: ROLES,
  collect: ['collector', 'manager', 'finance-lead'],
  manage: ['manager', 'finance-lead', 'admin'],
  approve: ['manager', 'finance-lead'],
  /** How long records are kept. */
  retain: ['finance-lead', 'admin'],
  admin: ['admin'],
};

/** Days of an absence, both included. */
export interface Absence {
  readonly from: Day;
  readonly to: Day;
  /** Slack user id of who covers; new accounts and reminders of work go there. */
  readonly cover: string;
}

export interface Member {
  readonly user: string;
  readonly roles: readonly Role[];
  readonly absence: Absence | null;
  /** Deactivated in Slack: works no more, but accounts may still carry the name. */
  readonly left?: boolean;
  /** How alerts come; left out: each at once. */
  readonly alerts?: 'each' | 'daily';
}

/** A rule gives new or unassigned accounts to one collector, or to a group in turn by load. The first that matches decides. */
export interface AssignmentRule {
  readonly id: string;
  readonly segment?: string;
  readonly currency?: string;
  readonly entity?: string;
  readonly country?: string;
  /** First letters of the name, both included: 'A' to 'M'. */
  readonly from?: string;
  readonly to?: string;
  /** Open balance at least, minor units of `currency`, which must then be set. */
  readonly minimum?: number;
  /** Slack user ids. */
  readonly collectors: readonly string[];
}

export interface Team {
  readonly version: number;
  readonly members: readonly Member[];
  readonly rules: readonly AssignmentRule[];
  /** Owners in sales whom the ledger names by address, as Slack knows them. */
  readonly addresses?: readonly OwnerAddress[];
}

export interface OwnerAddress {
  /** In lower case. */
  readonly email: string;
  /** Slack user id; null: Slack knows nobody by it. */
  readonly user: string | null;
  /** When Slack was asked last. */
  readonly on: Day;
}

export function memberOf(team: Team, user: string): Member | null {
  return team.members.find((member) => member.user === user) ?? null;
}

/** Slack id of an account's owner in sales, whom the ledger names by it or by address; null: nobody is known by that, or Slack was not asked yet. */
export function ownerUser(team: Team, owner: string): string | null {
  if (!owner.includes('@')) return memberOf(team, owner)?.user ?? null;
  const email = owner.toLowerCase();
  return team.addresses?.find((each) => each.email === email)?.user ?? null;
}

/** Slack id of an account's owner in sales who can be asked: Slack knows them, they are there, and they hold the role. */
export function askableOwner(team: Team, owner: string): string | null {
  const member = memberOf(team, ownerUser(team, owner) ?? '');
  return member && !member.left && member.roles.includes('owner') ? member.user : null;
}

export function mayDo(team: Team, user: string, needed: Permission): boolean {
  if (needed === 'member') return true;
  const roles = memberOf(team, user)?.roles ?? [];
  return GRANTED[needed].some((role) => roles.includes(role));
}

export function withRole(team: Team, role: Role): string[] {
  return team.members.filter((member) => member.roles.includes(role)).map((member) => member.user);
}

/** People who could do it instead, for refusals. */
export function whoCould(team: Team, needed: Permission): string[] {
  return team.members.filter((member) => !member.left && mayDo(team, member.user, needed)).map((member) => member.user);
}

export function absentOn(member: Member | null, day: Day): Absence | null {
  const absence = member?.absence ?? null;
  return absence && absence.from <= day && day <= absence.to ? absence : null;
}

/** Who does the work of `user` on a day: the cover, and the cover's cover; the person again where the chain ends in a circle. */
export function actingFor(team: Team, user: string, day: Day): string {
  const seen = new Set<string>();
  let current = user;
  for (;;) {
    if (seen.has(current)) return user;
    seen.add(current);
    const absence = absentOn(memberOf(team, current), day);
    if (!absence) return current;
    current = absence.cover;
  }
}

export interface AssignableAccount {
  readonly name: string;
  readonly segment: string;
  readonly country: string;
  readonly entity: string;
  /** Selling entities of its open invoices: they count where the ledger names none for the account itself. */
  readonly entities: ReadonlySet<string>;
  /** Open balance by currency, minor units. */
  readonly open: ReadonlyMap<string, number>;
}

/** Whether a selling entity is the account's own, or, where it has none, one of its invoices'. */
export function soldBy({ entity, entities }: Pick<AssignableAccount, 'entity' | 'entities'>, code: string): boolean {
  return entity === '' ? entities.has(code) : entity === code;
}

export function ruleMatches(rule: AssignmentRule, account: AssignableAccount): boolean {
  if (rule.segment !== undefined && rule.segment.toLowerCase() !== account.segment.toLowerCase()) return false;
  if (rule.country !== undefined && rule.country !== account.country) return false;
  if (rule.entity !== undefined && !soldBy(account, rule.entity)) return false;
  const initial = account.name.trim().toUpperCase();
  if (rule.from !== undefined && initial < rule.from.toUpperCase()) return false;
  if (rule.to !== undefined && initial.slice(0, rule.to.length) > rule.to.toUpperCase()) return false;
  if (rule.currency === undefined) return true;
  return (account.open.get(rule.currency) ?? 0) >= (rule.minimum ?? 1);
}

/** The collector with the fewest accounts among those who are there; ties go to the first of the list. Null when nobody is. */
export function leastLoaded(candidates: readonly string[], load: ReadonlyMap<string, number>, team: Team, day: Day): string | null {
  let best: string | null = null;
  for (const user of candidates) {
    const member = memberOf(team, user);
    if (!member?.roles.includes('collector') || member.left || absentOn(member, day)) continue;
    if (best === null || (load.get(user) ?? 0) < (load.get(best) ?? 0)) best = user;
  }
  return best;
}
