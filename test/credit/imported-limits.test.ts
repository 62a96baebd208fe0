import { expect, it } from 'vitest';
import { NO_CREDIT_FILE } from '../../src/credit/credit-file.ts';
import { importedLimits } from '../../src/credit/imported-limits.ts';
import { BUILT_IN_MAPPINGS } from '../../src/importing/built-in-mappings.ts';
import { cellsOf } from '../../src/importing/cells.ts';
import { readRow } from '../../src/importing/read-row.ts';
import { day } from '../../src/kernel/day.ts';

const FIELDS = ['account', 'creditLimit', 'groupLimit', 'limitUntil'];
/** A row of our own template of accounts. */
const read = (...row: readonly string[]) => {
  const cells = cellsOf(['C1', ...row], new Map(FIELDS.map((field, at) => [field, at])), BUILT_IN_MAPPINGS.get('accounts')!);
  const { account } = readRow('accounts', cells, day('2026-11-30'));
  return { account, faults: cells.faults.map(({ column, reason }) => `${column} ${reason}`) };
};

it('limits of a file are read with their currency; 0 is a limit, an empty cell is none', () => {
  const { account, faults } = read('EUR 50000, GBP 0', 'EUR 120000', '2027-06-30');
  expect(faults).toEqual([]);
  expect(importedLimits(account, NO_CREDIT_FILE)).toMatchObject({
    limits: [
      { scope: 'account', currency: 'EUR', amount: 5_000_000, until: '2027-06-30' },
      { scope: 'account', currency: 'GBP', amount: 0, until: '2027-06-30' },
      { scope: 'group', currency: 'EUR', amount: 12_000_000, until: '2027-06-30' },
    ],
  });
  expect(importedLimits(read('', '', '').account, NO_CREDIT_FILE)).toBeNull();
});

it('the same file again asks for nothing', () => {
  const { account } = read('EUR 50000', '', '');
  const request = importedLimits(account, NO_CREDIT_FILE);
  if (request?.do !== 'import-limits') throw new Error('nothing was read');
  expect(importedLimits(account, { ...NO_CREDIT_FILE, imported: request.imported })).toBeNull();
});

it.each(['50000', 'EUR -1', 'XXX 5', 'EUR many'])('a limit of “%s” is refused with the reason', (text) => {
  expect(read(text, '', '').faults).toEqual([
    'credit_limit is not an amount of zero or more with its currency, such as EUR 50000; 0 means cash in advance',
  ]);
});
