import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p6 } from './p6.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('lets neither requester nor last editor nor their substitutes approve, by any path', { timeout: 120_000 }, async () => {
  const { held, figures } = await p6('test', src);
  expect(figures).toMatchObject({
    approvedByBarred: 0,
    rejectedByBarred: 0,
    eligibleRefused: 0,
    barredVotes: 0,
    wrongThresholds: 0,
    wrongAtTheEnd: 0,
  });
  expect(figures.tried).toBeGreaterThan(100);
  expect(held).toBe(true);
});

it('finds substitutes who approve when covers are not looked at', { timeout: 120_000 }, async () => {
  const { held, figures } = await withControl('p6.patch', (patched) => p6('test', patched));
  expect(figures.approvedByBarred).toBeGreaterThan(0);
  expect(figures.barredVotes).toBeGreaterThan(0);
  expect(held).toBe(false);
});
