import path from 'node:path';
import fc from 'fast-check';
import type { decideFollowUp as DecideFollowUp, FollowUp } from '../../src/follow-up/follow-up.ts';
import { type OracleAnswer, oracle } from '../follow-up/follow-up-oracle.ts';
import { anyAccountDay } from '../support/account-day-arbitrary.ts';

const RUNS = { test: 2_000, full: 100_000 };

/** The decision equals the oracle's on generated account-days. Seeded: a failure names the day it fails on. */
export async function decision(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const { decideFollowUp } = (await import(path.join(src, 'follow-up/follow-up.ts'))) as { decideFollowUp: typeof DecideFollowUp };
  const seen: Record<string, number> = {};
  const count = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  let different = 0;
  for (const account of fc.sample(anyAccountDay, { numRuns: RUNS[size], seed: 20_261_122 })) {
    const expected = oracle(account);
    const got = comparable(decideFollowUp(account));
    count(expected.action ? `stage ${expected.action.stage}` : 'none');
    for (const reason of [...expected.accountReasons, ...new Set(Object.values(expected.entityReasons).flat())]) count(reason);
    if (JSON.stringify(got) === JSON.stringify(expected)) continue;
    different += 1;
    // The control differs on purpose.
    if (different === 1 && src === path.resolve('src'))
      console.error(
        'The first account-day on which they differ:',
        JSON.stringify({ account: { ...account, calendar: [...account.calendar.holidays] }, expected, got }),
      );
  }
  return { held: different === 0, figures: { accountDays: RUNS[size], different, ...seen } };
}

function comparable({ action, reasons, entities }: FollowUp): OracleAnswer {
  return {
    accountReasons: [...reasons].sort(),
    entityReasons: Object.fromEntries(entities.map((each) => [each.entity, [...each.reasons].sort()])),
    action: action && {
      entity: action.entity,
      stage: action.stage.key,
      leading: action.leading.invoice,
      invoices: action.invoices.map((each) => `${each.number} ${each.currency} ${each.asked}`),
      totals: action.totals.map((each) => `${each.currency} ${each.invoices} ${each.credit} ${each.asked}`),
      leftOut: action.leftOut.map((each) => `${each.invoice} ${each.why} ${each.amount}`).sort(),
    },
  };
}
