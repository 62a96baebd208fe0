import { type Case, type CaseRefusal, type CaseRequest, decideCase } from '../domain/case.ts';
import { dayIn } from '../domain/day.ts';
import { stamp } from '../domain/fact.ts';
import type { CaseStore } from './case-ports.ts';
import type { Clock, SettingsStore, TeamStore } from './ports.ts';

export interface ChangeCasePorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly team: TeamStore;
  readonly cases: CaseStore;
}

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
  ports: ChangeCasePorts,
  id: string,
  request: CaseRequest,
  by: string,
  command: string,
): Promise<ChangeCaseResult> {
  const { zone } = await ports.settings.read();
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [stored, team] = await Promise.all([ports.cases.load(id), ports.team.read()]);
    if (!stored) return { done: false, refused: 'no-such-case' };
    if (stored.commands.includes(command)) return { done: true, case: stored.case, again: true };
    const now = ports.clock.now();
    const decision = decideCase(stored.case, request, by, now, team, dayIn(zone, now));
    if ('refused' in decision) {
      if (decision.refused === 'case-expired') await changeCase(ports, id, { do: 'expire' }, 'clock', `expire:${id}`);
      return { done: false, refused: decision.refused };
    }
    const facts = stamp(decision.facts, `case:${id}`, stored.facts, by, command, now);
    if (await ports.cases.save(stored, decision.case, facts, command)) return { done: true, case: decision.case, again: false };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
