import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p15 } from './p15.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('works every example out to the cent, guesses no rate, and claims each fixed sum once', async () => {
  const { held, figures } = await p15('test', src);
  expect(figures).toMatchObject({
    examplesOff: 0,
    ratesGuessed: 0,
    lawsBroken: 0,
    claimedTwice: 0,
    interestOff: 0,
    reducedTooFar: 0,
    factsOff: 0,
  });
  expect(figures.examples).toBeGreaterThanOrEqual(60);
  expect(figures.ratesAsked).toBeGreaterThan(30);
  expect(figures.asked).toBeGreaterThan(figures.granted!);
  expect(held).toBe(true);
});

it('finds a rate taken from another half-year', async () => {
  const { held, figures } = await withControl('p15.patch', (patched) => p15('test', patched));
  expect(figures.ratesGuessed).toBeGreaterThan(0);
  expect(held).toBe(false);
});

it('finds sums that are claimed twice when nobody looks for an earlier claim', async () => {
  const { held, figures } = await withControl('p15-once.patch', (patched) => p15('test', patched));
  expect(figures.claimedTwice).toBeGreaterThan(0);
  expect(held).toBe(false);
});

it('finds claims that overtake each other when a write does not ask for the version it was decided on', async () => {
  const { held } = await withControl('p15-guard.patch', (patched) => p15('test', patched));
  expect(held).toBe(false);
});
