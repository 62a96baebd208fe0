import { dayIn } from '../kernel/day.ts';
import { addTo } from '../kernel/money.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { decideGoals, type GoalsRefusal, type GoalsRequest, type Progress, progressOf } from './goals.ts';
import { monthOf } from './period.ts';

export type ChangeGoalsResult = { readonly done: true } | { readonly done: false; readonly refused: GoalsRefusal | 'changed-meanwhile' };

/** Sets a target, or where something is posted by itself. The caller has authorized `by`. */
export async function changeGoals(
  world: Pick<World, 'clock' | 'goals'>,
  request: GoalsRequest,
  by: string,
  command: string,
): Promise<ChangeGoalsResult> {
  return writeOnce({
    ...{ aggregate: 'goals', by, command, now: world.clock.now() },
    load: world.goals.read,
    decide: (goals) => decideGoals(goals, request),
    save: (before, { targets, posts }, facts) => world.goals.save(before, { targets, posts }, facts, command),
  });
}

/** Cash received this month so far, of the team and of each collector's accounts, against the targets. */
export async function progressNow(world: Pick<World, 'clock' | 'goals' | 'ledger' | 'settings'>): Promise<Progress[]> {
  const { zone } = await world.settings.read();
  const today = dayIn(zone, world.clock.now());
  const [{ targets }, rows, payments] = await Promise.all([
    world.goals.read(),
    world.ledger.accounts(),
    world.ledger.paymentsBetween(monthOf(today), today),
  ]);
  const collectors = new Map(rows.map(({ id, collector }) => [id, collector ?? '']));
  const cash = new Map<string, Map<string, number>>();
  for (const { account, currency, amount } of payments)
    for (const who of new Set(['', collectors.get(account) ?? ''])) {
      const sums = cash.get(who) ?? new Map<string, number>();
      addTo(sums, { amount, currency });
      cash.set(who, sums);
    }
  return progressOf(targets, today.slice(0, 7), cash);
}
