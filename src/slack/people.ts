import type { WebClient } from '@slack/web-api';
import type { Permission } from '../domain/team.ts';
import type { Asker } from './listeners.ts';

const KEEP_SECONDS = 60;

/** Refuses whoever is not a full member of the workspace the bot is installed in (P13). Answers of users.info are kept for a minute. */
export function membership(client: WebClient, homeTeam: string) {
  const known = new Map<string, { until: number; refusal: string | null }>();
  return async (asker: Asker, _needed: Permission): Promise<string | null> => {
    if (asker.team !== homeTeam) return 'Arrears works for members of its own workspace only. Nothing was changed.';
    const kept = known.get(asker.user);
    if (kept && kept.until > performance.now()) return kept.refusal;
    const { user } = await client.users.info({ user: asker.user });
    const refusal = refusalFor(user ?? {}, homeTeam);
    known.set(asker.user, { until: performance.now() + KEEP_SECONDS * 1000, refusal });
    return refusal;
  };
}

type SlackUser = { is_bot?: boolean; deleted?: boolean; is_restricted?: boolean; is_ultra_restricted?: boolean; is_stranger?: boolean; team_id?: string };

function refusalFor(user: SlackUser, homeTeam: string): string | null {
  if (user.is_bot) return 'Arrears does not take orders from bots. Nothing was changed.';
  if (user.deleted) return 'This account is deactivated. Nothing was changed.';
  if (user.is_stranger || (user.team_id !== undefined && user.team_id !== homeTeam)) {
    return 'Arrears works for members of its own workspace only, not for people from shared channels. Nothing was changed.';
  }
  if (user.is_restricted || user.is_ultra_restricted) return 'Guests cannot use Arrears: it shows customers’ balances. Ask a full member of the team. Nothing was changed.';
  return null;
}
