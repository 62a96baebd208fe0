import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { pressesHold } from './presses.ts';

const SRC = path.resolve(import.meta.dirname, '../../src');

it('no sequence of presses, of any speed, approves what was not shown as it is and long enough', async () => {
  const found = await pressesHold(SRC, 500);
  expect(found.broken).toEqual([]);
  expect(found.approved).toBeGreaterThan(200);
  expect(found.refused).toBeGreaterThan(200);
});

it.each(['presses-time', 'presses-version'])('without the guard of %s one is found', async (patch) => {
  const found = await withControl(`${patch}.patch`, (src) => pressesHold(src, 500));
  expect(found.broken).toHaveLength(1);
});
