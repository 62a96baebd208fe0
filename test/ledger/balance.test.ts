import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { type Billed, type Claim, settleInvoice } from '../../src/ledger/balance.ts';

const invoice = (over: Partial<Billed> = {}): Billed => ({
  account: 'a',
  currency: 'EUR',
  total: 10_000,
  cancelled: false,
  stated: 0,
  disputed: 0,
  ...over,
});
const claim = (amount: number, over: Partial<Claim> = {}): Claim => ({
  receipt: 'p1',
  account: 'a',
  currency: 'EUR',
  date: day('2026-03-01'),
  amount,
  inForce: true,
  ...over,
});

describe('an open balance is the residual', () => {
  test('nothing paid: the total', () => expect(settleInvoice(invoice(), []).open).toBe(10_000));
  test('part payments add up', () => {
    expect(settleInvoice(invoice(), [claim(3_000), claim(2_500, { receipt: 'p2' })]).open).toBe(4_500);
  });
  test('one unit short stays open, exact closes', () => {
    expect(settleInvoice(invoice(), [claim(9_999)]).open).toBe(1);
    expect(settleInvoice(invoice(), [claim(10_000)]).open).toBe(0);
  });
  test('an overpayment takes what is open and leaves the rest with the payer', () => {
    const settled = settleInvoice(invoice(), [claim(10_001)]);
    expect(settled.open).toBe(0);
    expect(settled.applied).toEqual(new Map([['p1', 10_000]]));
  });
  test('of two that together pay too much, the older one is served first', () => {
    const settled = settleInvoice(invoice(), [
      claim(8_000, { receipt: 'late', date: day('2026-03-02') }),
      claim(8_000, { receipt: 'early' }),
    ]);
    expect(settled.applied).toEqual(
      new Map([
        ['early', 8_000],
        ['late', 2_000],
      ]),
    );
  });
  test('a reversed payment counts for nothing', () => {
    const settled = settleInvoice(invoice(), [claim(10_000, { inForce: false })]);
    expect(settled.open).toBe(10_000);
    expect(settled.applied).toEqual(new Map([['p1', 0]]));
  });
  test('a cancelled invoice owes nothing and gives back what was paid on it', () => {
    const settled = settleInvoice(invoice({ cancelled: true, stated: 500 }), [claim(4_000)]);
    expect(settled).toMatchObject({ open: 0, statedApplied: 0 });
    expect(settled.applied).toEqual(new Map([['p1', 0]]));
  });
  test('money of another account or currency pays nothing', () => {
    expect(settleInvoice(invoice(), [claim(10_000, { account: 'b' }), claim(10_000, { receipt: 'p2', currency: 'USD' })]).open).toBe(
      10_000,
    );
  });
});

describe('what the accounting system states as paid', () => {
  test('counts by itself', () =>
    expect(settleInvoice(invoice({ stated: 4_000 }), [])).toMatchObject({ open: 6_000, statedApplied: 4_000 }));
  test('contains the payments that are known, so it is not counted twice', () => {
    expect(settleInvoice(invoice({ stated: 4_000 }), [claim(3_000)])).toMatchObject({ open: 6_000, statedApplied: 1_000 });
  });
  test('is overtaken by payments that came later', () => {
    expect(settleInvoice(invoice({ stated: 4_000 }), [claim(7_000)])).toMatchObject({ open: 3_000, statedApplied: 0 });
  });
});

describe('disputes', () => {
  test('a dispute never exceeds what is open', () => {
    expect(settleInvoice(invoice({ disputed: 10_000 }), [claim(2_500)]).disputed).toBe(7_500);
    expect(settleInvoice(invoice({ disputed: 4_000 }), [claim(2_500)]).disputed).toBe(4_000);
    expect(settleInvoice(invoice({ disputed: 4_000 }), [claim(10_000)]).disputed).toBe(0);
  });
});

const claims = fc.uniqueArray(
  fc.record({
    receipt: fc.string({ minLength: 1, maxLength: 3 }),
    account: fc.constantFrom('a', 'a', 'a', 'b'),
    currency: fc.constantFrom('EUR', 'EUR', 'USD'),
    date: fc.constantFrom(day('2026-01-01'), day('2026-02-01'), day('2026-03-01')),
    amount: fc.integer({ min: 0, max: 8_000 }),
    inForce: fc.boolean(),
  }),
  { selector: ({ receipt }) => receipt, maxLength: 8 },
);
const invoices = fc.record({
  account: fc.constant('a'),
  currency: fc.constant('EUR'),
  total: fc.integer({ min: 0, max: 10_000 }),
  cancelled: fc.boolean(),
  stated: fc.integer({ min: 0, max: 10_000 }),
  disputed: fc.integer({ min: 0, max: 10_000 }),
});

describe('laws', () => {
  test('the order in which events become known does not matter', () => {
    fc.assert(
      fc.property(invoices, claims, fc.infiniteStream(fc.nat()), (billed, known, chance) => {
        const shuffled = known.map((one) => ({ one, at: chance.next().value as number })).sort((a, b) => a.at - b.at);
        const again = settleInvoice(
          billed,
          shuffled.map(({ one }) => one),
        );
        const settled = settleInvoice(billed, known);
        expect({ ...again, applied: Object.fromEntries(again.applied) }).toEqual({
          ...settled,
          applied: Object.fromEntries(settled.applied),
        });
      }),
    );
  });

  test('every unit is open or applied, nothing is negative, no claim takes more than it has', () => {
    fc.assert(
      fc.property(invoices, claims, (billed, known) => {
        const { open, disputed, statedApplied, applied } = settleInvoice(billed, known);
        const taken = [...applied.values()].reduce((sum, part) => sum + part, 0);
        expect(open + statedApplied + taken).toBe(billed.cancelled ? 0 : billed.total);
        expect(Math.min(open, disputed, statedApplied, ...applied.values())).toBeGreaterThanOrEqual(0);
        expect(disputed).toBeLessThanOrEqual(open);
        for (const one of known) expect(applied.get(one.receipt)).toBeLessThanOrEqual(one.amount);
      }),
    );
  });
});
