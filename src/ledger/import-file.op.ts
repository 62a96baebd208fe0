import type { World } from '../kernel/world.port.ts';
import { MOST_KEPT_REJECTS, REJECTS_KEPT_DAYS, rejectsOf } from './dropped-files.port.ts';
import type { ImportOutcome, ImportRequest } from './import.port.ts';
import { importLedger } from './import-ledger.op.ts';

/** `stop` ends it between two steps: right balances are left behind, and whoever takes the file up again goes on from its beginning. */
export interface FileToImport
  extends Pick<ImportRequest, 'source' | 'dryRun' | 'confirmVanished' | 'missingGroups' | 'onRejected' | 'onProgress'> {
  readonly by: string;
  readonly stop: AbortSignal;
}

/** Imports a file's rows, or tries what that would do, and keeps the rejected ones of an import for whoever asks for them later. */
export async function importFile(
  world: Pick<World, 'intake' | 'clock' | 'kept' | 'rejectsSheet' | 'documentLimit'>,
  { stop, onRejected, onProgress, ...request }: FileToImport,
): Promise<{ readonly outcome: ImportOutcome /** Of an import, as CSV; null: none. */; readonly rejects: Uint8Array | null }> {
  const rejects = world.rejectsSheet(MOST_KEPT_REJECTS);
  const outcome = await importLedger(world, {
    ...request,
    sample: false,
    ...(world.documentLimit === undefined ? {} : { documentLimit: world.documentLimit }),
    onRejected(line, faults) {
      rejects.add(line, faults);
      return onRejected?.(line, faults);
    },
    onProgress(progress) {
      stop.throwIfAborted();
      onProgress?.(progress);
    },
  });
  const run = outcome.kind === 'imported' ? outcome.summary.run : null;
  const bytes = run === null ? null : await rejects.bytes();
  if (bytes && run) await world.kept.keep(rejectsOf(run), bytes, world.clock.now().add({ hours: 24 * REJECTS_KEPT_DAYS }));
  return { outcome, rejects: bytes };
}
