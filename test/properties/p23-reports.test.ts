import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p23 } from './p23.ts';

it('reports the same figures as a second reckoning from the definitions, ledger after ledger', async () => {
  const { held, figures } = await p23('test', path.resolve(import.meta.dirname, '../../src'));
  expect(figures).toMatchObject({ differences: 0 });
  expect(held).toBe(true);
  for (const happened of ['values', 'withoutValue', 'creditsBefore', 'reversals'] as const)
    expect(figures[happened], happened).toBeGreaterThan(10);
});

it('finds the fault where gross and net receivables are mixed', async () => {
  const { held, figures } = await withControl('p23.patch', (src) => p23('test', src));
  expect(held).toBe(false);
  expect(figures.differences).toBeGreaterThan(10);
});
