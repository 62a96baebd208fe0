import type { Clock } from '../kernel/clock.port.ts';
import { dayIn } from '../kernel/day.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import type { TeamStore } from '../team/team.port.ts';
import type { DraftGap } from './draft-content.op.ts';
import { KEEP_DRAFTS_JOB } from './keep-drafts.op.ts';
import type { Gap } from './prepare-drafts.op.ts';
import { reviews } from './review-queue.op.ts';

export interface DraftGapPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly team: TeamStore;
  readonly ledger: Ledger;
  readonly jobs: Jobs;
}

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
export async function draftGaps(ports: DraftGapPorts, user: string): Promise<DraftGaps[]> {
  const found = await gapsFound(ports.jobs);
  if (found.length === 0) return [];
  const [team, { zone }] = await Promise.all([ports.team.read(), ports.settings.read()]);
  const today = dayIn(zone, ports.clock.now());
  const mine = Map.groupBy(
    found.filter(({ collector }) => reviews(team, collector, user, today)),
    ({ why }) => why,
  );
  return Promise.all(
    [...mine].map(async ([why, gaps]) => {
      const rows = await Promise.all(gaps.slice(0, NAMED).map(({ account }) => ports.ledger.account(account)));
      return { why, count: gaps.length, names: rows.flatMap((row) => (row ? [row.name] : [])) };
    }),
  );
}
