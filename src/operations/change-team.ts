import { dayIn } from '../domain/day.ts';
import { stamp } from '../domain/fact.ts';
import { decideTeam, type TeamRefusal, type TeamRequest } from '../domain/team-changes.ts';
import type { Clock, SettingsStore, TeamStore } from './ports.ts';

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
  for (let tries = 0; tries < 2; tries += 1) {
    const [team, recorded] = [await ports.team.read(), await ports.team.recorded()];
    if (recorded.commands.includes(command)) return { done: true };
    const decision = decideTeam(team, request, dayIn(zone, now));
    if ('refused' in decision) return { done: false, refused: decision.refused };
    const facts = stamp(decision.facts, 'team', recorded.facts, by, command, now);
    if (await ports.team.save(team, decision.team, facts, command)) return { done: true };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
