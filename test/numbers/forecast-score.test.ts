import { describe, expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import type { BookInvoice } from '../../src/numbers/book.ts';
import { expectedOf } from '../../src/numbers/expected-cash.ts';
import { slippedSince, sundayBefore } from '../../src/numbers/follow-forecast.op.ts';
import { sumWeeks, WEEKS } from '../../src/numbers/forecast.ts';
import { scoreWords } from '../../src/numbers/forecast.view.ts';
import type { MadeForecast } from '../../src/numbers/forecast-kept.ts';
import { cameIn, scoreForecasts } from '../../src/numbers/forecast-score.ts';
import { PayHabits } from '../../src/numbers/pay-habits.ts';

const SUNDAY = day('2026-11-01');

const invoice = (number: string, total: number, paid: Day | null, by: 'cash' | 'credit' = 'cash'): BookInvoice => ({
  ...{
    account: 'a',
    entity: 'E',
    number,
    currency: 'EUR',
    issued: day('2026-09-01'),
    due: day('2026-10-15'),
    total,
    undated: 0,
    disputed: 0,
  },
  cuts: paid ? [{ on: paid, amount: total, by }] : [],
});
const made = (evening: Day, expected: number): MadeForecast => ({
  evening,
  currencies: [
    {
      ...{
        currency: 'EUR',
        open: 1_000_00,
        later: 0,
        biggest: [],
        byDue: new Array(WEEKS).fill(0),
        byMedian: new Array(WEEKS).fill(100_00),
      },
      weeks: Array.from({ length: WEEKS }, () => ({ expected, low: 0, high: expected * 2, by: {} })),
      first: [{ account: 'a', name: 'Acme', entity: 'E', number: 'LATE', amount: 300_00, basis: 'habit', week: 0 }],
    },
  ],
});

describe('a forecast against what came', () => {
  it('counts what was open on its evening, week by week, without credit notes and what came later', () => {
    const came = cameIn(
      [
        invoice('1', 100_00, addDays(SUNDAY, 1)),
        invoice('2', 50_00, addDays(SUNDAY, 7)),
        invoice('3', 70_00, addDays(SUNDAY, 8)),
        invoice('4', 9_00, SUNDAY),
        invoice('5', 8_00, addDays(SUNDAY, 3), 'credit'),
        invoice('6', 7_00, addDays(SUNDAY, 20)),
      ],
      SUNDAY,
      addDays(SUNDAY, 14),
    );
    expect(came.get('EUR')!.slice(0, 3)).toEqual([150_00, 70_00, 0]);
  });

  it('is scored for the weeks that are over, beside the due date and the customer’s median', () => {
    const through = addDays(SUNDAY, 7);
    const [score] = scoreForecasts([{ forecast: made(SUNDAY, 120_00), came: new Map([['EUR', [150_00, 70_00]]]) }], through);
    expect(score).toMatchObject({ weeks: 1, forecasts: 1, inside: 1, error: { forecast: 0.2, due: 1, median: 50 / 150 } });
    expect(score!.last).toMatchObject({ expected: 120_00, came: 150_00, byDue: 0, byMedian: 100_00 });
    expect(scoreWords(score!)).toBe(
      'Last week: €120.00 expected (€0.00 – €240.00), €150.00 came; by due date €0.00, by each customer’s median €100.00. ' +
        'Error by week over 1 scored week: forecast 20%, due date 100%, customer’s median 33%. 1 of 1 weeks lay in the band.',
    );
    expect(scoreForecasts([{ forecast: made(SUNDAY, 1), came: new Map() }], addDays(SUNDAY, 6))).toEqual([]);
    expect(scoreForecasts([{ forecast: made(SUNDAY, 0), came: new Map() }], through)[0]!.error.forecast).toBe(null);
  });

  it('says what slipped, with the reason that is known', () => {
    const book = { invoices: [invoice('LATE', 300_00, null)], receipts: [], firstImport: null };
    const slip = (work: object) =>
      slippedSince(made(SUNDAY, 1), book, new Map([['a', { ...NEW_WORK, ...work }]]), addDays(SUNDAY, 7)).map(({ reason }) => reason);
    expect(slip({})).toEqual(['not-paid']);
    expect(slip({ disputes: [{ entity: 'E', invoice: 'LATE' }] })).toEqual(['disputed']);
    expect(slip({ status: 'insolvent' })).toEqual(['stopped']);
    expect(slip({ hold: { until: addDays(SUNDAY, 30), reason: '', by: '' } })).toEqual(['on-hold']);
    const broken = { entity: 'E', invoices: ['LATE'], outcome: 'broken', closed: addDays(SUNDAY, 5) };
    expect(slip({ pastPromises: [broken] })).toEqual(['promise-broken']);
    expect(
      slippedSince(made(SUNDAY, 1), { ...book, invoices: [invoice('LATE', 300_00, addDays(SUNDAY, 2))] }, new Map(), addDays(SUNDAY, 7)),
    ).toEqual([]);
  });

  it('begins its week on Monday', () => {
    expect([sundayBefore(day('2026-11-02')), sundayBefore(day('2026-11-08'))]).toEqual(['2026-11-01', '2026-11-01']);
  });
});

describe('what is expected of a customer', () => {
  const evening = SUNDAY;
  const item = { entity: 'E', number: 'I1', currency: 'EUR', issued: day('2026-10-01'), due: day('2026-11-20'), open: 100_00, disputed: 0 };
  const parts = { item, writtenOff: 0, disputed: 0, planned: 0, promised: 0, held: 0, ask: 100_00 };
  const customer = { account: 'a', name: 'Acme', segment: '', autopay: false, work: NEW_WORK, parts: [parts], evening, disputeDays: 28 };
  const habits = new PayHabits();
  for (let n = 0; n < 30; n += 1) habits.add({ account: 'a', entity: 'E', segment: '' }, 5, day('2026-10-01'));

  it('is the promised day in four of five cases, the direct debit the day after it is due, and nothing of what is with an agency', () => {
    const promise = {
      id: 'p',
      entity: 'E',
      currency: 'EUR',
      amount: 100_00,
      date: day('2026-11-10'),
      parts: [{ invoice: 'I1' }],
      saidBy: '',
      takenBy: '',
      on: evening,
    };
    const promised = expectedOf(
      { ...customer, work: { ...NEW_WORK, promises: [promise as never] }, parts: [{ ...parts, promised: 100_00, ask: 0 }] },
      habits,
    );
    expect(promised[0]!.basis).toBe('promised');
    expect(promised[0]!.chances[1]).toBeCloseTo(0.8);
    // Due on 20 November and five days late as always: in the week from the 23rd.
    expect(promised[0]!.chances[3]).toBeCloseTo(0.2);
    const debit = expectedOf({ ...customer, autopay: true }, habits);
    expect(debit[0]).toMatchObject({ basis: 'direct-debit' });
    expect(debit[0]!.chances[2]).toBe(1);
    const placed = { entity: 'E', invoices: ['I1'], state: 'placed' };
    const none = expectedOf({ ...customer, work: { ...NEW_WORK, placements: [placed as never] } }, habits);
    expect(none[0]).toMatchObject({ basis: 'none', amount: 100_00 });
    expect(Math.max(...none[0]!.chances)).toBe(0);
  });

  it('has a band around the sum, the same on the same day', () => {
    const expected = expectedOf(customer, habits);
    const [a, b] = [sumWeeks(expected, 1), sumWeeks(expected, 1)];
    expect(a).toEqual(b);
    expect(a[3]).toEqual({ expected: 100_00, low: 100_00, high: 100_00 });
    expect(sumWeeks([], 1).every(({ expected: sum, low, high }) => sum === 0 && low === 0 && high === 0)).toBe(true);
  });
});
