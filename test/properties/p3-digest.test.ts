import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p3 } from './p3.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('posts exactly one digest per channel and local date, in every zone and among five instances', async () => {
  const { held, figures } = await p3('test', src);
  expect(figures).toMatchObject({ missed: 0, wrongDate: 0, early: 0, onDaysOff: 0, doubled: 0, absent: 0, wrongLate: 0 });
  expect(figures.late).toBeGreaterThan(0);
  expect(held).toBe(true);
});

it('finds doubles when the digest is keyed by the hour instead of the local date', async () => {
  const { held, figures } = await withControl('p3.patch', (patched) => p3('test', patched));
  expect(figures.doubled).toBeGreaterThan(0);
  expect(held).toBe(false);
});
