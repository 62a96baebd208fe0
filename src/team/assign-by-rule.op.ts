import type { Clock } from '../kernel/clock.port.ts';
import { dayIn } from '../kernel/day.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { assignMany } from './assign-many.op.ts';
import { assignableRows, planByRules } from './plan-assignments.op.ts';
import type { SettingsStore } from './settings.port.ts';
import type { TeamStore } from './team.port.ts';

export interface AssignByRulePorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly ledger: Ledger;
  readonly team: TeamStore;
  readonly jobs: Jobs;
}

/**
 * After an import, the accounts that nobody has get their collector by rule; once per import, whoever calls it how often. Rules that are
 * written later wait for the next import, or for a person who applies them.
 */
export async function assignByRule(ports: AssignByRulePorts): Promise<void> {
  const { asOf, applying } = await ports.ledger.freshness();
  if (asOf === null || applying) return;
  const id = `assign:import:${asOf}`;
  if (await ports.jobs.get(id)) return;
  const [team, settings] = await Promise.all([ports.team.read(), ports.settings.read()]);
  const today = dayIn(settings.zone, ports.clock.now());
  const plan = team.rules.length === 0 ? [] : planByRules(await assignableRows(ports.ledger, today), team, today).assignments;
  await assignMany(ports, id, plan, 'rule');
}
