import type { Clock } from '../kernel/clock.port.ts';
import type { World } from '../kernel/world.port.ts';
import type {
  ImportOutcome,
  ImportRefusal,
  ImportRequest,
  ImportSummary,
  LedgerIntake,
  LedgerRun,
  LedgerSource,
  RunCounts,
  ZeroTwins,
} from './import.port.ts';
import { SourceUnreadable } from './import.port.ts';
import { type Scan, scanRows } from './import-scan.op.ts';
import { findVanished, type VanishedHere } from './import-vanished.op.ts';
import { type Walked, walkRows } from './import-walk.op.ts';
import { underKnownNumber, zeroTwins } from './zero-twins.ts';

const CHUNK = 1000;
/** More than a person answers at once; the rest is told after the next import. */
const MOST_MISPLACED = 20;
/** Of fewer, nothing is concluded: a new customer may well come alone. */
const FEW_CUSTOMERS = 3;

/**
 * Reads the whole source first, so that nothing is written of a file that cannot be read to its end, then compares or writes it row by row.
 * The same rows in any order, cut off and redone, or after a kill, lead to the same ledger. Anything but a refusal throws.
 */
export async function importLedger({ intake, clock }: Pick<World, 'intake' | 'clock'>, asked: ImportRequest): Promise<ImportOutcome> {
  if (asked.sample && (await intake.hasReal())) return refused({ reason: 'real-ledger' });
  let read: Scanned;
  try {
    read = await scanJoined(intake, asked);
  } catch (error) {
    if (error instanceof SourceUnreadable) return refused({ reason: 'unreadable', sentence: error.message });
    throw error;
  }
  const { request, scan, twins } = read;
  const vanished = await findVanished(intake, request, scan);
  const { confirmVanished: confirmed } = request;
  const agreed = typeof confirmed === 'number' ? vanished.gone.length <= confirmed : confirmed;
  const asksToConfirm = vanished.gone.length * 5 > vanished.open && !agreed;
  if (vanished.missing.length > 0 && !request.dryRun) return refused({ reason: 'missing-groups', groups: vanished.missing });
  if (asksToConfirm && !request.dryRun) return refused({ reason: 'vanished', vanished: vanished.gone.length, open: vanished.open });

  const compared = await compareIfNeeded(intake, request, scan);
  if (compared && 'reason' in compared) return refused(compared);

  const replacesSample = !request.sample && (await intake.hasSample());
  if (request.dryRun && compared) {
    const { reopened, ...walked } = compared;
    const counts = { ...walked, closedVanished: vanished.gone.length };
    return summarise(intake, request, counts, {
      run: null,
      reopened,
      strangersOnly: await knowsNone(intake, [...scan.accounts.keys()]),
      vanishedUnsure: vanished.unsure,
      asksToConfirm,
      missingGroups: vanished.missing,
      twins,
      closedCredits: vanished.credits.length,
      sampleReplaced: replacesSample,
      healed: [],
    });
  }

  const { source, sample } = request;
  const { name, tellsBalances, sha256 } = source;
  const seenOn = source.coversAll && source.declares === 'all-open' ? source.asOf : undefined;
  const listed = seenOn && { seenOn, lists: [...scan.groups] };
  const run = await intake.begin({ source: name, now: clock.now(), sample, tellsBalances, sha256, by: request.by, ...listed });
  if (!('write' in run)) return refused({ reason: 'busy', ...run });
  const { reopened, ...counts } = await apply(run, request, scan, vanished, replacesSample, clock);
  return summarise(intake, request, counts, {
    run: run.id,
    reopened,
    strangersOnly: false,
    vanishedUnsure: vanished.unsure,
    asksToConfirm,
    missingGroups: [],
    twins,
    closedCredits: vanished.credits.length,
    sampleReplaced: replacesSample,
    healed: run.healed,
  });
}

async function knowsNone(intake: LedgerIntake, numbers: readonly string[]): Promise<boolean> {
  return numbers.length >= FEW_CUSTOMERS && (await intake.hasReal()) && (await intake.newAccounts(numbers)) === numbers.length;
}

interface Scanned {
  readonly request: ImportRequest;
  readonly scan: Scan;
  readonly twins: ZeroTwins;
}

