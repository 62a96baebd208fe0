import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AmountTooLarge,
  add,
  addTo,
  allocateAmount,
  exponentOf,
  formatMoney,
  formatTotal,
  isCurrency,
  isExact,
  moneyOf,
  type NumberStyle,
  parseAmount,
  toDecimal,
} from '../../src/kernel/money.ts';

const english: NumberStyle = { decimal: '.', group: ',' };
const german: NumberStyle = { decimal: ',', group: '.' };
const french: NumberStyle = { decimal: ',', group: ' ' };
const swiss: NumberStyle = { decimal: '.', group: "'" };

const minor = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const currency = fc.constantFrom('EUR', 'GBP', 'USD', 'CHF', 'JPY', 'KWD', 'HUF');

describe('currencies are those of ISO 4217, with its decimals', () => {
  test.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    // Intl says 0 for these by custom; invoices and bank files have ISO's decimals.
    ['HUF', 2],
    ['IDR', 2],
    ['IQD', 3],
    // Divided by five, written with two decimals.
    ['MGA', 2],
  ])('%s has %i', (code, decimals) => expect(exponentOf(code)).toBe(decimals));

  test.each(['EURO', 'eur', 'XYZ', 'DEM', '', 'toString', '__proto__'])('%j is refused', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => exponentOf(code)).toThrow(RangeError);
    expect(() => moneyOf(1, code)).toThrow(RangeError);
    expect(parseAmount('1', code, english).ok).toBe(false);
  });
});

describe('amounts are read as declared, never guessed', () => {
  test.each([
    ['1,234.56', english, 123456],
    ['1234.56', english, 123456],
    ['1.234,56', german, 123456],
    ['1 234,56', french, 123456],
    ['1\u00a0234,56', french, 123456],
    ['1\u202f234\u202f567,5', french, 123456750],
    ["1'234.50", swiss, 123450],
    ['(12.30)', english, -1230],
    ['12,30-', german, -1230],
    ['-12.3', english, -1230],
    ['\u221212.30', english, -1230],
    ['+12.30', english, 1230],
    [' 0.00 ', english, 0],
    ['-0', english, 0],
    ['12.', english, 1200],
    ['12.5000', english, 1250],
    ['90071992547409.91', english, Number.MAX_SAFE_INTEGER],
  ])('%j', (text, style, amount) => expect(parseAmount(text, 'EUR', style)).toEqual({ ok: true, amount }));

  test.each([
    ['1.234,56', english],
    ['1,234.56', german],
    ['1.23', german],
    ['12,34', english],
    ['1,2345.00', english],
    ['12.345', english],
    ['', english],
    ['.', english],
    ['-', english],
    ['--5', english],
    ['-5-', english],
    ['(5', english],
    ['1e3', english],
    ['0x10', english],
    ['NaN', english],
    ['€5', english],
    ['1 234.00', english],
    ['٣.٥', english],
    ['90071992547409.92', english],
    ['99999999999999999999', english],
  ])('%j is refused', (text, style) => {
    const read = parseAmount(text, 'EUR', style);
    expect(read.ok).toBe(false);
    expect(read).toHaveProperty('reason', expect.stringMatching(/.+/));
  });

  test('decimals follow the currency', () => {
    expect(parseAmount('1234', 'JPY', english)).toEqual({ ok: true, amount: 1234 });
    expect(parseAmount('1234.5', 'JPY', english).ok).toBe(false);
    expect(parseAmount('1234.00', 'JPY', english)).toEqual({ ok: true, amount: 1234 });
    expect(parseAmount('1.234', 'KWD', english)).toEqual({ ok: true, amount: 1234 });
    expect(parseAmount('1.2345', 'KWD', english).ok).toBe(false);
  });

  test('what was written as a decimal is read back exactly', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(parseAmount(toDecimal(moneyOf(amount, code)), code, english)).toEqual({ ok: true, amount });
      }),
    );
  });
});

