import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../kernel/clock.port.ts';
import type { BusyRun, RunRequest } from '../ledger/import.port.ts';
import type { ImportRunDocument, LedgerModels } from './ledger-models.ts';
import { noteLedgerWrite } from './open-books.ts';
import { settle } from './settle.ts';

const LEASE_SECONDS = 30;
const RENEW_AFTER_MS = 5_000;

/** Another process took the run over because this one seemed dead. */
class RunLost extends Error {
  readonly code = 'import-run-lost';
}

/** The right to write the ledger. */
export interface Lease {
  readonly run: string;
  /** Call before each write; renews when due. Throws RunLost. */
  keep(): Promise<void>;
}

/**
 * Starts a run, or answers the one that is alive: a unique index lets one apply at a time. A run whose process died is completed first:
 * its half-written accounts get consistent balances and lose their marks. What it did not write comes with the next import of its file.
 */
export async function acquire(
  models: LedgerModels,
  clock: Clock,
  request: RunRequest,
): Promise<{ lease: Lease; healed: string[] } | BusyRun> {
  for (;;) {
    const other = await models.runs.findOne({ state: 'applying' }).lean<ImportRunDocument>();
    if (other !== null && isAlive(other, clock))
      return { source: other.source, since: Temporal.Instant.fromEpochMilliseconds(other.startedAt.getTime()) };
    if (other !== null)
      await models.runs.updateOne({ _id: other._id, state: 'applying', leaseUntil: other.leaseUntil }, { $set: { state: 'interrupted' } });
    const run = await insertRun(models, clock, request);
    if (run === null) continue;
    await noteLedgerWrite(models);
    const lease = leaseOf(models, clock, run);
    return { lease, healed: await completeInterrupted(models, lease) };
  }
}

export async function hasInterrupted({ accounts, runs }: LedgerModels, clock: Clock): Promise<boolean> {
  const run = await runs.findOne({ state: 'applying' }).lean<ImportRunDocument>();
  return (run !== null && !isAlive(run, clock)) || (run === null && (await accounts.exists({ dirty: { $ne: null } })) !== null);
}

/** Recomputes every balance of the accounts the run has marked. */
export async function settleMarked(models: LedgerModels, run: string | { $nin: (string | null)[] }, lease: Lease): Promise<void> {
  const marked = await models.accounts.find({ dirty: run }, { _id: 1 }).sort({ _id: 1 }).lean<{ _id: string }[]>();
  for (const { _id: account } of marked) {
    await lease.keep();
    const ids = new Set<string>();
    for await (const { _id } of models.invoices.collection.find({ account }, { projection: { _id: 1 } })) ids.add(String(_id));
    for (const model of [models.payments, models.creditNotes]) {
      for await (const receipt of model.collection.find({ account }, { projection: { 'allocations.id': 1 } })) {
        for (const { id } of receipt.allocations) ids.add(id);
      }
    }
    await settle(models, [...ids]);
  }
}

export async function clearMarks({ accounts }: LedgerModels, run: string | { $nin: (string | null)[] }): Promise<void> {
  await accounts.updateMany({ dirty: run }, { $set: { dirty: null } });
}

async function completeInterrupted(models: LedgerModels, lease: Lease): Promise<string[]> {
  const others = { $nin: [null, lease.run] };
  const runs = (await models.accounts.distinct('dirty', { dirty: others })) as string[];
  if (runs.length === 0) return [];
  await settleMarked(models, others, lease);
  await clearMarks(models, others);
  const sources = await models.runs
    .find({ _id: { $in: runs } }, { source: 1 })
    .sort({ _id: 1 })
    .lean<{ source: string }[]>();
  return sources.map(({ source }) => source);
}

async function insertRun(
  { runs }: LedgerModels,
  clock: Clock,
  { source, now, sample, tellsBalances, by = 'import', sha256 = '', seenOn, lists = [] }: RunRequest,
): Promise<string | null> {
  const run = randomUUID();
  const startedAt = new Date(now.epochMilliseconds);
  const process = { host: hostname(), pid: globalThis.process.pid, leaseUntil: leaseEnd(clock) };
  try {
    await runs.collection.insertOne({
      _id: run,
      state: 'applying',
      source,
      sample,
      tellsBalances,
      by,
      sha256,
      ...(seenOn ? { seenOn, lists } : {}),
      startedAt,
      finishedAt: null,
      ...process,
    } as never);
    return run;
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return null;
    throw error;
  }
}

function leaseOf({ runs }: LedgerModels, clock: Clock, run: string): Lease {
  let renewed = clock.now().epochMilliseconds;
  return {
    run,
    async keep() {
      if (clock.now().epochMilliseconds - renewed < RENEW_AFTER_MS) return;
      const kept = await runs.updateOne({ _id: run, state: 'applying' }, { $set: { leaseUntil: leaseEnd(clock) } });
      if (kept.matchedCount !== 1)
        throw new RunLost('This import was paused so long that another took its place. What it wrote is kept; run it again.');
      renewed = clock.now().epochMilliseconds;
    },
  };
}

function leaseEnd(clock: Clock): Date {
  return new Date(clock.now().epochMilliseconds + LEASE_SECONDS * 1000);
}

/** On the same machine a dead process is known at once; elsewhere its lease must lapse. */
function isAlive({ leaseUntil, host, pid }: ImportRunDocument, clock: Clock): boolean {
  if (leaseUntil.getTime() <= clock.now().epochMilliseconds) return false;
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
