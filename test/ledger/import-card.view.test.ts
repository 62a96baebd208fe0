import { expect, it } from 'vitest';
import { progressWords } from '../../src/ledger/import-card.view.ts';

it.each([
  [{ phase: 'reading', rows: 40_000 }, 'reading rows (step 1 of 2), 40,000 of 100,000'],
  [{ phase: 'writing', rows: 40_000, rowsASecond: 6_000 }, 'writing rows (step 2 of 2), 40,000 of 100,000, about 10 seconds left'],
  [{ phase: 'writing', rows: 40_000, rowsASecond: 750 }, 'writing rows (step 2 of 2), 40,000 of 100,000, about 80 seconds left'],
  [{ phase: 'comparing', rows: 40_000, rowsASecond: 250 }, 'comparing rows (step 2 of 2), 40,000 of 100,000, about 4 minutes left'],
  [{ phase: 'writing', rows: 100_000, rowsASecond: 700 }, 'writing rows (step 2 of 2), 100,000 of 100,000'],
] as const)('a long import tells what it is at and how long the rest may take: %o', (progress, words) => {
  expect(progressWords({ rows: 100_000 }, progress)).toBe(words);
});
