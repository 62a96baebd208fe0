import { describe, expect, it } from 'vitest';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import { weekdayOf } from '../../src/kernel/working-days.ts';
import type { BookInvoice } from '../../src/numbers/book.ts';
import { habitLine } from '../../src/numbers/habit-line.view.ts';
import { habitWords } from '../../src/numbers/habit-words.ts';
import { bestDayToCall, paymentHabit } from '../../src/numbers/payment-habit.ts';
import { randomFrom } from '../support/random-from.ts';

const FIRST = day('2026-01-31');
const LATER = day('2027-06-30');

const paidOn = (n: number, due: Day, on: Day, more: Partial<BookInvoice> = {}): BookInvoice => ({
  ...{ account: 'A', entity: 'E', number: `I${n}`, currency: 'EUR', issued: addDays(due, -30), due, total: 100, undated: 0, disputed: 0 },
  cuts: [{ on, amount: more.total ?? 100, by: 'cash' }],
  ...more,
});
/** One paid invoice a month, each so many days after its due day. */
const monthly = (delays: readonly number[]) => delays.map((delay, n) => paidOn(n, addDays(FIRST, n * 30), addDays(FIRST, n * 30 + delay)));

describe('how a customer pays', () => {
  it('is not shown below three paid invoices', () => {
    expect(paymentHabit(monthly([5, 5]), LATER)).toBe(null);
    expect(paymentHabit(monthly([5, 5, 5]), LATER)).toMatchObject({ paid: 3, usualDelay: 5, from: 5, to: 5, lateShare: 100 });
    expect(habitWords(null)).toBe('fewer than 3 paid invoices, so no usual delay is known');
  });

  it('is the median of the last twelve, weighted by amount', () => {
    expect(paymentHabit(monthly([90, ...Array.from({ length: 12 }, () => 7)]), LATER)).toMatchObject({ paid: 12, usualDelay: 7 });
    const large = [
      ...monthly([0, 0]),
      paidOn(9, addDays(FIRST, 90), addDays(FIRST, 130), { total: 1000, cuts: [{ on: addDays(FIRST, 130), amount: 1000, by: 'cash' }] }),
    ];
    expect(paymentHabit(large, LATER)).toMatchObject({ usualDelay: 40 });
  });

  it('weighs part payments, and leaves out what a credit note paid, what is disputed, and what was not known then', () => {
    const due = FIRST;
    const halves: BookInvoice = {
      ...paidOn(1, due, due),
      cuts: [
        { on: due, amount: 50, by: 'cash' },
        { on: addDays(due, 20), amount: 50, by: 'seen' },
      ],
    };
    const base = monthly([0, 10]);
    expect(paymentHabit([...base, halves], LATER)).toMatchObject({ paid: 3, usualDelay: 10 });
    const credited: BookInvoice = { ...halves, cuts: [{ on: due, amount: 100, by: 'credit' }] };
    expect(paymentHabit([...base, credited], LATER)).toBe(null);
    expect(paymentHabit([...base, { ...halves, disputed: 1 }], LATER)).toBe(null);
    expect(paymentHabit([...base, halves], addDays(due, 19))).toBe(null);
    expect(paymentHabit([...base, halves], LATER, new Set(['E\nI1']))).toBe(null);
  });

  it('tells a trend of five days that chance does not explain', () => {
    const slower = Array.from({ length: 12 }, (_, n) => n * 2);
    const evening = addDays(FIRST, 12 * 30 + 30);
    expect(paymentHabit(monthly(slower), evening)?.trend).toEqual({ towards: 'slower', days: 20 });
    expect(paymentHabit(monthly([...slower].reverse()), evening)?.trend).toMatchObject({ towards: 'faster' });
    expect(paymentHabit(monthly([3, 9, 1, 8, 2, 9, 3, 8, 2, 9, 1, 8]), evening)?.trend).toBe(null);
    expect(paymentHabit(monthly([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4]), evening)?.trend).toBe(null);
  });

  it('finds the delay and the weekday of made-up payers in 95 of 100 cases, and no weekday of those who pay on any', () => {
    let [delays, weekdays, falseRuns] = [0, 0, 0];
    const payers = 200;
    for (let seed = 1; seed <= payers; seed += 1) {
      const random = randomFrom(seed);
      const [usual, runs] = [Math.floor(random() * 40), 1 + Math.floor(random() * 5)];
      const next = (from: Day) => {
        let at = from;
        while (weekdayOf(at) !== runs) at = addDays(at, 1);
        return at;
      };
      const dues = Array.from({ length: 12 + Math.floor(random() * 12) }, (_, n) => addDays(FIRST, n * 9 + Math.floor(random() * 7)));
      // Three in four on the day of the run, the others when they come.
      const invoices = dues.map((due, n) => {
        const ready = addDays(due, usual + Math.floor(random() * 3) - 1);
        return paidOn(n, due, random() < 0.85 ? next(ready) : ready);
      });
      const habit = paymentHabit(invoices, LATER)!;
      if (Math.abs(habit.usualDelay - (usual + 3)) <= 4) delays += 1;
      if (habit.payRun?.on === 'weekday' && habit.payRun.weekday === runs) weekdays += 1;
      const anyDay = dues.map((due, n) => {
        let on = addDays(due, Math.floor(random() * 40));
        while (weekdayOf(on) > 5) on = addDays(on, 1);
        return paidOn(n, due, on);
      });
      if (paymentHabit(anyDay, LATER)!.payRun !== null) falseRuns += 1;
    }
    expect(delays / payers).toBeGreaterThanOrEqual(0.95);
    expect(weekdays / payers).toBeGreaterThanOrEqual(0.95);
    expect(falseRuns / payers).toBeLessThanOrEqual(0.05);
  });

  it('finds pay runs on days of the month, and says when to call', () => {
    const runs = ['2026-02-15', '2026-02-28', '2026-03-15', '2026-03-31', '2026-04-15', '2026-04-30', '2026-05-15', '2026-05-31'];
    const habit = paymentHabit(
      runs.map((on, n) => paidOn(n, addDays(day(on), -10), day(on))),
      LATER,
    )!;
    expect(habit.payRun).toEqual({ on: 'month-days', days: [15, 31] });
    expect(habitWords(habit)).toContain('pays on the 15th and the last day of the month');
    expect(bestDayToCall(habit, day('2026-07-01'))).toBe('2026-07-13');
    expect(bestDayToCall(habit, day('2026-07-14'))).toBe('2026-07-29');
    expect(bestDayToCall({ payRun: null }, day('2026-07-14'))).toBe(null);
  });

  it('says in the list how far beyond usual an invoice is, and whom one can leave alone', () => {
    const part = (overdue: number, daysPastDue: number) => [
      { currency: 'EUR', overdue, invoices: 1, weight: 1, oldest: { invoice: 'I1', daysPastDue } },
    ];
    const slow = paymentHabit(monthly([20, 20, 20]), LATER)!;
    expect(habitLine({ habit: slow, overdue: part(500_00, 32) }, LATER)).toBe('12 days beyond usual (usually pays 20 days late).');
    expect(habitLine({ habit: slow, overdue: part(500_00, 12) }, LATER)).toContain('within its usual time');
    const punctual = paymentHabit(monthly([4, 4, 4]), LATER)!;
    expect(habitLine({ habit: punctual, overdue: part(999_99, 3) }, LATER)).toContain('You can leave it until 2 Jul 2027');
    expect(habitLine({ habit: punctual, overdue: part(1000_00, 3) }, LATER)).not.toContain('leave it');
    expect(habitLine({ habit: punctual, overdue: part(999_99, 5) }, LATER)).not.toContain('leave it');
    expect(habitLine({ overdue: part(500_00, 5) }, LATER)).toBe('');
  });
});
