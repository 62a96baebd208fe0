import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p8 } from './p8.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('sends nothing wrong in two months of simulated work', async () => {
  const { held, figures } = await p8('test', src);
  expect(held).toBe(true);
  expect(figures.notAsApprovedOf).toBeGreaterThan(50);
});
