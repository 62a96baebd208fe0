import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coveredBy,
  dayOfTurn,
  difference,
  INTERVALS,
  instalmentProblem,
  instalmentsOf,
  sumOf,
} from '../../src/arrangements/instalments.ts';
import { missedOf } from '../../src/arrangements/plan.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { dayOff, weekendOf } from '../../src/kernel/working-days.ts';

const anyPlan = fc
  .record({
    amount: fc.oneof(fc.integer({ min: 60, max: 1_000 }), fc.integer({ min: 60, max: Number.MAX_SAFE_INTEGER })),
    count: fc.integer({ min: 1, max: 60 }),
    first: fc.integer({ min: 0, max: 1_500 }).map((n) => addDays(day('2026-01-05'), n)),
    interval: fc.constantFrom(...INTERVALS),
    country: fc.constantFrom('GB', 'SA'),
    off: fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 40 }),
  })
  .map(({ off, first, country, ...rest }) => ({
    ...rest,
    first,
    calendar: { weekend: weekendOf(country), holidays: new Set<string>(off.map((n) => addDays(first, n))) },
  }));

describe('instalments, whatever the plan', () => {
  it('sum exactly, are all above zero, and differ by one minor unit at most', () => {
    fc.assert(
      fc.property(anyPlan, ({ amount, count, first, interval, calendar }) => {
        const instalments = instalmentsOf({ amount, currency: 'GBP' }, count, first, interval, calendar);
        const amounts = instalments.map((each) => each.amount);
        expect(sumOf(instalments)).toBe(amount);
        expect(Math.min(...amounts)).toBeGreaterThan(0);
        expect(Math.max(...amounts) - Math.min(...amounts)).toBeLessThanOrEqual(1);
        expect(instalmentProblem(instalments, amount, first)).toBeNull();
        expect(instalmentProblem(instalments, amount - 1, first)).toBe('plan-does-not-sum');
        expect(difference(instalments, amount - 1)).toBe(1);
      }),
    );
  });

  it('fall on business days in order, never before what was agreed', () => {
    fc.assert(
      fc.property(anyPlan, ({ amount, count, first, interval, calendar }) => {
        const instalments = instalmentsOf({ amount, currency: 'GBP' }, count, first, interval, calendar);
        instalments.forEach(({ agreed, date }, n) => {
          expect(dayOff(date, calendar)).toBeNull();
          expect(date >= agreed).toBe(true);
          if (n > 0) expect(date > instalments[n - 1]!.date).toBe(true);
        });
      }),
    );
  });

  it('what is missing and what is covered go together', () => {
    fc.assert(
      fc.property(anyPlan, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(60), (plan, share, past) => {
        const instalments = instalmentsOf({ amount: plan.amount, currency: 'GBP' }, plan.count, plan.first, plan.interval, plan.calendar);
        const paid = Math.floor(plan.amount * share);
        const lapsed = new Set(instalments.slice(0, past).map(({ date }) => date));
        const missed = missedOf({ instalments }, paid, (date) => lapsed.has(date));
        expect(missed.amount).toBe(Math.max(0, sumOf(instalments.slice(0, past)) - paid));
        expect(missed.amount === 0).toBe(missed.count === 0);
        expect(coveredBy(instalments, paid)).toBeLessThanOrEqual(instalments.length);
        expect(sumOf(instalments.slice(0, coveredBy(instalments, paid)))).toBeLessThanOrEqual(paid);
      }),
    );
  });
});

it('a month is counted from the first day: the 31st is the last day of shorter months', () => {
  expect([0, 1, 2, 3].map((n) => dayOfTurn(day('2027-12-31'), 'monthly', n))).toEqual([
    ...['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31'],
  ]);
  expect([1, 2].map((n) => dayOfTurn(day('2026-01-05'), 'fortnightly', n))).toEqual(['2026-01-19', '2026-02-02']);
});

it('instalments by hand are in order, from today on, and not more than sixty', () => {
  const at = (on: string, amount = 1) => ({ agreed: day(on), date: day(on), amount });
  const today = day('2026-01-05');
  expect(instalmentProblem([at('2026-01-05'), at('2026-01-06')], 2, today)).toBeNull();
  expect(instalmentProblem([at('2026-01-04')], 1, today)).toBe('instalment-in-past');
  expect(instalmentProblem([at('2026-01-06'), at('2026-01-06')], 2, today)).toBe('instalments-out-of-order');
  const many = Array.from({ length: 61 }, (_, n) => at(addDays(today, n)));
  expect(instalmentProblem(many, 61, today)).toBe('too-many-instalments');
  expect(instalmentProblem(many.slice(0, 60), 60, today)).toBeNull();
});
