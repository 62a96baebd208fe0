import path from 'node:path';
import { expect, test } from 'vitest';
import { withControl } from '../support/control.ts';
import { p13 } from './p13.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('P13: every listener refuses whoever may not use it, and forged requests reach none', { timeout: 120_000 }, async () => {
  const { held, figures } = await p13('test', src);
  expect(figures).toMatchObject({ notRefused: 0, changed: 0, forgeriesTaken: 0, forgeriesHeard: 0 });
  expect(held).toBe(true);
  expect(figures.listeners).toBeGreaterThan(40);
});

test('its control, with the authorization left out, is found out', { timeout: 60_000 }, async () => {
  const { held, figures } = await withControl('p13.patch', (patched) => p13('test', patched, 2_000));
  expect(held).toBe(false);
  expect(figures.notRefused).toBeGreaterThan(0);
});
