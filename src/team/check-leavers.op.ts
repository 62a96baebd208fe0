import { dayIn } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { type ChangeTeamPorts, changeTeam } from './change-team.op.ts';
import { withRole } from './team.ts';

export interface CheckLeaversPorts extends ChangeTeamPorts {
  readonly jobs: Jobs;
  readonly ledger: Ledger;
  readonly owner: string;
  /** Whether this person's account in Slack is active. */
  readonly isActive: (user: string) => Promise<boolean>;
}

/** Kind of the job that tells a manager that somebody has left. */
export const LEAVER_JOB = 'tell-leaver';
export const CHECK_JOB = 'check-leavers';
const LEASE_SECONDS = 300;

/** Once a day: members whose Slack account is deactivated are marked, and the managers are told whose accounts need a collector. */
export async function checkLeavers(ports: CheckLeaversPorts): Promise<void> {
  const now = ports.clock.now();
  const { zone } = await ports.settings.read();
  const today = dayIn(zone, now);
  const id = `leavers:${today}`;
  await ports.jobs.add({ id, kind: CHECK_JOB, payload: {}, dueAt: now });
  const job = await ports.jobs.claimOne(id, ports.owner, now, LEASE_SECONDS);
  if (!job) return;
  try {
    await eachAlone(
      'people',
      (await ports.team.read()).members,
      ({ user }) => user,
      async ({ user, roles, left = false }) => {
        if (roles.length === 0 || (await ports.isActive(user)) === !left) return;
        // Told first: a crash in between tells nobody twice, and marking alone would tell nobody.
        if (!left) await tellManagers(ports, user, today);
        await changeTeam(ports, { do: 'set-left', user, left: !left }, 'clock', `${id}:${user}`);
      },
    );
    await ports.jobs.done(job);
  } catch (error) {
    await ports.jobs.retry(job, now.add({ minutes: 5 }), String(error));
    throw error;
  }
}

async function tellManagers(ports: CheckLeaversPorts, user: string, today: string): Promise<void> {
  const team = await ports.team.read();
  const told = new Set([...withRole(team, 'manager'), ...withRole(team, 'admin')]);
  told.delete(user);
  for (const manager of told) {
    await ports.jobs.add({
      id: `left:${user}:${manager}:${today}`,
      kind: LEAVER_JOB,
      payload: { manager, user },
      dueAt: ports.clock.now(),
    });
  }
}
