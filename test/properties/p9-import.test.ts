import path from 'node:path';
import { expect, test } from 'vitest';
import { withControl } from '../support/control.ts';
import { p9 } from './p9.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('P9: repeated, reordered, cut off or killed, an import by hand or out of a folder leads to the same ledger', async () => {
  const { held, figures } = await p9('test', src);
  expect(figures).toMatchObject({ differences: 0, wrongBalances: 0, lostRows: 0, notIdempotent: 0, leftOver: 0 });
  expect(figures.kills).toBe(5);
  expect(held).toBe(true);
}, 240_000);

test('P9, control: without completing what a killed run left, the same check finds other ledgers', async () => {
  const { held, figures } = await withControl('p9.patch', (patched) => p9('test', patched));
  expect(figures.differences).toBeGreaterThan(0);
  expect(held).toBe(false);
}, 240_000);
