import { dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { assignMany } from './assign-many.op.ts';
import { assignableRows, planByRules } from './plan-assignments.op.ts';

/**
 * After an import, the accounts that nobody has get their collector by rule; once per import, whoever calls it how often. Rules that are
 * written later wait for the next import, or for a person who applies them.
 */
export async function assignByRule(world: Pick<World, 'clock' | 'settings' | 'ledger' | 'team' | 'jobs'>): Promise<void> {
  const { asOf, applying } = await world.ledger.freshness();
  if (asOf === null || applying) return;
  const id = `assign:import:${asOf}`;
  if (await world.jobs.get(id)) return;
  const [team, settings] = await Promise.all([world.team.read(), world.settings.read()]);
  const today = dayIn(settings.zone, world.clock.now());
  const plan = team.rules.length === 0 ? [] : planByRules(await assignableRows(world.ledger, today), team, today).assignments;
  await assignMany(world, id, plan, 'rule');
}
