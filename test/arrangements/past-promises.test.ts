import { expect, it } from 'vitest';
import {
  chasedOn,
  keptPercent,
  type PastPromise,
  promiseRates,
  repeatedlyBroken,
  unchased,
  withClosed,
} from '../../src/arrangements/past-promises.ts';
import { addDays, day } from '../../src/kernel/day.ts';

const today = day('2026-11-23');

function past(id: string, more: Partial<PastPromise> = {}): PastPromise {
  return {
    id,
    entity: 'NWUK',
    currency: 'GBP',
    amount: 100_000,
    paid: 0,
    outcome: 'broken',
    date: day('2026-11-18'),
    closed: today,
    invoices: ['A'],
    saidBy: 'Ms Larch',
    takenBy: 'U0MARA',
    chased: false,
    ...more,
  };
}

it('two broken within 90 days propose the next stage, one does not, nor does one of 91 days ago', () => {
  expect(repeatedlyBroken([past('1')], today)).toBeNull();
  expect(repeatedlyBroken([past('1'), past('2', { closed: addDays(today, -90) })], today)).toBe(2);
  expect(repeatedlyBroken([past('1'), past('2', { closed: addDays(today, -91) })], today)).toBeNull();
});

it('a partly kept promise is no broken one, and neither is one that a credit note covered', () => {
  expect(
    repeatedlyBroken([past('1'), past('2', { outcome: 'partly-kept', paid: 1 }), past('3', { outcome: 'credited' })], today),
  ).toBeNull();
});

it('the rate counts what ended within a year, by currency', () => {
  const all = [
    past('1', { outcome: 'kept', paid: 100_000, closed: addDays(today, -365) }),
    past('2', { outcome: 'kept', paid: 100_000, closed: addDays(today, -366) }),
    past('3', { outcome: 'partly-kept', paid: 30_000 }),
    past('4', { currency: 'EUR', amount: 50_000 }),
    past('5', { outcome: 'credited' }),
  ];
  const rates = promiseRates(all, today);
  expect(rates).toEqual([
    {
      currency: 'EUR',
      kept: { count: 0, amount: 0, paid: 0 },
      partly: { count: 0, amount: 0, paid: 0 },
      broken: { count: 1, amount: 50_000, paid: 0 },
    },
    {
      currency: 'GBP',
      kept: { count: 1, amount: 100_000, paid: 100_000 },
      partly: { count: 1, amount: 100_000, paid: 30_000 },
      broken: { count: 0, amount: 0, paid: 0 },
    },
  ]);
  expect(keptPercent(rates)).toBe(33);
  expect(keptPercent([])).toBeNull();
});

it('a broken promise waits for somebody until the customer has been contacted after it', () => {
  const open = [past('1'), past('2', { outcome: 'partly-kept', paid: 1 }), past('3', { outcome: 'kept' })];
  expect(unchased(open).map(({ id }) => id)).toEqual(['1', '2']);
  expect(unchased(chasedOn(open, addDays(today, -1)))).toHaveLength(2);
  expect(unchased(chasedOn(open, today))).toEqual([]);
});

it('the account keeps a year of them, and nothing of a withdrawn one', () => {
  const fact = {
    type: 'promise-closed',
    promise: '9',
    outcome: 'kept',
    entity: 'NWUK',
    currency: 'GBP',
    amount: 100,
    paid: 100,
    credited: 0,
    note: '',
    date: today,
    saidBy: 'Ms Larch',
    takenBy: 'U0MARA',
    invoices: ['A'],
  } as const;
  const before = [past('old', { closed: addDays(today, -366) }), past('kept', { closed: addDays(today, -365) })];
  expect(withClosed(before, fact, today).map(({ id }) => id)).toEqual(['kept', '9']);
  expect(withClosed(before, { ...fact, outcome: 'withdrawn' }, today)).toEqual(before);
});
