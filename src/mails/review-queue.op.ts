import { type Day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { absentOn, actingFor, mayDo, memberOf, type Team, whoCould } from '../team/team.ts';
import type { StoredDraft } from './draft.port.ts';
import { type Draft, mayBatch } from './draft.ts';

export interface ReviewQueue {
  readonly today: Day;
  /** What this person can decide now, in the order to go through it. */
  readonly waiting: readonly StoredDraft[];
  /** Approved and not sent yet. */
  readonly approved: readonly StoredDraft[];
  /** Those of `waiting` that may be approved as a listed batch. */
  readonly batch: readonly StoredDraft[];
}

/** One person's queue: their own accounts' drafts, those they cover for, and final notices that need a second person. */
export async function reviewQueue(world: World, user: string): Promise<ReviewQueue> {
  const [settings, team, open] = [await world.settings.read(), await world.team.read(), await world.drafts.open()];
  return queueOf(open, team, user, dayIn(settings.zone, world.clock.now()));
}

/** The queue out of all open drafts. */
export function queueOf(open: readonly StoredDraft[], team: Team, user: string, today: Day): ReviewQueue {
  const mine = open.filter(({ draft }) => concerns(draft, user, team, today));
  const waiting = mine
    .filter(({ draft }) => draft.state === 'waiting' && (draft.notBefore === null || draft.notBefore <= today))
    .sort(byUrgency);
  return {
    today,
    waiting,
    approved: mine.filter(({ draft }) => draft.state !== 'waiting'),
    batch: waiting.filter(({ draft }) => mayBatch(draft)),
  };
}

function concerns(draft: Draft, user: string, team: Team, today: Day): boolean {
  if (waitsForSecond(draft)) return maySecond(draft, team, user);
  return reviews(team, draft.collector, user, today);
}

/** The first of two persons has approved it as it stands. */
export const waitsForSecond = (draft: Draft) =>
  draft.secondPerson && draft.state === 'waiting' && draft.approvals.some(({ hash }) => hash === draft.hash);

const maySecond = ({ approvals, editors, hash }: Draft, team: Team, user: string) =>
  !approvals.some((approval) => approval.hash === hash && approval.by === user) && !editors.includes(user) && mayDo(team, user, 'approve');

/** Who is there on a day to approve it as the second person; Slack user ids. */
export function secondApprovers(draft: Draft, team: Team, today: Day): string[] {
  return whoCould(team, 'approve').filter((user) => maySecond(draft, team, user) && !absentOn(memberOf(team, user), today));
}

/** Whether a person reviews the mails of a collector's accounts, or of those without one. */
export function reviews(team: Team, collector: string | null, user: string, today: Day): boolean {
  if (collector === null) return mayDo(team, user, 'manage') && mayDo(team, user, 'collect');
  return actingFor(team, collector, today) === user || collector === user;
}

/** Later stages first: they have waited longest. */
function byUrgency(a: StoredDraft, b: StoredDraft): number {
  return b.draft.stage.offset - a.draft.stage.offset || (a.draft.id < b.draft.id ? -1 : 1);
}
