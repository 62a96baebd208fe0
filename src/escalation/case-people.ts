import { type Day, dayIn } from '../kernel/day.ts';
import { absentOn, actingFor, type Member, mayDo, memberOf, type Team } from '../team/team.ts';
import type { Needed } from './approval-table.ts';

/** One person's decision about one revision. */
export interface Vote {
  /** Slack user id of who clicked. */
  readonly by: string;
  /** The absent approver in whose place it was given; the person's own id otherwise. */
  readonly as: string;
  readonly vote: 'approve' | 'reject';
  /** Why; '' where an approval gives none. */
  readonly reason: string;
  /** Of the case when it was given; a vote for an older one counts no more. */
  readonly revision: number;
  /** ISO instant. */
  readonly at: string;
}

/** A decision that people are asked for: who asked, and who has answered. */
export interface AskedCase {
  readonly requester: string;
  readonly editors: readonly string[];
  /** Requester and last editor, and who stood in for them or they for whom when they wrote: none of them approves. */
  readonly barred: { readonly requester: readonly string[]; readonly editor: readonly string[] };
  /** Raised by every edit; votes for an earlier one count no more. */
  readonly revision: number;
  /** Whoever covers for an absent approver may decide in their place. */
  readonly substitutes: boolean;
  readonly votes: readonly Vote[];
  /** ISO instant. */
  readonly openedAt: string;
}

/**
 * A person, whoever stands in for them, and whomever they stand in for: by any absence between the two days, both included, so that an
 * absence that ended in between frees nobody.
 */
export function relatedTo(team: Team, user: string, from: Day, to: Day): string[] {
  const within = ({ absence }: Member) => absence !== null && absence.from <= to && absence.to >= from;
  const related = new Set([user]);
  for (let at = memberOf(team, user); at && within(at) && !related.has(at.absence!.cover); at = memberOf(team, at.absence!.cover))
    related.add(at.absence!.cover);
  const coveredBy = (cover: ReadonlySet<string>) =>
    team.members.filter((member) => within(member) && cover.has(member.absence!.cover)).map((member) => member.user);
  const covered = new Set([user]);
  for (let more = coveredBy(covered).filter((each) => !covered.has(each)); more.length > 0; ) {
    for (const each of more) covered.add(each);
    more = coveredBy(covered).filter((each) => !covered.has(each));
  }
  return [...new Set([...related, ...covered])];
}

/** Has the role today and works here. */
export function stillApprover(team: Team, user: string): boolean {
  return mayDo(team, user, 'approve') && memberOf(team, user)?.left !== true;
}

/** Why a person may not decide. */
export type ApproverRefusal =
  | 'approver-requested'
  | 'approver-edited-case'
  | 'approver-substitutes-requester'
  | 'approver-absent'
  | 'approver-lacks-role'
  | 'voted-already';

type Eligible = { readonly for: string; readonly refused?: undefined } | { readonly refused: ApproverRefusal };
/** In whose place a person decides: their own, or the absent approver's for whom they cover; or why they may not. */
export function eligibleAs(of: AskedCase, user: string, team: Team, today: Day): Eligible {
  const barred = barredFrom(of, team, today);
  if (user === of.requester) return { refused: 'approver-requested' };
  if (user === of.editors.at(-1)) return { refused: 'approver-edited-case' };
  if (barred.has(user)) return { refused: 'approver-substitutes-requester' };
  const member = memberOf(team, user);
  if (member?.left) return { refused: 'approver-lacks-role' };
  if (absentOn(member, today)) return { refused: 'approver-absent' };
  const current = of.votes.filter((each) => each.revision === of.revision);
  if (current.some((each) => each.by === user || each.as === user)) return { refused: 'voted-already' };
  if (mayDo(team, user, 'approve')) return { for: user };
  if (!of.substitutes) return { refused: 'approver-lacks-role' };
  const covers = team.members.filter(
    (each) => each.user !== user && stillApprover(team, each.user) && absentOn(each, today) && actingFor(team, each.user, today) === user,
  );
  const free = covers.filter((each) => !barred.has(each.user));
  if (free.length === 0) return { refused: covers.length > 0 ? 'approver-substitutes-requester' : 'approver-lacks-role' };
  const unused = free.find((each) => !current.some((cast) => cast.as === each.user || cast.by === each.user));
  return unused ? { for: unused.user } : { refused: 'voted-already' };
}

/** Everybody who may not approve it, by what was known when it was written and by what is known today. */
function barredFrom(of: AskedCase, team: Team, today: Day): Set<string> {
  const opened = dayIn('UTC', Temporal.Instant.from(of.openedAt));
  const from = opened < today ? opened : today;
  const editor = of.editors.at(-1);
  return new Set([
    ...of.barred.requester,
    ...of.barred.editor,
    ...relatedTo(team, of.requester, from, today),
    ...(editor === undefined ? [] : relatedTo(team, editor, from, today)),
  ]);
}

/** Who can give the next vote, substitutes included, finance leads first. */
export function whoMayDecide(of: AskedCase, team: Team, today: Day): { readonly user: string; readonly as: string }[] {
  const lead = (user: string) => (memberOf(team, user)?.roles.includes('finance-lead') ? 0 : 1);
  return team.members
    .flatMap(({ user }) => {
      const as = eligibleAs(of, user, team, today);
      return as.refused === undefined ? [{ user, as: as.for }] : [];
    })
    .sort((a, b) => lead(a.as) - lead(b.as));
}

export type Deciders =
  | { readonly enough: true; readonly who: readonly { readonly user: string; readonly as: string }[] }
  /** `could`: people with the role, whatever keeps them from it now. */
  | { readonly enough: false; readonly missing: Needed; readonly could: readonly string[] };

/** Whether enough people are there to decide at all, before anything is created. */
export function decidersOf(of: AskedCase & { readonly needed: Needed }, team: Team, today: Day): Deciders {
  const who = whoMayDecide(of, team, today);
  const places = new Set(who.map(({ as }) => as));
  const leads = [...places].filter((user) => memberOf(team, user)?.roles.includes('finance-lead')).length;
  const { people, financeLeads } = of.needed;
  if (places.size >= people && leads >= financeLeads) return { enough: true, who };
  const could = team.members.filter((each) => stillApprover(team, each.user)).map((each) => each.user);
  return { enough: false, missing: { people: Math.max(0, people - places.size), financeLeads: Math.max(0, financeLeads - leads) }, could };
}
