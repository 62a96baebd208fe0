import { describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { matchesAccount, matchesItem, ORDERS, overdueCounter } from '../../src/ledger/overdue.ts';

const account = { name: 'Alder Mills', number: 'K-100', collector: 'U1' };
const item = { account: 'a', currency: 'EUR', due: day('2026-10-01'), open: 1_00 };

describe('an overdue query', () => {
  it('finds a part of the name or number in any case', () => {
    expect(matchesAccount({ account: 'MILL' }, account)).toBe(true);
    expect(matchesAccount({ account: 'k-1' }, account)).toBe(true);
    expect(matchesAccount({ account: 'oak' }, account)).toBe(false);
  });

  it('tells a collector from nobody', () => {
    expect(matchesAccount({ collector: 'U1' }, account)).toBe(true);
    expect(matchesAccount({ collector: 'nobody' }, account)).toBe(false);
    expect(matchesAccount({ collector: 'nobody' }, { ...account, collector: null })).toBe(true);
  });

  it('takes >30 as more than thirty days, and nothing that is not overdue', () => {
    expect(matchesItem({ moreThanDays: 30 }, item, 30)).toBe(false);
    expect(matchesItem({ moreThanDays: 30 }, item, 31)).toBe(true);
    expect(matchesItem({}, item, 0)).toBe(false);
    expect(matchesItem({}, item, 1)).toBe(true);
  });

  it('keeps to a bucket and a currency', () => {
    expect(matchesItem({ bucket: '31-60' }, item, 60)).toBe(true);
    expect(matchesItem({ bucket: '31-60' }, item, 61)).toBe(false);
    expect(matchesItem({ currency: 'GBP' }, item, 5)).toBe(false);
  });
});

describe('overdue accounts', () => {
  it('are one row per account and currency with the age of the oldest invoice', () => {
    const counter = overdueCounter(day('2026-11-20'), new Map([['a', account]]));
    counter.add(item);
    counter.add({ ...item, due: day('2026-11-19'), open: 2_00 });
    counter.add({ ...item, currency: 'GBP' });
    expect(counter.rows()).toEqual([
      { account: 'a', name: 'Alder Mills', number: 'K-100', currency: 'EUR', overdue: 3_00, invoices: 2, oldest: 50, collector: 'U1' },
      { account: 'a', name: 'Alder Mills', number: 'K-100', currency: 'GBP', overdue: 1_00, invoices: 1, oldest: 50, collector: 'U1' },
    ]);
  });

  it('can be sorted by age and by name', () => {
    const row = (name: string, overdue: number, oldest: number) => ({
      account: name,
      name,
      number: name,
      currency: 'EUR',
      overdue,
      invoices: 1,
      oldest,
      collector: null,
    });
    const rows = [row('B', 1, 9), row('A', 5, 3)];
    expect([...rows].sort(ORDERS.age).map((each) => each.name)).toEqual(['B', 'A']);
    expect([...rows].sort(ORDERS.amount).map((each) => each.name)).toEqual(['A', 'B']);
    expect([...rows].sort(ORDERS.name).map((each) => each.name)).toEqual(['A', 'B']);
  });
});
