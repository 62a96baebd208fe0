import { dayIn } from '../kernel/day.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import type { World } from '../kernel/world.port.ts';
import type { DraftGap } from './draft-content.op.ts';
import { KEEP_DRAFTS_JOB } from './keep-drafts.op.ts';
import type { Gap } from './prepare-drafts.op.ts';
import { reviews } from './review-queue.op.ts';

/** Accounts whose mail is due and could not be drafted, for one and the same reason. */
export interface DraftGaps {
  readonly why: DraftGap;
  readonly count: number;
  /** Names of the first of them. */
  readonly names: readonly string[];
}

/** Named one by one; the rest is counted. */
const NAMED = 5;

/** What stood in the way of mails when drafts were last prepared. */
export async function gapsFound(jobs: Pick<Jobs, 'get'>): Promise<readonly Gap[]> {
  const job = await jobs.get(KEEP_DRAFTS_JOB);
  return (job?.progress.gaps as readonly Gap[] | undefined) ?? [];
}

/** The gaps among the mails that this person would review. */
export async function draftGaps(world: World, user: string): Promise<DraftGaps[]> {
  const found = await gapsFound(world.jobs);
  if (found.length === 0) return [];
  const [team, { zone }] = await Promise.all([world.team.read(), world.settings.read()]);
  const today = dayIn(zone, world.clock.now());
  const mine = Map.groupBy(
    found.filter(({ collector }) => reviews(team, collector, user, today)),
    ({ why }) => why,
  );
  return Promise.all(
    [...mine].map(async ([why, gaps]) => {
      const rows = await Promise.all(gaps.slice(0, NAMED).map(({ account }) => world.ledger.account(account)));
      return { why, count: gaps.length, names: rows.flatMap((row) => (row ? [row.name] : [])) };
    }),
  );
}
