import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { World } from '../kernel/world.port.ts';
import { changeTeam } from './change-team.op.ts';
import { withRole } from './team.ts';
import type { TeamRefusal } from './team-changes.ts';

/** Without letters and digits that are mistaken for each other when read from a screen. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const GROUPS = 3;
const GROUP = 4;
/** Wrong or right, of all people together: 12 characters of 31 leave no hope to guess. */
const GUESSES = 5;
const WINDOW_MINUTES = 15;

const hashOf = (salt: string, code: string) =>
  createHash('sha256')
    .update(salt)
    .update(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
    .digest('hex');

/** A new one-time code such as K7PM-2WQX-9ADT, which voids the one before; null once there is an admin. */
export async function newClaimCode(world: Pick<World, 'team' | 'claims'>): Promise<string | null> {
  if (withRole(await world.team.read(), 'admin').length > 0) return null;
  const group = () => Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const code = Array.from({ length: GROUPS }, group).join('-');
  const salt = randomBytes(16).toString('hex');
  await world.claims.set(salt, hashOf(salt, code));
  return code;
}

export type ClaimAdminResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: TeamRefusal | 'changed-meanwhile' | 'wrong-code' | 'too-many-guesses' };

/** Makes the claimer the first admin. The caller has made sure that `user` is a full member of the workspace. */
export async function claimAdmin(
  world: Pick<World, 'clock' | 'settings' | 'team' | 'claims'>,
  user: string,
  code: string,
  command: string,
): Promise<ClaimAdminResult> {
  if (withRole(await world.team.read(), 'admin').length > 0) return { done: false, refused: 'admin-exists' };
  const now = world.clock.now();
  const kept = await world.claims.guess(now, now.subtract({ minutes: WINDOW_MINUTES }), GUESSES);
  if (!kept) return { done: false, refused: 'too-many-guesses' };
  if (!timingSafeEqual(Buffer.from(hashOf(kept.salt, code)), Buffer.from(kept.hash))) return { done: false, refused: 'wrong-code' };
  const result = await changeTeam(world, { do: 'claim-admin', user }, user, command);
  if (result.done) await world.claims.clear();
  return result;
}
