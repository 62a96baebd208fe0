import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { plantedFound } from './planted.ts';

const SRC = path.resolve(import.meta.dirname, '../../src');

it('of 50 planted errors of five kinds at least 48 are pointed out, and of 100 unremarkable emails at most ten, whatever the seed', async () => {
  const found = await plantedFound(SRC, 200);
  console.log(JSON.stringify(found));
  expect(found.found).toBeGreaterThanOrEqual(48);
  expect(found.falsely).toBeLessThanOrEqual(10);
});

it('without the rule they would all go into a list', async () => {
  const found = await withControl('planted.patch', (src) => plantedFound(src, 5));
  expect(found.found).toBe(0);
});
