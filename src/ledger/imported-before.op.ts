import type { World } from '../kernel/world.port.ts';
import type { PastRun } from './dropped-files.port.ts';
import { dayInName, seriesOf } from './file-day.ts';

/** Among so many imports before it a file is looked for. */
const REMEMBERED = 300;

/** 'again': this very file was the last of its kind that was imported; 'older': `newer` has been imported since, or is of a later day by its name. */
export type ImportedBefore =
  | { readonly kind: 'again'; readonly run: PastRun }
  | { readonly kind: 'older'; readonly newer: PastRun; readonly sentence: string };

/** Whether this very file, or a later one of its kind, was imported before; null: neither. */
export async function importedBefore({ pastRuns }: Pick<World, 'pastRuns'>, name: string, sha256: string): Promise<ImportedBefore | null> {
  const { runs } = await pastRuns.page(0, REMEMBERED);
  const done = runs.filter(({ state }) => state === 'done');
  const series = seriesOf(name);
  const later = (run: PastRun) => seriesOf(run.source) === series && run.sha256 !== sha256;
  const own = done.findIndex((run) => run.sha256 === sha256);
  const since = done.slice(0, Math.max(0, own)).find(later);
  if (own >= 0 && !since) return { kind: 'again', run: done[own]! };
  if (since) {
    const sentence = `This file was imported on ${dayOf(done[own]!)} already, and a newer one (${since.source}) has been imported since.`;
    return { kind: 'older', newer: since, sentence };
  }
  const day = dayInName(name);
  const newer = day && done.find((run) => seriesOf(run.source) === series && (dayInName(run.source) ?? '') > day);
  return newer ? { kind: 'older', newer, sentence: `${newer.source}, which is of a later day, has been imported already.` } : null;
}

const dayOf = ({ startedAt }: PastRun) => startedAt.toString().slice(0, 10);
