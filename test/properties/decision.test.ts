import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { decision } from './decision.ts';

it('what must hold of a decision holds on generated account-days', async () => {
  const { held, figures } = await decision('test', path.resolve('src'));
  expect(held).toBe(true);
  for (const stage of ['note', 'friendly', 'call', 'firm', 'manager-call']) expect(figures[`stage ${stage}`]).toBeGreaterThan(0);
});

it.each([
  ['the lateness of a stage', 'decision.patch'],
  ['what an owner holds', 'decision-owner.patch'],
])('without %s it does not', async (_, patch) => {
  const { held, figures } = await withControl(patch, (src) => decision('test', src));
  expect(held).toBe(false);
  expect(figures.faults).toBeGreaterThan(5);
});
