import type { TeamStore } from './team.port.ts';
import { mayDo, type Permission, type Team, whoCould } from './team.ts';

export type Authorization =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly needed: Permission /** Slack user ids of who could do it. */;
      readonly could: readonly string[];
      readonly noAdmin: boolean;
    };

/** The one decision about who may do what, for every path: command, button, modal, direct message. */
export async function authorize(store: TeamStore, user: string, needed: Permission): Promise<Authorization> {
  const team: Team = await store.read();
  if (mayDo(team, user, needed)) return { allowed: true };
  return { allowed: false, needed, could: whoCould(team, needed).slice(0, 5), noAdmin: whoCould(team, 'admin').length === 0 };
}
