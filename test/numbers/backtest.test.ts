import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ledgerHistory } from '../../scripts/ledger-history.ts';
import { HABITS, madeUpLedger } from '../../scripts/made-up-ledgers.ts';
import { addDays } from '../../src/kernel/day.ts';
import { backtest, weeklyOrigins } from '../../src/numbers/backtest.ts';
import type { Book } from '../../src/numbers/book.ts';
import { SHARED_DATA } from '../support/shared-data.ts';

const IBM = path.join(SHARED_DATA, 'ibm-accounts-receivable.csv');
const present = fs.existsSync(IBM);
if (!present) console.warn(`NOT RUN: ${IBM} is missing, so the forecast is not tried on the public ledger.`);

const tried = ({ invoices }: Book, origins = weeklyOrigins(invoices)) => backtest({ invoices, segment: () => '', origins });

describe('the cash forecast, week after week with what was known then', () => {
  it.skipIf(!present)('is as good as promised on the public IBM ledger', () => {
    const { habit, median } = tried(ledgerHistory(fs.readFileSync(IBM, 'utf8')));
    expect(habit.wapeByWeek).toBeLessThanOrEqual(0.19);
    expect(habit.wapeOfSum).toBeLessThanOrEqual(0.04);
    expect(Math.abs(habit.bias)).toBeLessThanOrEqual(0.02);
    expect(habit.covered).toBeGreaterThanOrEqual(0.72);
    expect(habit.covered).toBeLessThanOrEqual(0.88);
    expect(habit.wapeByWeek).toBeLessThan(median.wapeByWeek);
  });

  it.each(HABITS.map((habit, n) => [habit.name, habit, n + 1] as const))('is no worse than due date and median: %s', (_, habit, seed) => {
    const scores = tried(madeUpLedger(habit, seed));
    expect(scores.habit.wapeByWeek).toBeLessThanOrEqual(scores.median.wapeByWeek + 0.02);
    expect(scores.habit.wapeOfSum).toBeLessThanOrEqual(scores.median.wapeOfSum + 0.02);
  });

  it('uses nothing that was not known: what comes after the last forecast changes none of them', () => {
    const book = madeUpLedger(HABITS[3]!, 4);
    const origins = weeklyOrigins(book.invoices).slice(0, 10);
    const end = addDays(origins.at(-1)!, 28);
    const later = book.invoices.map((invoice) => {
      const cuts = invoice.cuts.map((cut) => (cut.on > end ? { ...cut, on: addDays(cut.on, 200) } : cut));
      return { ...invoice, cuts };
    });
    expect(tried({ ...book, invoices: later }, origins)).toEqual(tried(book, origins));
  });
});
