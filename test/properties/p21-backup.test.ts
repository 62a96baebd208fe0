import path from 'node:path';
import { expect, test } from 'vitest';
import { withControl } from '../support/control.ts';
import { p21 } from './p21.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('P21: a backup under load brings back a state that existed, its trail whole; a kill leaves no half backup', {
  timeout: 400_000,
}, async () => {
  const { held, figures } = await p21('test', src);
  expect(figures).toMatchObject({ lost: 0, neverExisted: 0, brokenTrails: 0, unopened: 0, halfLeft: 0, damaged: 0 });
  expect(figures.backups).toBeGreaterThan(1);
  expect(figures.writes).toBeGreaterThan(500);
  expect(held).toBe(true);
});

test('P21, control: with a plain copy of the folder the same check finds states that never were', { timeout: 400_000 }, async () => {
  const { held, figures } = await withControl('p21.patch', (patched) => p21('test', patched));
  expect(held, JSON.stringify(figures)).toBe(false);
});
