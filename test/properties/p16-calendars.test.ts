import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p16 } from './p16.ts';

it('nobody is contacted on a weekend or holiday of their region; missed days are caught up without burst or skip', async () => {
  const { held, figures } = await p16('test', path.resolve('src'));
  expect(figures.contacts).toBeGreaterThan(500);
  expect(figures.daysMissed).toBeGreaterThan(1_000);
  expect({ held, figures }).toMatchObject({
    held: true,
    figures: { onWeekends: 0, onHolidays: 0, twoOnOneDay: 0, demandsTooClose: 0, skippedStages: 0, notCaughtUp: 0 },
  });
});

it('without the look at the calendar the same check finds faults', async () => {
  const { held, figures } = await withControl('p16.patch', (src) => p16('test', src));
  expect(held).toBe(false);
  expect(figures.onWeekends).toBeGreaterThan(0);
  expect(figures.onHolidays).toBeGreaterThan(0);
});
