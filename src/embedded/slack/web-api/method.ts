import { type Allowance, TIERS } from '../rate-limits.ts';
import type { Json } from '../state/model.ts';
import type { World } from '../world.ts';
import type { Args } from './args.ts';

export interface Method {
  /** null: no limit worth enforcing (Slack calls it special). */
  allowance: Allowance | null;
  /** All of these must be granted; any of the names within one entry, parted by |, will do. */
  scopes: string[];
  token: 'bot' | 'app' | 'any';
  run: (world: World, args: Args) => Json | Promise<Json>;
}

/** A method of the bot token in a tier. */
export function method(tier: 1 | 2 | 3 | 4 | null, scopes: string[], run: Method['run']): Method {
  return { allowance: tier === null ? null : TIERS[tier], scopes, token: 'bot', run };
}
