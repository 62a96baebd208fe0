import type { World } from '../kernel/world.port.ts';
import { type DroppedFile, decideFile, type FileRefusal, type FileRequest } from './dropped-file.ts';

/** Kind of the jobs that read a dropped file: a dry run or an import. */
export const FILE_JOB = 'read-dropped-file';

export type ChangeFileResult =
  | { readonly done: true; readonly file: DroppedFile }
  | { readonly done: false; readonly refused: FileRefusal | 'no-such-file' | 'file-changed' };

/**
 * One decision about a dropped file, in one guarded update. `seen`: the version the asker looked at, so that of two clicks one counts.
 * The caller has authorized `by`.
 */
export async function changeFile(
  world: Pick<World, 'clock' | 'dropped' | 'jobs'>,
  id: string,
  request: FileRequest,
  by: string,
  seen?: number,
): Promise<ChangeFileResult> {
  const before = await world.dropped.load(id);
  if (!before) return { done: false, refused: 'no-such-file' };
  if (seen !== undefined && seen !== before.version) return { done: false, refused: 'file-changed' };
  const decision = decideFile(before, request, by, world.clock.now());
  if ('refused' in decision) return { done: false, refused: decision.refused };
  if (!(await world.dropped.save(before, decision.file))) return { done: false, refused: 'file-changed' };
  if (request.do === 'check' || request.do === 'import') await addFileJob(world, decision.file);
  return { done: true, file: decision.file };
}

/** A crash between the decision and its job loses nothing: every decided file without one gets it here. */
export async function addFileJobs(world: Pick<World, 'clock' | 'dropped' | 'jobs'>): Promise<void> {
  for (const file of await world.dropped.underWay()) await addFileJob(world, file);
}

async function addFileJob({ jobs, clock }: Pick<World, 'clock' | 'dropped' | 'jobs'>, { id, turn }: DroppedFile): Promise<void> {
  await jobs.add({ id: `${FILE_JOB}:${id}:${turn}`, kind: FILE_JOB, payload: { file: id, turn }, dueAt: clock.now() });
}
