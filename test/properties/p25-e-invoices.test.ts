import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p25 } from './p25.ts';

it('an e-invoice changed in one place is refused or said to differ, never taken in silence', async () => {
  const { held, figures } = await p25('test', path.resolve(import.meta.dirname, '../../src'));
  expect(figures).toMatchObject({ mutations: 600, silent: 0, wholeRefused: 0 });
  expect(figures.refused).toBeGreaterThan(300);
  expect(held).toBe(true);
});

it('a reader that believes the sums it is told is found out', async () => {
  const { held, figures } = await withControl('p25.patch', (src) => p25('test', src));
  expect(held).toBe(false);
  expect(figures.silent).toBeGreaterThan(0);
});
