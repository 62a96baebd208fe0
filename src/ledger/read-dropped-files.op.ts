import { dayIn } from '../kernel/day.ts';
import type { Job } from '../kernel/jobs.port.ts';
import { TRIES, takeJob, workJob } from '../kernel/work-job.op.ts';
import type { World } from '../kernel/world.port.ts';
import { changeFile, FILE_JOB } from './change-file.op.ts';
import type { DroppedFile, FileAsks, FileOutcome, FileRequest } from './dropped-file.ts';
import { doubtsAbout } from './file-doubts.op.ts';
import { asksAfter, asksOf } from './file-questions.op.ts';
import { type ImportRefusal, type ImportRequest, type ImportSummary, SourceAsks, SourceUnreadable } from './import.port.ts';
import { importFile } from './import-file.op.ts';
import { refusalInWords } from './import-words.op.ts';

export interface ReadFilesNeeds extends World {
  readonly onProgress: (file: string, progress: FileProgress) => void;
  /** The file has come to an end, well or badly. */
  readonly onEnd: (file: DroppedFile) => Promise<void>;
  readonly onError: (error: unknown, job: string) => void;
}

export interface FileProgress {
  readonly phase: 'reading' | 'comparing' | 'writing';
  readonly rows: number;
  /** Measured over the phase; left out while that says nothing. */
  readonly rowsASecond?: number;
}

const FIRST_REJECTS = 5;
const ASKED = 'Some of this file can be read in more than one way. Nothing was imported. Answer the questions below.';
const SINCE =
  'Another import has been done since the dry run of this list, so that it would change other things than were shown. Nothing was imported. Do another dry run.';
const GAVE_UP = `Reading this file failed ${TRIES} times, and I stopped trying. What was written is kept, and nothing is doubled. Save it as CSV and drop it again.`;

/** Carries out the dry runs and imports that were asked for, one at a time; a killed instance's are taken up again. Resolves when none is due. */
export async function readDroppedFiles(world: ReadFilesNeeds, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const job = await takeJob(world, FILE_JOB);
    if (!job) return;
    await workJob(world, job, {
      async run(taken, lost) {
        const ended = await attempt(world, taken, AbortSignal.any([stopping, lost]));
        if (ended) await world.onEnd(ended);
      },
      async gaveUp(given) {
        const ended = await end(world, given, { problem: GAVE_UP });
        if (ended) await world.onEnd(ended);
      },
      onError: (error, failed) => world.onError(error, failed.id),
      stopping,
    });
  }
}

/** The file as it ended; null when there is nothing to do any more. */
async function attempt(world: ReadFilesNeeds, job: Job, stop: AbortSignal): Promise<DroppedFile | null> {
  const file = await world.dropped.load(String(job.payload.file));
  if (!file || file.turn !== job.payload.turn || !file.mapping || (file.state !== 'checking' && file.state !== 'importing')) return null;
  const bytes = await world.kept.read(file.id, world.clock.now());
  if (!bytes) return end(world, job, { problem: 'This file was kept for a day only and is gone. Nothing was imported. Drop it again.' });
  const { zone } = await world.settings.read();
  const today = dayIn(zone, world.clock.now());
  try {
    const use = (source: ImportRequest['source']) => run(world, job, file, source, stop);
    return await world.formats.withSource({ name: file.name, bytes }, file.mapping.value, today, use, stop);
  } catch (error) {
    if (error instanceof SourceAsks) return end(world, job, { problem: ASKED, asks: error.asks });
    if (error instanceof SourceUnreadable) return end(world, job, { problem: error.message });
    throw error;
  }
}

async function run(
  world: ReadFilesNeeds,
  job: Job,
  file: DroppedFile,
  source: ImportRequest['source'],
  stop: AbortSignal,
): Promise<DroppedFile | null> {
  const dryRun = file.state === 'checking';
  const { asOf } = await world.ledger.freshness();
  const books = asOf?.toString() ?? '';
  // One that was taken up again may have been imported by whoever died: the same rows then change nothing.
  if (!dryRun && job.attempts === 1 && source.declares === 'all-open' && file.outcome?.books !== books)
    return end(world, job, { problem: SINCE });
  const first: FileOutcome['firstRejects'][number][] = [];
  const { outcome } = await importFile(world, {
    source,
    dryRun,
    confirmVanished: file.agreedVanished ?? false,
    ...(file.closeGroups ? { missingGroups: file.closeGroups } : {}),
    by: file.startedBy,
    stop,
    onRejected: (line, faults) => {
      if (first.length < FIRST_REJECTS)
        first.push(...faults.slice(0, 1).map(({ column, value, reason }) => ({ line, column, value, reason })));
    },
    onProgress: (progress) => world.onProgress(file.id, progress),
  });
  // Taken over from an instance that died: its run counts as alive until its lease lapses.
  if (outcome.kind === 'refused' && outcome.refusal.reason === 'busy' && job.attempts > 1 && job.attempts < TRIES) throw new Error('busy');
  if (outcome.kind === 'refused') return end(world, job, { problem: words(outcome.refusal) });
  const { summary } = outcome;
  if (summary.run !== null) {
    const { mapping } = file;
    if (mapping && mapping.from !== 'built-in')
      await world.mappings.remember(mapping.name, mapping.value, world.clock.now(), file.startedBy, world.formats.headersKey(file.headers));
  }
  const ended = await end(world, job, {
    outcome: { ...outcomeOf(summary, first), ...(dryRun ? { books, ...(await doubtsAbout(world, file, source, summary)) } : {}) },
    asks: dryRun ? asksOf(source, summary) : asksAfter(summary),
  });
  if (summary.run !== null) await world.kept.remove(file.id);
  return ended;
}

async function end(
  world: ReadFilesNeeds,
  { payload }: Job,
  came: ({ outcome: FileOutcome } | { problem: string }) & { asks?: FileAsks },
): Promise<DroppedFile | null> {
  const turn = Number(payload.turn);
  const request: FileRequest = 'outcome' in came ? { do: 'finish', turn, ...came } : { do: 'give-up', turn, ...came };
  const result = await changeFile(world, String(payload.file), request, 'import');
  return result.done ? result.file : null;
}

function words(refusal: ImportRefusal): string {
  if (refusal.reason === 'missing-groups')
    return `${refusalInWords(refusal).split(' If all of that')[0]} Do another dry run and say what became of them.`;
  if (refusal.reason !== 'vanished') return refusalInWords(refusal);
  return `${refusal.vanished} of ${refusal.open} open invoices are missing from this file and would be closed; that is more than was agreed to. Nothing was changed. Do another dry run and look again.`;
}

function outcomeOf(summary: ImportSummary, firstRejects: FileOutcome['firstRejects']): FileOutcome {
  const { run, rowsIn, changed, unchanged, rejected, closedVanished, vanishedUnsure, asksToConfirm, sampleReplaced, openInvoices, healed } =
    summary;
  const openBalance = Object.fromEntries(summary.openBalance);
  return {
    run,
    rowsIn,
    new: summary.new,
    changed,
    unchanged,
    rejected,
    closedVanished,
    vanishedUnsure,
    asksToConfirm,
    sampleReplaced,
    openInvoices,
    openBalance,
    firstRejects,
    healed,
    ...(summary.reopened > 0 ? { reopened: summary.reopened } : {}),
    ...(summary.report.length > 0 ? { report: summary.report, closedCredits: summary.closedCredits } : {}),
  };
}
