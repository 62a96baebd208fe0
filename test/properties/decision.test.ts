import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { decision } from './decision.ts';

it('the decision equals that of the slow, plain oracle on generated account-days', async () => {
  const { held, figures } = await decision('test', path.resolve('src'));
  expect(held).toBe(true);
  for (const stage of ['note', 'friendly', 'call', 'firm', 'manager-call']) expect(figures[`stage ${stage}`]).toBeGreaterThan(0);
});

it('without the owner in sales they differ', async () => {
  const { held, figures } = await withControl('decision-owner.patch', (src) => decision('test', src));
  expect(held).toBe(false);
  expect(figures.different).toBeGreaterThan(20);
});

it('without the gap between demands they differ', async () => {
  const { held, figures } = await withControl('decision.patch', (src) => decision('test', src));
  expect(held).toBe(false);
  expect(figures.different).toBeGreaterThan(20);
});
