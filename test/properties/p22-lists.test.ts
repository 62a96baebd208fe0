import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p22 } from './p22.ts';

it('lists of random layouts, dialects and damage: no document is wrongly read without a word, no row lost, every total right', async () => {
  const { held, figures } = await p22('test', path.resolve(import.meta.dirname, '../../src'));
  expect(figures).toMatchObject({ wrongUntold: 0, missingUntold: 0, rowsLost: 0, totalsOff: 0, toldUndamaged: 0, paidTaken: 0 });
  expect(figures.readRight).toBeGreaterThan(1_500);
  expect(held).toBe(true);
});

it.each(['p22.patch', 'p22-numbers.patch'])('%s: a reader that guesses where two readings fit is found out', async (patch) => {
  const { held, figures } = await withControl(patch, (src) => p22('test', src));
  expect(held).toBe(false);
  expect(figures.wrongUntold).toBeGreaterThan(0);
});
