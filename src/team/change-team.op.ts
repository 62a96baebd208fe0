import type { Clock } from '../kernel/clock.port.ts';
import { dayIn } from '../kernel/day.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { SettingsStore } from './settings.port.ts';
import type { TeamStore } from './team.port.ts';
import { decideTeam, type TeamRefusal, type TeamRequest } from './team-changes.ts';

export interface ChangeTeamPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly team: TeamStore;
}

export type ChangeTeamResult = { readonly done: true } | { readonly done: false; readonly refused: TeamRefusal | 'changed-meanwhile' };

/** Roles, absences and assignment rules; written like an account's change. The caller has authorized `by`. */
export async function changeTeam(ports: ChangeTeamPorts, request: TeamRequest, by: string, command: string): Promise<ChangeTeamResult> {
  const now = ports.clock.now();
  const { zone } = await ports.settings.read();
  return writeOnce({
    ...{ aggregate: 'team', by, command, now },
    load: ports.team.read,
    decide: (team) => decideTeam(team, request, dayIn(zone, now)),
    save: (before, { team }, facts) => ports.team.save(before, team, facts, command),
  });
}