describe('amounts are written for people', () => {
  test('in their language, with the decimals of the currency', () => {
    expect(formatMoney(moneyOf(511985, 'EUR'), 'de')).toBe('5.119,85\u00a0€');
    expect(formatMoney(moneyOf(511985, 'GBP'), 'en-GB')).toBe('£5,119.85');
    expect(formatMoney(moneyOf(5119, 'JPY'), 'en')).toBe('¥5,119');
    expect(formatMoney(moneyOf(511985, 'HUF'), 'en')).toBe('HUF\u00a05,119.85');
  });

  test('exactly, also where a floating point number would not hold the cents', () => {
    expect(formatMoney(moneyOf(Number.MAX_SAFE_INTEGER, 'USD'), 'en-US')).toBe('$90,071,992,547,409.91');
  });
});

describe('sums', () => {
  test('never mix currencies', () => {
    expect(() => add(moneyOf(1, 'EUR'), moneyOf(1, 'USD'))).toThrow(TypeError);
    const totals = new Map<string, number>();
    addTo(totals, moneyOf(5, 'EUR'));
    addTo(totals, moneyOf(7, 'USD'));
    addTo(totals, moneyOf(1, 'EUR'));
    expect(totals).toEqual(
      new Map([
        ['EUR', 6],
        ['USD', 7],
      ]),
    );
  });

  test('are refused beyond the safe integers, as are fractions', () => {
    expect(() => add(moneyOf(Number.MAX_SAFE_INTEGER, 'EUR'), moneyOf(1, 'EUR'))).toThrow(RangeError);
    expect(() => moneyOf(0.5, 'EUR')).toThrow(RangeError);
  });

  test('a total beyond them stops nothing: it is no figure for our own people, and throws where a customer would read it', () => {
    const totals = new Map([['EUR', Number.MAX_SAFE_INTEGER]]);
    addTo(totals, moneyOf(1, 'EUR'));
    const total = { amount: totals.get('EUR')!, currency: 'EUR' };
    expect(isExact(total.amount)).toBe(false);
    expect(formatTotal(total, 'en-GB')).toBe('EUR (too large to add up)');
    expect(() => formatMoney(total, 'en-GB')).toThrow(AmountTooLarge);
    expect(formatTotal(moneyOf(100, 'EUR'), 'en-GB')).toBe('€1.00');
  });

  test('add is commutative and associative', () => {
    const small = fc.integer({ min: -1e12, max: 1e12 }).map((amount) => moneyOf(amount, 'EUR'));
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
      }),
    );
  });
});

describe('allocation', () => {
  test('gives what is left over to the first parts', () => {
    expect(allocateAmount(moneyOf(100, 'EUR'), [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocateAmount(moneyOf(1003, 'EUR'), [50, 50])).toEqual([502, 501]);
  });

  test('never loses or makes a unit, and is fair to one unit', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
      .filter((all) => all.some((weight) => weight > 0));
    fc.assert(
      fc.property(minor, currency, weights, (amount, code, shares) => {
        const parts = allocateAmount(moneyOf(amount, code), shares);
        const sum = shares.reduce((total, share) => total + BigInt(share), 0n);
        expect(parts.reduce((total, part) => total + BigInt(part), 0n)).toBe(BigInt(amount));
        for (const [i, part] of parts.entries()) {
          const difference = BigInt(part) * sum - BigInt(amount) * BigInt(shares[i]!);
          expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(sum);
        }
      }),
    );
  });

  test('needs a weight', () => {
    expect(() => allocateAmount(moneyOf(1, 'EUR'), [0, 0])).toThrow(RangeError);
    expect(() => allocateAmount(moneyOf(1, 'EUR'), [])).toThrow(RangeError);
    expect(() => allocateAmount(moneyOf(1, 'EUR'), [-1, 2])).toThrow(RangeError);
  });
});
