import { describe, expect, it } from 'vitest';
import { decideGoals, NO_GOALS, progressOf } from '../../src/numbers/goals.ts';
import { progressWords, teamProgress } from '../../src/numbers/goals.view.ts';

const target = (month: string, collector: string, currency: string, amount: number) => ({ month, collector, currency, amount });

describe('targets of a month', () => {
  it('are set, changed and taken away, each with what it was before', () => {
    const ask = { do: 'set-target' as const, month: '2026-12', collector: '', currency: 'EUR' };
    const first = decideGoals(NO_GOALS, { ...ask, amount: 100_00 });
    if ('refused' in first) throw new Error(first.refused);
    expect(first.targets).toEqual([target('2026-12', '', 'EUR', 100_00)]);
    expect(decideGoals(first, { ...ask, amount: 100_00 })).toEqual({ refused: 'target-unchanged' });
    expect(decideGoals(first, { ...ask, amount: -1 })).toEqual({ refused: 'amount-below-zero' });
    expect(decideGoals(first, { ...ask, amount: null })).toMatchObject({
      targets: [],
      facts: [{ type: 'target-set', from: 100_00, to: null }],
    });
    expect(decideGoals(NO_GOALS, { do: 'set-post', post: 'report', channel: '' })).toEqual({ refused: 'post-unchanged' });
  });

  it('of 0 say what came in and no share, and currencies stay apart', () => {
    const cash = new Map([
      [
        '',
        new Map([
          ['EUR', 50_00],
          ['GBP', 7_00],
        ]),
      ],
      ['U1', new Map([['EUR', 20_00]])],
    ]);
    const rows = progressOf(
      [target('2026-12', '', 'EUR', 0), target('2026-12', 'U1', 'EUR', 80_00), target('2026-11', 'U1', 'EUR', 1)],
      '2026-12',
      cash,
    );
    expect(rows.map(progressWords)).toEqual(['€50.00 of €0.00', '£7.00, no target', '€20.00 of €80.00 (25%)']);
    expect(teamProgress(rows)).toBe('Cash this month: €50.00 of €0.00');
    // A collector who was deleted keeps the target and what came in on nobody's accounts is the team's alone.
    expect(
      progressOf([target('2026-12', 'GONE', 'EUR', 10_00)], '2026-12', cash).find(({ collector }) => collector === 'GONE'),
    ).toMatchObject({ cash: 0, target: 10_00 });
  });
});
