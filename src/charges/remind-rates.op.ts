import { raiseAlert } from '../follow-up/tell-alerts.op.ts';
import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { rateTable, type Series } from './interest-rates.ts';
import { halfDueOn, missingOf } from './missing-rates.ts';

/**
 * Tells the admins, once for a half-year, which reference rates are missing that the laws of our customers need: from 2 January and 2 July on.
 * Returns how many were told.
 */
export async function remindRates(world: World, needed: readonly Series[], today: Day): Promise<number> {
  const half = halfDueOn(today);
  if (half === null) return 0;
  const missing = missingOf(needed, half, rateTable((await world.rates.read()).added));
  if (missing.length === 0) return 0;
  return raiseAlert(world, { id: `rate-missing:${half}`, cause: 'rate-missing', account: '', about: { half, series: missing } });
}
