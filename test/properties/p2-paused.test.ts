import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p2 } from './p2.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('sends nothing that another has taken over while it was paused', async () => {
  const { held, figures } = await p2('test', src);
  expect(figures).toMatchObject({ duplicates: 0, unaccounted: 0 });
  expect(figures.takenOver).toBeGreaterThan(0);
  expect(held).toBe(true);
});

it('finds duplicates when the last word does not ask whose the claim is', async () => {
  const { held, figures } = await withControl('p2.patch', (patched) => p2('test', patched));
  expect(figures.duplicates).toBeGreaterThan(0);
  expect(held).toBe(false);
});
