import type { Asker } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { TeamStore } from './team.port.ts';
import { memberOf } from './team.ts';

/** One sentence when this person cannot be a collector: bots, guests, deactivated people, other companies, or the role is missing. */
export type AssignableCheck = (user: string, asker: Asker) => Promise<string | null>;

export function assignableCheck(team: TeamStore, membership: (asker: Asker) => Promise<string | null>): AssignableCheck {
  return async (user, asker) => {
    if (await membership({ ...asker, user })) return REFUSED['not-assignable'];
    const roles = memberOf(await team.read(), user)?.roles ?? [];
    return roles.includes('collector') || roles.includes('manager') ? null : REFUSED['not-assignable'];
  };
}

/** Slack user ids of the @mentions in a command's text, in order; the app's commands arrive with ids in place of names. */
export function mentioned(text: string): string[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].map((match) => match[1]!);
}
