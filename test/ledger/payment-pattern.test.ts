import { describe, expect, it } from 'vitest';
import { expectedRecovery } from '../../src/escalation/recovery.ts';
import { openQuestions, patternWords } from '../../src/escalation/six-questions.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { paymentPattern } from '../../src/ledger/payment-pattern.ts';

const FIRST = day('2026-01-31');

/** One paid invoice a month, each so many days after its due date. */
function books(delays: readonly number[]) {
  const invoices = delays.map((_, n) => ({ entity: 'NWUK', number: `I${n}`, due: addDays(FIRST, n * 30), open: 0, cancelled: false }));
  const payments = delays.map((delay, n) => ({
    entity: 'NWUK',
    received: addDays(FIRST, n * 30 + delay),
    reversed: false,
    allocations: [{ invoice: `I${n}`, amount: 1 }],
  }));
  return { invoices, payments };
}
const patternOf = (delays: readonly number[]) => {
  const { invoices, payments } = books(delays);
  return paymentPattern(invoices, payments);
};

describe('how an account pays', () => {
  it('is the median of its last six paid invoices', () => {
    expect(patternOf([90, 10, 12, 14, 16, 18, 20])).toMatchObject({ paid: 7, usualDelay: 15 });
    expect(patternOf([-3])).toEqual({ paid: 1, usualDelay: -3, trend: null, before: null });
    expect(patternOf([])).toEqual({ paid: 0, usualDelay: null, trend: null, before: null });
  });

  it('is slower or faster from five days apart on', () => {
    const half = (days: number) => Array.from({ length: 6 }, () => days);
    expect(patternOf([...half(10), ...half(14)]).trend).toBe('steady');
    expect(patternOf([...half(10), ...half(15)])).toMatchObject({ trend: 'slower', before: 10, usualDelay: 15 });
    expect(patternOf([...half(10), ...half(5)]).trend).toBe('faster');
    expect(patternOf([1, 1, ...half(30)]).trend).toBe(null);
  });

  it('counts the last payment of an invoice, no reversed one and nothing still open', () => {
    const { invoices, payments } = books([5]);
    const late = { ...payments[0]!, received: addDays(FIRST, 9) };
    expect(paymentPattern(invoices, [...payments, late]).usualDelay).toBe(9);
    expect(paymentPattern(invoices, [...payments, { ...late, reversed: true }]).usualDelay).toBe(5);
    expect(paymentPattern([{ ...invoices[0]!, open: 1 }], payments).usualDelay).toBe(null);
  });

  it('is told in words', () => {
    expect(patternWords(patternOf([1]))).toBe('usually pays 1 day late, by 1 paid invoice');
    expect(patternWords(patternOf([10, 10, 10, 10, 10, 10, 30, 30, 30, 30, 30, 30]))).toBe(
      'usually pays 30 days late, slower than before (10), by 12 paid invoices',
    );
  });
});

it('expects less of an older claim, and takes off what others are paid', () => {
  expect(expectedRecovery('agency', 100_000, 'GBP', 180)).toMatchObject({ share: 55, expected: 55_000, cost: 11_000, net: 44_000 });
  expect(expectedRecovery('agency', 100_000, 'GBP', 181)).toMatchObject({ share: 30, expected: 30_000 });
  expect(expectedRecovery('write-off', 100_000, 'GBP', 400)).toMatchObject({ expected: 10_000, cost: 0, net: 10_000 });
  expect(expectedRecovery('credit-limit', 100_000, 'GBP', 0)).toBe(null);
});

it('leaves only the questions open that neither data nor a person has answered', () => {
  expect(openQuestions({ pattern: 'late' }, { sent: 'Tom, to AP', alternative: '  ' })).toEqual([
    'decision-maker',
    'response',
    'trouble',
    'alternative',
  ]);
});
