import { addDays, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { changeTeam } from '../team/change-team.op.ts';
import type { OwnerAddress } from '../team/team.ts';

export interface FindOwnersNeeds extends Pick<World, 'clock' | 'settings' | 'team' | 'ledger'> {
  /** Slack user id of the active member with this address; null: there is none. */
  readonly lookUp: (email: string) => Promise<string | null>;
}

/** Slack takes fifty look-ups a minute, and this runs once in each. */
const MOST_A_RUN = 40;
/** Somebody who was found is looked up again after so many days: addresses move on to others. */
const KEPT_DAYS = 7;

/**
 * Learns whom Slack knows by the addresses with which the ledger names owners in sales. Unknown ones are asked for again the next day. Returns how
 * many are left for the next run.
 */
export async function findOwners(world: FindOwnersNeeds): Promise<number> {
  const [accounts, team, { zone }] = await Promise.all([world.ledger.accounts(), world.team.read(), world.settings.read()]);
  const today = dayIn(zone, world.clock.now());
  const named = new Set(accounts.map(({ owner }) => owner.toLowerCase()).filter((owner) => owner.includes('@')));
  const fresh = (team.addresses ?? []).filter(({ user, on }) => on > addDays(today, user === null ? -1 : -KEPT_DAYS));
  const due = [...named].filter((email) => !fresh.some((each) => each.email === email));
  const asked: OwnerAddress[] = [];
  try {
    for (const email of due.slice(0, MOST_A_RUN)) asked.push({ email, user: await world.lookUp(email), on: today });
  } finally {
    // What Slack answered before it asked for patience is kept.
    const command = `owners:${today}:${team.version}`;
    if (asked.length > 0) await changeTeam(world, { do: 'owners-looked-up', addresses: asked }, 'clock', command);
  }
  return due.length - asked.length;
}

/** Looks after each import and each day; goes on in the next minute where there are many. */
export function ownerFinding(world: FindOwnersNeeds): () => Promise<void> {
  let found = '';
  return async () => {
    const [{ asOf }, { zone }] = await Promise.all([world.ledger.freshness(), world.settings.read()]);
    const state = `${asOf} ${dayIn(zone, world.clock.now())}`;
    if (state === found) return;
    if ((await findOwners(world)) === 0) found = state;
  };
}
