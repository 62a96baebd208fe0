import { describe, expect, test } from 'vitest';
import { fileFormats } from '../../src/importing/file-formats.ts';
import { formOf, mappingOf } from '../../src/importing/mapping-form.ts';

const form = {
  kind: 'invoices',
  declares: 'changes',
  dates: 'day-month-year',
  numbers: ',.',
  currency: 'EUR',
  entity: 'MAIN',
  columns: { account: 'Kunde', number: 'Nr', total: 'Betrag', issued: 'Datum', due: 'Fällig' },
};

describe('a form', () => {
  test('and its mapping say the same', () => {
    const made = mappingOf('mine', form);
    expect(made).toMatchObject({
      mapping: { kind: 'invoices', numbers: { decimal: ',', group: '.' }, defaults: { currency: 'EUR', entity: 'MAIN' } },
    });
    expect(formOf(['Kunde', 'Nr', 'Betrag', 'Datum', 'Fällig'], (made as { mapping: unknown }).mapping)).toEqual(form);
  });

  test('keeps what it does not ask for', () => {
    const before = {
      name: 'old',
      kind: 'invoices',
      encoding: 'latin1',
      trueWords: ['ja'],
      quote: '',
      columns: form.columns,
      fixed: { currency: 'EUR' },
    };
    expect(mappingOf('old', form, before)).toMatchObject({ mapping: { encoding: 'latin1', trueWords: ['ja'], quote: '' } });
  });

  test('names every fault at its field', () => {
    const { total: _, ...columns } = form.columns;
    expect(mappingOf('x', { ...form, columns, currency: 'E' })).toEqual({
      faults: { currency: expect.any(String), total: expect.any(String) },
    });
    expect(
      mappingOf('x', {
        ...form,
        kind: 'payments',
        declares: 'all-open',
        columns: { account: 'a', number: 'b', amount: 'c', received: 'd' },
      }),
    ).toEqual({ faults: { declares: expect.any(String) } });
  });

  test('a separator without the other is no separator', () =>
    expect(mappingOf('x', { ...form, numbers: '.' })).toMatchObject({ mapping: { numbers: { decimal: '.', group: '' } } }));
});

describe('files that nobody has described', () => {
  test('get a suggestion from what exports usually call their columns', () => {
    expect(formOf(['Customer No.', 'Invoice Number', 'Curr.', 'Gross amount', 'Invoice-Date', 'Due date', 'Rest'], null).columns).toEqual({
      account: 'Customer No.',
      number: 'Invoice Number',
      currency: 'Curr.',
      total: 'Gross amount',
      issued: 'Invoice-Date',
      due: 'Due date',
    });
  });
  test('fit a built-in mapping only when all of its columns are there', () => {
    expect(fileFormats.builtIn(['Account', 'NUMBER', 'currency', 'total', 'issued', 'due'])?.name).toBe('invoices');
    expect(fileFormats.builtIn(['account', 'number', 'currency', 'amount', 'received'])?.name).toBe('payments');
    expect(fileFormats.builtIn(['account', 'number'])).toBeNull();
  });
});

describe('files of one source', () => {
  const headers = ['a', 'b'];
  test('have the same name whatever their date', () =>
    expect(fileFormats.sourceName('open-items 2026-03-31.csv', headers)).toBe(
      fileFormats.sourceName('open-items 2026-04-01.csv', headers),
    ));
  test('with other headers, or of another name, are another source', () => {
    const names = [
      fileFormats.sourceName('a.csv', headers),
      fileFormats.sourceName('a.csv', ['a', 'c']),
      fileFormats.sourceName('b.csv', headers),
    ];
    expect(new Set(names).size).toBe(3);
  });
  test('have a name that a mapping may have', () =>
    expect(mappingOf(fileFormats.sourceName('Überfällig & offen (März).xlsx', headers), form)).toHaveProperty('mapping'));
});
