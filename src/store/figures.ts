import type { Connection } from 'mongoose';
import type { Clock } from '../kernel/clock.port.ts';
import type { FigureCounts, Figures, JobFigures } from '../kernel/figures.port.ts';
import { TRIES } from '../kernel/work-job.op.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { alertModel } from './alerts.ts';
import { draftModel } from './drafts.ts';
import { jobModel } from './jobs.ts';

const EMAIL_STATES = ['queued', 'sending', 'failed', 'ambiguous'] as const;

/** Counts for those who watch from outside. Each is answered by an index, whatever has heaped up behind it. */
export function storeFigures(connection: Connection, ledger: Pick<Ledger, 'freshness'>): Figures {
  const jobs = jobModel(connection).collection;
  const drafts = draftModel(connection).collection;
  const alerts = alertModel(connection).collection;
  const jobsIn = async (state: JobFigures['state'], filter: object): Promise<JobFigures[]> => {
    const group = { _id: '$kind', count: { $sum: 1 }, oldest: { $min: '$dueAt' } };
    const rows = await jobs.aggregate<{ _id: string; count: number; oldest: Date }>([{ $match: filter }, { $group: group }]).toArray();
    return rows.map(({ _id: kind, count, oldest }) => ({
      kind,
      state,
      count,
      oldest: Temporal.Instant.fromEpochMilliseconds(oldest.getTime()),
    }));
  };
  const emails = async (): Promise<FigureCounts['emails']> => {
    const counted = await Promise.all(
      EMAIL_STATES.map(async (state) => [state, await drafts.countDocuments({ open: true, 'draft.state': state })] as const),
    );
    return Object.fromEntries(counted) as FigureCounts['emails'];
  };
  return {
    ping: async () => void (await connection.db!.admin().command({ ping: 1 })),
    async count(clock: Clock) {
      const now = new Date(clock.now().epochMilliseconds);
      const open = { state: 'open' };
      const free = { ...open, leaseUntil: { $lte: now } };
      const [due, later, running, givenUp, stuck, states, alertsWaiting, { asOf }] = await Promise.all([
        jobsIn('due', { ...free, dueAt: { $lte: now } }),
        jobsIn('later', { ...free, dueAt: { $gt: now } }),
        jobsIn('running', { ...open, leaseUntil: { $gt: now } }),
        jobsIn('given-up', { state: 'failed' }),
        jobsIn('later', { ...open, attempts: { $gte: TRIES } }),
        emails(),
        alerts.countDocuments({ message: '', notBefore: { $lte: now } }),
        ledger.freshness(),
      ]);
      return {
        jobs: [...due, ...later, ...running, ...givenUp],
        stuck: Object.fromEntries(stuck.map(({ kind, count: times }) => [kind, times])),
        emails: states,
        alertsWaiting,
        ledgerAsOf: asOf,
      };
    },
  };
}
