import { expect, it } from 'vitest';
import { readAmount, readAmounts, readCurrencyAmount, readOptionalAmount } from '../../src/slack/amounts.ts';

it.each([
  ['25', 'GBP', 2500],
  ['1,250.00', 'EUR', 125_000],
  [' 3.5 ', 'GBP', 350],
  ['1250', 'JPY', 1250],
])('%s in %s is read', (text, currency, amount) => {
  expect(readAmount(text, currency)).toEqual({ amount });
});

// Each of these was once taken for another amount in a form of interest and fees.
it.each(['3,50', '1.250,00', '12,5', '1,2,3', 'GBP 5', 'five', ''])('%s is no amount, and the sentence says how to type one', (text) => {
  const read = readAmount(text, 'GBP');
  expect(read).toEqual({ problem: `“${text}” is not an amount in GBP. Type it like 125.00.` });
});

it('the example has the decimals of the currency', () => {
  expect(readAmount('x', 'JPY')).toEqual({ problem: '“x” is not an amount in JPY. Type it like 125.' });
  expect(readAmount('x', 'KWD')).toEqual({ problem: '“x” is not an amount in KWD. Type it like 125.000.' });
});

it('an empty field is no amount and no fault', () => {
  expect(readOptionalAmount('  ', 'GBP')).toEqual({ amount: null });
  expect(readOptionalAmount('3,50', 'GBP')).toHaveProperty('problem');
});

it.each(['GBP 120.00', '120.00 GBP', 'gbp120', '120gbp'])('%s is an amount with its currency', (text) => {
  expect(readCurrencyAmount(text)).toEqual({ currency: 'GBP', amount: 12_000 });
});

it.each(['120.00', 'GBP', 'GBP 120 EUR', 'XXQ 120', 'GBP 3,50', 'GBP 120, EUR 5', ''])('%s is not', (text) => {
  expect(readCurrencyAmount(text)).toHaveProperty('problem');
});

it.each([
  ['GBP 50, EUR 1,000', { GBP: 5000, EUR: 100_000 }],
  ['GBP 5000; EUR 4,000.00', { GBP: 500_000, EUR: 400_000 }],
  ['EUR 60,\nJPY 10', { EUR: 6000, JPY: 10 }],
  ['GBP 50,', { GBP: 5000 }],
  ['', {}],
])('%s is one amount for each currency', (text, amounts) => {
  expect(readAmounts(text)).toEqual({ amounts });
});

it('amounts that cannot be told apart or read are refused by the part that is wrong', () => {
  expect(readAmounts('GBP 50, EUR 3,50')).toEqual({
    problem: '“3,50” is not an amount in EUR. Type each amount like GBP 50, EUR 1,000.',
  });
  expect(readAmounts('GBP 50, GBP 60')).toEqual({ problem: 'GBP stands there twice. Type one amount for each currency.' });
});
