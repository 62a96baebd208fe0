import { describe, expect, test } from 'vitest';
import { BUILT_IN_MAPPINGS } from '../../src/importing/built-in-mappings.ts';
import { parseMapping } from '../../src/importing/mapping.ts';
import { placeColumns } from '../../src/importing/table.ts';

const columns = { account: 'Kunde', number: 'Beleg', total: 'Betrag', issued: 'Datum', due: 'Fällig' };
const good = { name: 'sage', kind: 'invoices', columns, fixed: { currency: 'EUR' } };

describe('a mapping', () => {
  test('says what a file is; the rest has defaults', () => {
    expect(parseMapping(good)).toMatchObject({
      ok: true,
      mapping: {
        declares: 'changes',
        dates: 'year-month-day',
        numbers: { decimal: '.', group: ',' },
        quote: '"',
        defaults: {},
        optionalColumns: {},
      },
    });
  });

  test.each([
    [{ ...good, columns: { ...columns, color: 'X' } }, /columns\.color: invoices have no field "color"/],
    [{ ...good, fixed: {} }, /columns\.currency: is needed/],
    [{ ...good, kind: 'bills' }, /kind: /],
    [
      { ...good, kind: 'contacts', columns: { account: 'K', name: 'N' }, fixed: {}, declares: 'all-open' },
      /declares: "all-open" is for invoices/,
    ],
    [{ ...good, numbers: { decimal: ',', group: ',' } }, /the same/],
    [{ ...good, colums: {} }, /colums/],
    [{ ...good, name: '../x' }, /name: /],
    ['text', /mapping: /],
  ])('%#: a fault is named with its place', (mapping, message) => {
    const parsed = parseMapping(mapping);
    expect(parsed.ok ? [] : parsed.faults.join('\n')).toMatch(message);
  });

  test('every fault is told at once', () => {
    const parsed = parseMapping({ ...good, columns: { color: 'X' }, fixed: {} });
    expect(parsed.ok ? 0 : parsed.faults.length).toBe(7);
  });

  test('the built-in ones are valid and named as the documentation says', () => {
    expect([...BUILT_IN_MAPPINGS.keys()].sort()).toEqual([
      'accounts',
      'contacts',
      'credit-notes',
      'ibm',
      'invoices',
      'open-items',
      'payments',
    ]);
    for (const [name, mapping] of BUILT_IN_MAPPINGS) expect(parseMapping({ ...mapping })).toMatchObject({ ok: true, mapping: { name } });
  });
});

describe('columns are found by their header', () => {
  const mapping = { columns: { number: 'Invoice No' }, optionalColumns: { paid: 'Paid' } };

  test('whatever its case and the space around it', () => {
    expect(placeColumns(['x', ' INVOICE NO '], mapping)).toEqual(new Map([['number', 1]]));
    expect(placeColumns(['paid', 'Invoice No'], mapping)).toEqual(
      new Map([
        ['number', 1],
        ['paid', 0],
      ]),
    );
  });

  test('a missing one is named beside those there are', () => {
    expect(() => placeColumns(['No', 'Total'], mapping)).toThrow(
      'The file has no column "Invoice No". Its columns are: No, Total. Nothing was imported.',
    );
  });

  test('a doubled one is refused, if the mapping needs it', () => {
    expect(() => placeColumns(['Invoice No', 'invoice no'], mapping)).toThrow(/"Invoice No" twice/);
    expect(placeColumns(['x', 'x', 'Invoice No'], mapping).get('number')).toBe(2);
  });
});
