import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { StoredMapping } from './dropped-files.port.ts';
import { type ImportRefusal, type ImportSummary, SourceUnreadable } from './import.port.ts';
import { importFile } from './import-file.op.ts';
import { refusalInWords, summaryInWords } from './import-words.op.ts';
import { importedBefore } from './imported-before.op.ts';
import type { Inbox, InboxFile } from './inbox.port.ts';
import { knownMapping } from './known-mapping.op.ts';

/** Who an import out of the folder is by. */
export const BY_INBOX = 'inbox';
/** A file is read into memory; a larger one is imported by its path. */
const MOST_BYTES = 200_000_000;
const BRINGS_BACK = 'Nothing was imported, since this one would bring back what has changed. Export the list anew.';

export interface Taken {
  readonly name: string;
  readonly sha256: string;
  readonly became:
    | { readonly kind: 'imported'; readonly summary: ImportSummary }
    /** The very file was the last of its kind that was imported: nothing changes. */
    | { readonly kind: 'again' }
    | { readonly kind: 'refused'; readonly reason: string };
}

export interface TakeInboxNeeds
  extends Pick<World, 'clock' | 'intake' | 'formats' | 'mappings' | 'kept' | 'pastRuns' | 'rejectsSheet' | 'documentLimit'> {
  readonly inbox: Inbox;
  /** The day that an import stands for. */
  readonly today: () => Promise<Day>;
  /** How every file is to be read; left out: as files with the same headers were read before. */
  readonly mapping?: StoredMapping;
  readonly onTaken: (taken: Taken) => Promise<void>;
  readonly onProgress?: (name: string, phase: string, rows: number) => void;
}

/**
 * Imports what lies in the folder, one file after the other, and moves each to done/ or refused/ with the reason beside it. A file that is taken
 * again after a kill, or by two at once, changes nothing twice: its rows are compared, and one that was imported whole is known by its bytes.
 */
export async function takeInbox(world: TakeInboxNeeds, stopping: AbortSignal): Promise<void> {
  for (const file of await world.inbox.ready()) {
    if (stopping.aborted) return;
    const bytes = file.size > MOST_BYTES ? null : await world.inbox.read(file);
    if (bytes === null && file.size <= MOST_BYTES) continue;
    const taken = bytes === null ? tooLarge(file) : await take(world, file, bytes, stopping);
    if (taken === 'later') return;
    // Told first: a kill in between tells the same once more, under the same id.
    await world.onTaken(taken.told);
    await world.inbox.put(file, taken.told.became.kind === 'refused' ? 'refused' : 'done', taken.note);
  }
}

interface Came {
  readonly told: Taken;
  readonly note: { readonly ending: string; readonly bytes: Uint8Array } | null;
}

/** 'later': another import is under way, and it lies there until that one is done. */
async function take(world: TakeInboxNeeds, { name }: InboxFile, bytes: Uint8Array, stopping: AbortSignal): Promise<Came | 'later'> {
  let sha256 = '';
  try {
    const look = await world.formats.look({ name, bytes });
    sha256 = look.sha256;
    const known = await importedBefore(world, name, sha256);
    if (known?.kind === 'again') return again(name, sha256);
    if (known) return refuse(name, sha256, `${known.sentence} ${BRINGS_BACK}`);
    const mapping = world.mapping ?? (await knownMapping(world, name, look))?.value;
    if (!mapping)
      return refuse(
        name,
        sha256,
        'No file with these columns has been imported yet. Nothing was imported. Drop it into Slack once and say what is in it; files like it are then taken from the folder.',
      );
    return await importOne(world, name, bytes, mapping, sha256, stopping);
  } catch (error) {
    if (error instanceof SourceUnreadable) return refuse(name, sha256, error.message);
    throw error;
  }
}

async function importOne(
  world: TakeInboxNeeds,
  name: string,
  bytes: Uint8Array,
  mapping: StoredMapping,
  sha256: string,
  stopping: AbortSignal,
): Promise<Came | 'later'> {
  const { outcome, rejects } = await world.formats.withSource(
    { name, bytes },
    mapping,
    await world.today(),
    (source) =>
      importFile(world, {
        source,
        dryRun: false,
        confirmVanished: false,
        by: BY_INBOX,
        stop: stopping,
        onProgress: ({ phase, rows }) => world.onProgress?.(name, phase, rows),
      }),
    stopping,
  );
  if (outcome.kind === 'refused') return outcome.refusal.reason === 'busy' ? 'later' : refuse(name, sha256, refusalHere(outcome.refusal));
  const told: Taken = { name, sha256, became: { kind: 'imported', summary: outcome.summary } };
  return { told, note: rejects && { ending: '.rejects.csv', bytes: rejects } };
}

const again = (name: string, sha256: string): Came => ({ told: { name, sha256, became: { kind: 'again' } }, note: null });

const tooLarge = ({ name, size }: InboxFile): Came =>
  refuse(
    name,
    `size ${size}`,
    `The file has more than ${MOST_BYTES / 1e6} MB. Nothing was imported. Import it by its path: npm run import -- --file ${name} --map MAPPING`,
  );

function refuse(name: string, sha256: string, reason: string): Came {
  const note = { ending: '.reason.txt', bytes: new TextEncoder().encode(`${name}\n${reason}\n`) };
  return { told: { name, sha256, became: { kind: 'refused', reason } }, note };
}

function refusalHere(refusal: ImportRefusal): string {
  const words = refusalInWords(refusal);
  if (refusal.reason !== 'vanished' && refusal.reason !== 'missing-groups') return words;
  return `${words} Or drop the file into Slack, where a dry run shows what would change.`;
}

/** What became of a file, in lines for a terminal. */
export function takenInWords({ name, became }: Taken): string[] {
  if (became.kind === 'imported') return summaryInWords(became.summary, `done/${name}.rejects.csv`);
  if (became.kind === 'again') return [`${name} is the file that was imported last. Nothing was changed.`];
  return [`${name} was refused: ${became.reason}`];
}
