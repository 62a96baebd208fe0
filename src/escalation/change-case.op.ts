import { dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { type Case, type CaseRefusal, type CaseRequest, decideCase } from './case.ts';

export type ChangeCaseResult =
  | { readonly done: true; readonly case: Case /** The command had been carried out before. */; readonly again: boolean }
  | { readonly done: false; readonly refused: CaseRefusal | 'no-such-case' | 'changed-meanwhile' };

/** Many people may decide at the same moment; each try that fails means that somebody else's succeeded. */
const TRIES = 25;

/**
 * One decision about one case, written once: state and facts in one guarded update. Who may is decided anew from the team as it is now. A case
 * whose time is over is closed here too, whether or not the clock's own job has come by.
 */
export async function changeCase(
  world: Pick<World, 'clock' | 'settings' | 'team' | 'cases'>,
  id: string,
  request: CaseRequest,
  by: string,
  command: string,
): Promise<ChangeCaseResult> {
  const { zone } = await world.settings.read();
  const now = world.clock.now();
  const written = await writeOnce({
    ...{ aggregate: `case:${id}`, by, command, now, tries: TRIES, absent: 'no-such-case' as const },
    load: async () => {
      const [stored, team] = await Promise.all([world.cases.load(id), world.team.read()]);
      return stored && { ...stored, team };
    },
    decide: (stored) => decideCase(stored.case, request, by, now, stored.team, dayIn(zone, now)),
    save: (before, decision, facts) => world.cases.save(before, decision.case, facts, command),
  });
  if (written.done) return { done: true, case: (written.decision ?? written.stored).case, again: written.decision === null };
  if (written.refused === 'case-expired') await changeCase(world, id, { do: 'expire' }, 'clock', `expire:${id}`);
  return written;
}
