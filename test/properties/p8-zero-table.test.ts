import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p8 } from './p8.ts';

/** A loaded machine takes its time; by itself each takes a few seconds. */
const PATIENCE = 240_000;
const src = path.resolve(import.meta.dirname, '../../src');

it(
  'sends nothing wrong in six weeks of simulated work',
  async () => {
    const { held, figures } = await p8('test', src);
    expect(held).toBe(true);
    expect(figures.notAsApprovedOf).toBeGreaterThan(10);
    expect(figures.plannedOf).toBeGreaterThan(0);
    expect(figures.wrongFeeOf).toBeGreaterThan(10);
    expect(figures.letterOf).toBeGreaterThan(0);
    expect(figures.tooFewOf).toBeGreaterThan(0);
    expect(figures.demandedOf).toBeGreaterThan(0);
    expect(figures.placedEarlyOf).toBeGreaterThan(0);
    expect(figures.finalLeftOf).toBeGreaterThan(10);
  },
  PATIENCE,
);

it(
  'finds what should not have been sent when nothing is compared before sending',
  async () => {
    const { held, figures } = await withControl('p8.patch', (patched) => p8('test', patched));
    expect(figures.changedSince).toBeGreaterThan(0);
    expect(held).toBe(false);
  },
  PATIENCE,
);
