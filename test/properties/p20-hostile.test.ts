import path from 'node:path';
import { expect, test } from 'vitest';
import { withControl } from '../support/control.ts';
import { p20 } from './p20.ts';
import { poisoned } from './p20-jobs.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('P20: no hostile file holds the bot for more than ten seconds or 300 MiB, and no poisoned job outlives five tries', async () => {
  const { held, figures } = await p20('test', src);
  expect(figures).toMatchObject({
    overTime: 0,
    overMemory: 0,
    stalls: 0,
    threw: 0,
    triedAgain: 0,
    notEnded: 0,
    notTold: 0,
    othersHeldUp: 0,
  });
  expect(figures.kinds).toBeGreaterThanOrEqual(20);
  expect(held).toBe(true);
}, 400_000);

test('P20, control: without a deadline and a longest token the same check finds a file that holds the reader', async () => {
  const { held, figures } = await withControl('p20.patch', (patched) => p20('test', patched));
  expect(figures.overTime! + figures.overMemory!).toBeGreaterThan(0);
  expect(held).toBe(false);
}, 400_000);

test('P20, control: tries that count only when they fail let a poisoned job live for ever', async () => {
  const { held, figures } = await withControl('p20-tries.patch', (patched) => poisoned('test', patched));
  expect(figures.notEnded).toBe(1);
  expect(held).toBe(false);
}, 400_000);
