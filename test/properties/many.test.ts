import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { many } from './many.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('several processes on one store do a day’s work while some of them are killed, stopped, paused and added: nothing is doubled or lost', {
  // Longer than any wait within it, so that one in vain says for what, and its processes are ended.
  timeout: 360_000,
}, async () => {
  const { held, figures } = await many('test', src);
  expect(figures).toMatchObject({ mailsDoubled: 0, postsDoubled: 0, votesLost: 0, trailBroken: 0, crashed: 0, digests: 2 });
  expect(figures.killed).toBeGreaterThan(0);
  expect(held).toBe(true);
});

it('finds messages that are posted twice when a job in work is another instance’s as well', { timeout: 360_000 }, async () => {
  // Whether two instances take the same job at once is for chance to say: a day in which it did not happen is followed by another.
  const { held, figures } = await withControl('many.patch', async (patched) => {
    let day = await many('test', patched);
    for (let more = 2; more > 0 && day.held; more -= 1) day = await many('test', patched);
    return day;
  });
  expect(figures.postsDoubled).toBeGreaterThan(0);
  expect(held).toBe(false);
});
