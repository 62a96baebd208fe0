import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { type ChangeTeamPorts, changeTeam } from './change-team.op.ts';
import type { ClaimStore } from './team.port.ts';
import { withRole } from './team.ts';
import type { TeamRefusal } from './team-changes.ts';

export interface ClaimPorts extends ChangeTeamPorts {
  readonly claims: ClaimStore;
}

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
export async function newClaimCode(ports: Pick<ClaimPorts, 'team' | 'claims'>): Promise<string | null> {
  if (withRole(await ports.team.read(), 'admin').length > 0) return null;
  const group = () => Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const code = Array.from({ length: GROUPS }, group).join('-');
  const salt = randomBytes(16).toString('hex');
  await ports.claims.set(salt, hashOf(salt, code));
  return code;
}

export type ClaimResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: TeamRefusal | 'changed-meanwhile' | 'wrong-code' | 'too-many-guesses' };

/** Makes the claimer the first admin. The caller has made sure that `user` is a full member of the workspace. */
export async function claimAdmin(ports: ClaimPorts, user: string, code: string, command: string): Promise<ClaimResult> {
  if (withRole(await ports.team.read(), 'admin').length > 0) return { done: false, refused: 'admin-exists' };
  const now = ports.clock.now();
  const kept = await ports.claims.guess(now, now.subtract({ minutes: WINDOW_MINUTES }), GUESSES);
  if (!kept) return { done: false, refused: 'too-many-guesses' };
  if (!timingSafeEqual(Buffer.from(hashOf(kept.salt, code)), Buffer.from(kept.hash))) return { done: false, refused: 'wrong-code' };
  const result = await changeTeam(ports, { do: 'claim-admin', user }, user, command);
  if (result.done) await ports.claims.clear();
  return result;
}
