import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { changedCases } from './p7-cases.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('voids an approved decision when anything it rests on changes before its write, and says so', async () => {
  const { held, figures } = await changedCases(1, src);
  expect(figures).toMatchObject({ doneAnyway: 0, casesNotVoided: 0, notSaid: 0, untouchedNotDone: 0 });
  expect(figures.casesChangedLate).toBeGreaterThan(30);
  expect(held).toBe(true);
}, 240_000);

it('finds decisions that are carried out on figures of yesterday when nothing is compared', async () => {
  const { held, figures } = await withControl('p7-cases.patch', (patched) => changedCases(1, patched));
  expect(figures.doneAnyway).toBeGreaterThan(0);
  expect(held).toBe(false);
}, 240_000);

it('finds decisions that are carried out over a change of the last moment when the write is not bound to what was read', async () => {
  const { held, figures } = await withControl('p7-cases-late.patch', (patched) => changedCases(1, patched));
  expect(figures.doneAnyway).toBeGreaterThan(0);
  expect(held).toBe(false);
}, 240_000);
