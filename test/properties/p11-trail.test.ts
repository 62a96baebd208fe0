import path from 'node:path';
import { expect, test } from 'vitest';
import { withControl } from '../support/control.ts';
import { p11 } from './p11.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('P11: no fact is lost by a kill, and whatever is done to the trail is named with its place', { timeout: 60_000 }, async () => {
  const { held, figures } = await p11('test', src);
  expect(figures).toMatchObject({ gaps: 0, broken: 0, unnoticed: 0, misplaced: 0 });
  expect(figures.damages).toBeGreaterThan(200);
  expect(held).toBe(true);
});

test('its control, with outboxes cleared before they are copied, finds gaps', { timeout: 60_000 }, async () => {
  const { held, figures } = await withControl('p11-writer.patch', (patched) => p11('test', patched));
  expect(figures.gaps).toBeGreaterThan(0);
  expect(held).toBe(false);
});
