import { dayIn } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { changeTeam } from './change-team.op.ts';
import { withRole } from './team.ts';

export interface CheckLeaversNeeds extends Pick<World, 'clock' | 'settings' | 'team' | 'jobs' | 'ledger' | 'owner'> {
  /** Whether this person's account in Slack is active. */
  readonly isActive: (user: string) => Promise<boolean>;
}

/** Kind of the job that tells a manager that somebody has left. */
export const LEAVER_JOB = 'tell-leaver';
export const CHECK_JOB = 'check-leavers';
const LEASE_SECONDS = 300;

/** Once a day: members whose Slack account is deactivated are marked, and the managers are told whose accounts need a collector. */
export async function checkLeavers(world: CheckLeaversNeeds): Promise<void> {
  const now = world.clock.now();
  const { zone } = await world.settings.read();
  const today = dayIn(zone, now);
  const id = `leavers:${today}`;
  await world.jobs.add({ id, kind: CHECK_JOB, payload: {}, dueAt: now });
  const job = await world.jobs.claimOne(id, world.owner, now, LEASE_SECONDS);
  if (!job) return;
  try {
    await eachAlone(
      'people',
      (await world.team.read()).members,
      ({ user }) => user,
      async ({ user, roles, left = false }) => {
        if (roles.length === 0 || (await world.isActive(user)) === !left) return;
        // Told first: a crash in between tells nobody twice, and marking alone would tell nobody.
        if (!left) await tellManagers(world, user, today);
        await changeTeam(world, { do: 'set-left', user, left: !left }, 'clock', `${id}:${user}`);
      },
    );
    await world.jobs.done(job);
  } catch (error) {
    await world.jobs.retry(job, now.add({ minutes: 5 }), String(error));
    throw error;
  }
}

async function tellManagers(world: CheckLeaversNeeds, user: string, today: string): Promise<void> {
  const team = await world.team.read();
  const told = new Set([...withRole(team, 'manager'), ...withRole(team, 'admin')]);
  told.delete(user);
  for (const manager of told) {
    await world.jobs.add({
      id: `left:${user}:${manager}:${today}`,
      kind: LEAVER_JOB,
      payload: { manager, user },
      dueAt: world.clock.now(),
    });
  }
}
