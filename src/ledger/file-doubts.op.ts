import type { World } from '../kernel/world.port.ts';
import type { DroppedFile, FileOutcome } from './dropped-file.ts';
import type { ImportSummary, LedgerSource } from './import.port.ts';
import { importedBefore } from './imported-before.op.ts';

/** Now and then a payment bounces; of an older list much comes back at once: more than a fiftieth of it. */
const FEW_REOPENED = 3;

/** What a person should know before a file is imported that the counts of its dry run do not say. */
export async function doubtsAbout(
  world: Pick<World, 'pastRuns'>,
  { name, sha256 }: Pick<DroppedFile, 'name' | 'sha256'>,
  source: LedgerSource,
  summary: ImportSummary,
): Promise<Pick<FileOutcome, 'again' | 'doubts'>> {
  const before = await importedBefore(world, name, sha256);
  const again =
    before?.kind === 'again' ? { again: `This very file was imported on ${before.run.startedAt.toString().slice(0, 10)}.` } : {};
  const { reopened, strangersOnly, accepted } = summary;
  const isList = source.declares === 'all-open';
  const doubts = [
    ...(before?.kind === 'older' ? [`${before.sentence} This one would bring back what has changed since.`] : []),
    ...(isList && reopened >= FEW_REOPENED && reopened * 50 >= accepted
      ? [`${reopened} invoices and credits that were closed would be open again. Is this list older than the last one?`]
      : []),
    ...(isList && strangersOnly && accepted > 0 ? ['The ledger knows none of its customers. Is this the list of another company?'] : []),
    ...(source.doubts ?? []),
  ];
  return { ...again, ...(doubts.length > 0 ? { doubts } : {}) };
}
