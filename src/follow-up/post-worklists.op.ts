import { digestDue } from '../kernel/calendar.ts';
import { dayIn } from '../kernel/day.ts';
import { calendarAround } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { whoCould } from '../team/team.ts';

/** Kind of the job that sends one person's list of one day; its payload names both. */
export const WORKLIST_JOB = 'worklist';

/**
 * Hands each collector's list of the day to the outgoing jobs, at the hour of the digest on business days. May be called at any time by
 * any number of instances: a person's list of a local date exists once. Whether there is anything to say is seen when it is sent.
 * `withDigest`: a digest goes out now although its hour has not come, as on the day of installation.
 */
export async function postWorklists(world: World, withDigest: boolean): Promise<number> {
  const now = world.clock.now();
  const { zone, digestHour, country, region } = await world.settings.read();
  const today = dayIn(zone, now);
  const due = digestDue(now, { hour: digestHour, zone }, calendarAround(world.holidays, { country, region }, today)).due;
  if (!due && !withDigest) return 0;
  let added = 0;
  for (const user of whoCould(await world.team.read(), 'collect')) {
    const job = { id: `worklist:${user}:${today}`, kind: WORKLIST_JOB, payload: { user, day: today }, dueAt: now };
    if (await world.jobs.add(job)) added += 1;
  }
  return added;
}
