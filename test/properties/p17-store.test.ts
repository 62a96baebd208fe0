import path from 'node:path';
import { expect, test } from 'vitest';
import { withControl } from '../support/control.ts';
import { p17 } from './p17.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('P17: what the store confirmed survives SIGKILL, whole', async () => {
  const { held, figures } = await p17('test', src);
  expect(figures).toMatchObject({ lost: 0, torn: 0, invented: 0, unopened: 0 });
  expect(figures.confirmed).toBeGreaterThan(100);
  expect(held).toBe(true);
});

test('P17, control: with replies sent before COMMIT the same check finds losses', async () => {
  const { held, figures } = await withControl('p17.patch', (patched) => p17('test', patched));
  expect(figures.lost).toBeGreaterThan(0);
  expect(held).toBe(false);
});
