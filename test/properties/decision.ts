import path from 'node:path';
import fc from 'fast-check';
import type { decideFollowUp as DecideFollowUp } from '../../src/follow-up/follow-up.ts';
import { faultsOf } from '../follow-up/ladder-invariants.ts';
import { anyAccountDay } from '../support/account-day-arbitrary.ts';

const RUNS = { test: 2_000, full: 100_000 };

/** What must hold of the decision on any account-day. Seeded: a failure names the day it fails on. */
export async function decision(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const { decideFollowUp } = (await import(path.join(src, 'follow-up/follow-up.ts'))) as { decideFollowUp: typeof DecideFollowUp };
  const seen: Record<string, number> = {};
  const count = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  let faults = 0;
  for (const account of fc.sample(anyAccountDay, { numRuns: RUNS[size], seed: 20_261_122 })) {
    const got = decideFollowUp(account);
    count(got.action ? `stage ${got.action.stage.key}` : 'none');
    for (const { stage } of got.proposals) count(`proposes ${stage.key}`);
    for (const reason of [...got.reasons, ...new Set(got.entities.flatMap(({ reasons }) => reasons))]) count(reason);
    const found = faultsOf(account, got, decideFollowUp);
    if (found.length === 0) continue;
    faults += 1;
    // The control fails on purpose.
    if (faults === 1 && src === path.resolve('src'))
      console.error(
        'The first account-day with a fault:',
        JSON.stringify({ account: { ...account, calendar: [...account.calendar.holidays] }, got, found }),
      );
  }
  return { held: faults === 0, figures: { accountDays: RUNS[size], faults, ...seen } };
}
