import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { INVARIANTS } from './p8-judge-invariants.ts';
import { p8Ladder } from './p8-ladder.ts';

const PATIENCE = 240_000;
const src = path.resolve(import.meta.dirname, '../../src');

it(
  'what must hold of the ladder holds over most of a simulated year',
  async () => {
    const { held, figures } = await p8Ladder('test', src);
    expect(figures).toMatchObject(Object.fromEntries(Object.keys(INVARIANTS).map((key) => [key, 0])));
    expect(held).toBe(true);
    for (const key of Object.keys(INVARIANTS)) expect(figures[`${key}Of`], key).toBeGreaterThan(50);
  },
  PATIENCE,
);

it.each([
  ['statements', 'p8-ladder-silence.patch', 'I1'],
  ['a minimum that is passed over and not waited for', 'p8-ladder-stuck.patch', 'I2'],
  ['the order of stages', 'p8-ladder-order.patch', 'I4'],
  ['the distance between demands', 'p8-ladder-gap.patch', 'I5'],
  ['the contact of the day', 'p8-ladder-day.patch', 'I6'],
  ['the memory of what was asked', 'p8-ladder-again.patch', 'I10'],
  ['the days between a mail and a call', 'p8-ladder-settles.patch', 'I11'],
  ['the spacing of a stage', 'p8-ladder-spacing.patch', 'I12'],
  ['every distance', 'p8-ladder-distances.patch', 'I13'],
  ['the minimum of a stage', 'p8-ladder-minimum.patch', 'I14'],
  ['plain words', 'p8-ladder-plain.patch', 'I15'],
  ['the lateness of a stage', 'decision.patch', 'I17'],
  ['the sentence about a notice', 'p8-ladder-notice.patch', 'I18'],
  ['an end of what waits', 'p8-ladder-ahead.patch', 'I21'],
  ['reasons', 'p8-ladder-reasons.patch', 'one'],
])(
  'without %s it does not',
  async (_, patch, line) => {
    const { held, figures } = await withControl(patch, (patched) => p8Ladder('test', patched));
    expect(figures[line]).toBeGreaterThan(0);
    expect(held).toBe(false);
  },
  PATIENCE,
);
