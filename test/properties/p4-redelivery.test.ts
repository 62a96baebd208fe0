import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p4, p4Control } from './p4.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('takes each event and click once, however often it comes and whoever dies over it, and lets a crowd end in one state', {
  timeout: 120_000,
}, async () => {
  const { held, figures } = await p4('test', src);
  expect(figures).toMatchObject({
    notFinal: 0,
    doubleVoters: 0,
    twoEnds: 0,
    wronglyExecuted: 0,
    lost: 0,
    doubled: 0,
    lostEvents: 0,
    lostClicks: 0,
  });
  expect(figures.kills).toBe(2);
  expect(held).toBe(true);
});

it('finds lost votes and two ends when a write does not ask whether somebody else was faster', { timeout: 120_000 }, async () => {
  const { held, figures } = await withControl('p4.patch', (patched) => p4Control('test', patched));
  expect(figures.lost! + figures.twoEnds!).toBeGreaterThan(0);
  expect(held).toBe(false);
});
