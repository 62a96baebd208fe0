import { dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { decideTeam, type TeamRefusal, type TeamRequest } from './team-changes.ts';

export type ChangeTeamResult = { readonly done: true } | { readonly done: false; readonly refused: TeamRefusal | 'changed-meanwhile' };

/** Roles, absences and assignment rules; written like an account's change. The caller has authorized `by`. */
export async function changeTeam(
  world: Pick<World, 'clock' | 'settings' | 'team'>,
  request: TeamRequest,
  by: string,
  command: string,
): Promise<ChangeTeamResult> {
  const now = world.clock.now();
  const { zone } = await world.settings.read();
  return writeOnce({
    ...{ aggregate: 'team', by, command, now },
    load: world.team.read,
    decide: (team) => decideTeam(team, request, dayIn(zone, now)),
    save: (before, { team }, facts) => world.team.save(before, team, facts, command),
  });
}
