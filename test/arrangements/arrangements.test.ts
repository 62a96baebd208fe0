import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Arranged, arrangedParts } from '../../src/arrangements/arrangements.ts';
import { divideItems } from '../../src/arrangements/collectable.ts';
import type { OpenPlan } from '../../src/arrangements/plan.ts';
import type { OpenOffer } from '../../src/arrangements/settlement.ts';
import { addDays, day, daysBetween } from '../../src/kernel/day.ts';
import { dayOff, weekendOf } from '../../src/kernel/working-days.ts';
import { invoice } from '../support/account-days.ts';

const START = day('2026-01-05');
const calendar = { weekend: weekendOf('GB'), holidays: new Set<string>() };
const GRACE = 2;

const amounts = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 4 });
/** A plan over some invoices, of which parts have come in, seen on some day. */
const anySight = fc.record({
  opens: amounts,
  shares: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
  paid: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
  today: fc.integer({ min: 0, max: 60 }).map((n) => addDays(START, n)),
  notice: fc.option(fc.integer({ min: 0, max: 60 }).map((n) => addDays(START, n))),
  state: fc.constantFrom('proposed' as const, 'active' as const, 'in-default' as const),
});

const NONE: Arranged = { plans: [], offers: [], postings: [], writeOffs: [], mandate: null };
const sum = (list: readonly number[]) => list.reduce((all, each) => all + each, 0);

/** Weekdays after one day, through another, counted one by one. */
function businessDays(from: string, through: string): number {
  let count = 0;
  for (let n = 1; n <= daysBetween(day(from), day(through)); n += 1) if (!dayOff(addDays(day(from), n), calendar)) count += 1;
  return count;
}

it('what a plan lets rest is what it still waits for, less the instalments that are late beyond their grace', () => {
  fc.assert(
    fc.property(anySight, ({ opens, shares, paid, today, notice, state }) => {
      const whole = sum(opens);
      const each = shares.map((share) => Math.floor((whole * share) / sum(shares)));
      const instalments = each
        .map((amount, n) => ({
          agreed: addDays(START, 7 * n),
          date: addDays(START, 7 * n),
          amount: n === 0 ? amount + whole - sum(each) : amount,
        }))
        .filter(({ amount }) => amount > 0);
      const items = opens.map((open, n) => invoice(`I${n}`, '2026-01-02', { open: open - Math.floor(open * paid[n]!) }));
      const plan: OpenPlan = {
        ...{
          id: 'p',
          entity: 'NWUK',
          currency: 'GBP',
          amount: whole,
          instalments,
          state,
          agreedWith: '',
          takenBy: 'U',
          accelerates: false,
        },
        ...{ on: START, missedThrough: 1, notice: notice && { on: START, until: notice } },
        parts: opens.map((open, n) => ({ invoice: `I${n}`, amount: open, openThen: open })),
      };
      const waiting = sum(items.map((item) => item.open));
      const shouldHaveCome = sum(instalments.map(({ date, amount }) => (today > date && businessDays(date, today) > GRACE ? amount : 0)));
      const late = Math.max(0, shouldHaveCome - (whole - waiting));
      const noticeRuns = state === 'active' && notice !== null && today <= notice;
      const expected = state === 'proposed' ? 0 : noticeRuns ? waiting : waiting - late;

      const parts = arrangedParts({ ...NONE, plans: [plan] }, items, today, calendar, GRACE);
      expect(sum(parts.map((part) => part.amount))).toBe(expected);
      expect(parts.every((part) => part.amount > 0)).toBe(true);
      const divided = divideItems(items, { promises: [], disputes: [] }, parts, today, calendar, GRACE);
      expect(sum(divided.map((part) => part.ask))).toBe(waiting - expected);
    }),
  );
});

it('an offer rests once it is accepted, through its last day and its grace; a credit to be booked until it is', () => {
  const parts = [{ invoice: 'A', amount: 80_000, openThen: 100_000, paidThen: 0 }];
  const offer = (state: OpenOffer['state']): OpenOffer => ({
    ...{ id: 'o', kind: 'settlement', entity: 'NWUK', currency: 'GBP', balance: 80_000, pay: 50_000, until: day('2026-01-09') },
    ...{ parts, state, takenBy: 'U', on: START },
  });
  const rest = (arranged: Partial<Arranged>, today: string, open = 100_000) =>
    sum(
      arrangedParts({ ...NONE, ...arranged }, [invoice('A', '2025-12-01', { open })], day(today), calendar, GRACE).map(
        (part) => part.amount,
      ),
    );
  expect(rest({ offers: [offer('proposed')] }, '2026-01-05')).toBe(0);
  expect(rest({ offers: [offer('offered')] }, '2026-01-05')).toBe(0);
  // Friday the 9th; Monday and Tuesday are its grace.
  expect(rest({ offers: [offer('accepted')] }, '2026-01-13')).toBe(80_000);
  expect(rest({ offers: [offer('accepted')] }, '2026-01-14')).toBe(0);
  expect(rest({ offers: [offer('accepted')] }, '2026-01-09', 70_000)).toBe(50_000);
  const lines = [{ invoice: 'A', amount: 30_000, openThen: 30_000 }];
  const posting = { ...({ id: 'c', kind: 'settlement', entity: 'NWUK', currency: 'GBP', amount: 30_000, on: START } as const), lines };
  expect(rest({ postings: [posting] }, '2026-06-01', 30_000)).toBe(30_000);
  expect(rest({ postings: [posting] }, '2026-06-01', 10_000)).toBe(10_000);
});
