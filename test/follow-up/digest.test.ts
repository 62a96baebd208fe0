import { describe, expect, it } from 'vitest';
import { DISPUTE_DEFAULTS } from '../../src/arrangements/dispute.ts';
import { digestCounter, nothingChanged } from '../../src/follow-up/digest.ts';
import { overdueDisputes } from '../../src/follow-up/digest-disputes.ts';
import { type Day, day } from '../../src/kernel/day.ts';

const accounts = new Map([
  ['a', { name: 'Alder Mills', number: '1', collector: 'U1' }],
  ['b', { name: 'Birch & Co', number: '2', collector: null }],
]);
const today = day('2026-11-20');
const item = (over: Partial<{ account: string; currency: string; due: Day; open: number; disputed: number; number: string }> = {}) => ({
  account: 'a',
  currency: 'EUR',
  due: day('2026-11-01'),
  open: 100_00,
  disputed: 0,
  number: 'I-1',
  ...over,
});
const count = (items: ReturnType<typeof item>[], credits: { currency: string; unappliedCash: number; openCredit: number }[] = []) => {
  const counter = digestCounter({ today, since: day('2026-11-19'), accounts, cashThisMonth: {}, credits });
  for (const each of items) counter.add(each);
  return counter.figures();
};

describe('the digest counts', () => {
  it('an invoice due today as not overdue, one due yesterday as newly overdue', () => {
    const figures = count([item({ due: today, number: 'today' }), item({ due: day('2026-11-19'), number: 'yesterday' })]);
    expect(figures.currencies[0]).toMatchObject({ open: 200_00, overdue: 100_00, overdueInvoices: 1 });
    expect(figures.newlyOverdue.map((each) => each.number)).toEqual(['yesterday']);
  });

  it('each currency by itself', () => {
    const figures = count([item(), item({ currency: 'GBP', open: 5_00 })]);
    expect(figures.currencies.map((entry) => [entry.currency, entry.overdue])).toEqual([
      ['EUR', 100_00],
      ['GBP', 5_00],
    ]);
  });

  it('accounts without a collector once, however many currencies they owe', () => {
    const figures = count([item({ account: 'b' }), item({ account: 'b', currency: 'GBP' }), item()]);
    expect(figures.unassignedTotal).toBe(1);
    expect(figures.overdueAccounts).toBe(2);
  });

  it('credit apart from what is open', () => {
    const figures = count([item()], [{ currency: 'EUR', unappliedCash: 10_00, openCredit: 2_00 }]);
    expect(figures.currencies[0]).toMatchObject({ open: 100_00, credit: 12_00 });
  });

  it('the biggest per currency, not across them', () => {
    const figures = count([item({ open: 900_00 }), item({ account: 'b', currency: 'GBP', open: 1_00 })]);
    expect(figures.biggest.map((row) => row.currency)).toEqual(['EUR', 'GBP']);
  });
});

describe('disputes past their limit', () => {
  const dispute = (id: string, until: string | null, credit: { before: number; on: Day } | null = null) => ({
    ...{ ...DISPUTE_DEFAULTS, id, entity: 'UK', invoice: `I-${id}`, currency: 'GBP', amount: 5_00, reason: 'price' as const, note: '' },
    ...{ owner: 'U0TOM', by: 'U0MARA', on: day('2026-11-01'), until: until === null ? null : day(until), credit },
  });
  const rows = [{ id: 'a', name: 'Alder Mills' }];

  it('are told from the day after, the oldest first, until somebody decides', () => {
    const decided = dispute('decided', '2026-11-10', { before: 0, on: day('2026-11-12') });
    const disputes = [
      dispute('late', '2026-11-19'),
      dispute('today', '2026-11-20'),
      dispute('older', '2026-11-10'),
      dispute('old', null),
      decided,
    ];
    expect(overdueDisputes(rows, new Map([['a', { disputes }]]), today).map(({ id }) => id)).toEqual(['older', 'late']);
  });

  it('are a change when others are than yesterday', () => {
    const [figures] = [count([item()])];
    const overdue = overdueDisputes(rows, new Map([['a', { disputes: [dispute('late', '2026-11-19')] }]]), today);
    expect(nothingChanged(figures!, { ...figures!, overdueDisputes: overdue })).toBe(false);
    expect(nothingChanged({ ...figures!, overdueDisputes: overdue }, { ...figures!, overdueDisputes: overdue })).toBe(true);
  });
});

describe('nothing changed', () => {
  it('when amounts and buckets are the same', () => {
    expect(nothingChanged(count([item()]), count([item()]))).toBe(true);
  });

  it('not when an invoice only aged into another bucket', () => {
    expect(nothingChanged(count([item({ due: day('2026-10-21') })]), count([item({ due: day('2026-10-20') })]))).toBe(false);
  });
});