/** The scan of the rows, under the customer numbers of the ledger where the source says that lost zeros are to be put back. */
async function scanJoined(intake: LedgerIntake, request: ImportRequest): Promise<Scanned> {
  const scan = await scanRows(request);
  const numbers = [...scan.accounts.keys()];
  const pairs = request.sample || request.source.zeros === 'apart' ? [] : zeroTwins(numbers, await intake.zeroTwins(numbers));
  if (pairs.length === 0 || request.source.zeros !== 'join') return { request, scan, twins: { pairs, joined: false } };
  const joined = { ...request, source: joinedSource(request.source, new Map(pairs)) };
  return { request: joined, scan: await scanRows(joined), twins: { pairs, joined: true } };
}

function joinedSource(source: LedgerSource, numbers: ReadonlyMap<string, string>): LedgerSource {
  return {
    ...source,
    async *rows() {
      for await (const row of source.rows()) yield 'record' in row ? { ...row, record: underKnownNumber(row.record, numbers) } : row;
    },
  };
}

async function apply(
  run: LedgerRun,
  request: ImportRequest,
  scan: Scan,
  { gone, credits }: VanishedHere,
  replacesSample: boolean,
  clock: Clock,
): Promise<RunCounts & Pick<Walked, 'reopened'>> {
  try {
    if (replacesSample) await run.removeSample();
    for (const parts of chunks(scan.describedAccounts())) await run.writeAccounts(parts);
    const { reopened, ...walked } = await walkRows(request, scan, 2, 'writing', (records) => run.write(records));
    for (const keys of chunks([...gone, ...credits])) await run.close(keys);
    const counts = { ...walked, closedVanished: gone.length };
    await run.finish(clock.now(), counts);
    return { ...counts, reopened };
  } catch (error) {
    // The first error tells what happened; when even abandoning fails, the next import or start completes the run.
    await run.abandon().catch(() => undefined);
    throw error;
  }
}

/** The store would run full; the rest need not be read. */
class TooMany extends Error {}

/** A dry run always compares; an import only where the store could run full. Answers null when there was no need. */
async function compareIfNeeded(intake: LedgerIntake, request: ImportRequest, scan: Scan): Promise<Walked | ImportRefusal | null> {
  const limit = request.documentLimit ?? Number.POSITIVE_INFINITY;
  const held = limit === Number.POSITIVE_INFINITY ? 0 : await intake.documents();
  if (!request.dryRun && held + scan.documents + scan.accounts.size <= limit) return null;
  let documents = held + (await intake.newAccounts([...scan.accounts.keys()]));
  const quiet = request.dryRun ? request : { ...request, onRejected: undefined };
  try {
    return await walkRows(quiet, scan, 1, 'comparing', async (records) => {
      const verdicts = await intake.compare(records, request.sample);
      documents += verdicts.filter((verdict, i) => verdict === 'new' && records[i]!.kind !== 'account').length;
      if (documents > limit) throw new TooMany();
      return verdicts;
    });
  } catch (error) {
    if (error instanceof TooMany) return { reason: 'too-many-documents', documents, limit };
    throw error;
  }
}

type Rest = Pick<
  ImportSummary,
  | 'run'
  | 'reopened'
  | 'strangersOnly'
  | 'vanishedUnsure'
  | 'asksToConfirm'
  | 'missingGroups'
  | 'twins'
  | 'closedCredits'
  | 'sampleReplaced'
  | 'healed'
>;

async function summarise(
  intake: LedgerIntake,
  { source, dryRun, sample }: ImportRequest,
  counts: RunCounts,
  rest: Rest,
): Promise<ImportOutcome> {
  const { invoices, balance } = await intake.openTotals(sample);
  const misplaced = dryRun || sample ? [] : await intake.misplaced(MOST_MISPLACED);
  return {
    kind: 'imported',
    summary: {
      source: source.name,
      dryRun,
      ...counts,
      openInvoices: invoices,
      openBalance: balance,
      misplaced,
      report: source.report ?? [],
      ...rest,
    },
  };
}

function refused(refusal: ImportRefusal): ImportOutcome {
  return { kind: 'refused', refusal };
}

function* chunks<T>(all: Iterable<T>): Generator<T[]> {
  let chunk: T[] = [];
  for (const one of all) {
    if (chunk.push(one) < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
