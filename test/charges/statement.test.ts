import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../src/charges/statement.ts';
import { day } from '../../src/kernel/day.ts';

const line = (number: string, due: string, open: number, currency = 'EUR') => ({
  number,
  issued: day('2026-09-01'),
  due: day(due),
  total: 1_000_00,
  open,
  currency,
});
const account = { name: 'Alder Ltd', number: 'C-1' };

describe('a statement of account', () => {
  it('has everything that is open in one currency, oldest due date first, less the credit', () => {
    const open = [line('B', '2026-11-02', 50_00), line('G', '2026-10-01', 7_00, 'GBP'), line('A', '2026-10-15', 100_00)];
    const made = statementsOf(account, 'Northwind', open, [
      { currency: 'EUR', amount: 30_00 },
      { currency: 'EUR', amount: 5_00 },
    ]);
    expect(made.map(({ currency, balance, credit }) => [currency, balance, credit])).toEqual([
      ['EUR', 115_00, 35_00],
      ['GBP', 7_00, 0],
    ]);
    expect(made[0]!.lines.map(({ number }) => number)).toEqual(['A', 'B']);
  });

  it('shows a credit that is left alone, as money of the customer', () => {
    expect(statementsOf(account, 'Northwind', [], [{ currency: 'USD', amount: 1 }])).toMatchObject([{ currency: 'USD', balance: -1 }]);
    expect(statementsOf(account, 'Northwind', [], [{ currency: 'USD', amount: 0 }])).toEqual([]);
  });
});
