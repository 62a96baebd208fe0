import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILT_IN_MAPPINGS } from '../../src/importing/built-in-mappings.ts';
import { fileSource } from '../../src/importing/file-source.ts';
import { type Mapping, mappingSchema } from '../../src/importing/mapping.ts';
import { day } from '../../src/kernel/day.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-file-'));
});
afterAll(() => rm(dir, { recursive: true }));

const today = day('2026-06-15');

async function rowsOf(text: string, mapping: Mapping | string, asOf: string | null = null) {
  const file = path.join(dir, 'rows.csv');
  await writeFile(file, text);
  const known = typeof mapping === 'string' ? BUILT_IN_MAPPINGS.get(mapping)! : mapping;
  const source = await fileSource({ path: file, mapping: known, asOf: asOf === null ? null : day(asOf), today });
  return Array.fromAsync(source.rows());
}

/** One invoice of the template with some cells changed: the record, or its faults as 'column: reason'. */
async function invoiceRow(cells: Record<string, string>, asOf: string | null = null): Promise<unknown> {
  const row = { account: 'C1', number: 'I1', currency: 'EUR', total: '100.00', issued: '2026-01-01', due: '2026-01-31', ...cells };
  const quoted = Object.values(row).map((cell) => `"${cell.replaceAll('"', '""')}"`);
  const [read] = await rowsOf(`${Object.keys(row).join(',')}\n${quoted.join(',')}\n`, 'invoices', asOf);
  if (read && 'faults' in read) return read.faults.map(({ column, reason }) => `${column}: ${reason}`);
  return read && 'record' in read ? read.record : 'later';
}

describe('an invoice row', () => {
  test.each(['2026/UK-1.pdf', 'https://docs.example/1'])('may say where its copy is: %s', async (copy) => {
    expect(await invoiceRow({ copy })).toMatchObject({ copy });
  });

  test.each(['../UK-1.pdf', 'UK-1.exe', 'http://docs.example/1', 'C:\\UK-1.pdf'])('is refused with the copy %s', async (copy) => {
    expect(await invoiceRow({ copy })).toEqual([
      'copy: is neither an https link nor the name of a PDF file in the folder of invoices, such as UK-1.pdf',
    ]);
  });

  test('becomes a record in minor units', async () => {
    expect(
      await invoiceRow({ paid: '20', purchase_order: 'PO-1', account_name: 'Acme', country: 'de', pay_link: 'https://pay.example/1' }),
    ).toEqual({
      kind: 'invoice',
      account: { number: 'C1', name: 'Acme', country: 'DE' },
      entity: 'MAIN',
      number: 'I1',
      currency: 'EUR',
      total: 10_000,
      issued: '2026-01-01',
      due: '2026-01-31',
      stated: 2_000,
      settled: '',
      disputed: 0,
      cancelled: false,
      purchaseOrder: 'PO-1',
      payLink: 'https://pay.example/1',
    });
  });

  test.each([
    [{ open: '30' }, { stated: 7_000, settled: '' }],
    [
      { open: '30', paid: '1' },
      { stated: 7_000, settled: '' },
    ],
    [{ settled: '2026-02-01' }, { stated: 10_000, settled: '2026-02-01' }],
    [{ settled: '2026-06-15' }, { stated: 10_000, settled: '2026-06-15' }],
    // A date of the future has not happened yet.
    [{ settled: '2026-06-16' }, { stated: 0, settled: '' }],
    [
      { settled: '2026-02-01', open: '30' },
      { stated: 7_000, settled: '' },
    ],
    [
      { settled: '2026-02-01', open: '0' },
      { stated: 10_000, settled: '2026-02-01' },
    ],
    [{ disputed: 'yes' }, { disputed: 10_000 }],
    [{ disputed: 'No' }, { disputed: 0 }],
    [{ disputed_amount: '12.5' }, { disputed: 1_250 }],
    [{ cancelled: 'ja' }, { cancelled: true }],
    [{ total: '0' }, { total: 0 }],
    [{ due: '2026-01-01' }, { due: '2026-01-01' }],
    [{ account_name: 'Line\none' }, { account: { number: 'C1', name: 'Line one' } }],
    [{ account_name: '  \u00c5ngstr\u00f6m AB ' }, { account: { number: 'C1', name: 'Ångström AB' } }],
  ])('%j', async (cells, expected) => expect(await invoiceRow(cells)).toMatchObject(expected));

  test.each([
    [{ number: '' }, ['number: is missing']],
    [{ account: ' ' }, ['account: is missing']],
    [{ total: '' }, ['total: is missing']],
    [{ total: '12.345' }, ['total: EUR has 2 decimals, this has 3']],
    [{ total: '1.234,56' }, ['total: not an amount with decimal "." and thousands ","']],
    [{ total: '99999999999999999' }, ['total: too large to be kept exactly']],
    [{ total: '-5' }, ['total: is negative: import credit notes from a file of their own, with the mapping "credit-notes"']],
    [{ currency: 'EURO' }, ['currency: is not a currency of ISO 4217']],
    [{ currency: '' }, ['currency: is missing']],
    [{ issued: '2026-02-30' }, ['issued: no such day in the form year-month-day']],
    [{ due: '' }, ['due: is missing']],
    [{ due: '2025-12-31' }, ['due: is before the invoice date']],
    [{ paid: '100.01' }, ['paid: is not between 0 and the total; an overpayment comes with the payments']],
    [{ open: '-1' }, ['open: is not between 0 and the total']],
    [{ disputed: 'perhaps' }, ['disputed: is neither yes nor no']],
    [{ disputed_amount: '100.01' }, ['disputed_amount: is not between 0 and the total']],
    [{ number: 'I\u00001' }, ['number: holds control or invisible characters']],
    [{ account_name: 'Acme\u202e' }, ['account_name: holds control or invisible characters']],
    [{ account_name: 'A\u{e0041}' }, ['account_name: holds control or invisible characters']],
    [{ number: 'x'.repeat(65) }, ['number: longer than 64 characters']],
    [
      { country: '391' },
      ['country: is no country of ISO 3166-1: a code of two or three letters, or its name in English, German, French or Spanish'],
    ],
    [{ zone: 'Mars/Olympus' }, ['zone: is not a time zone such as "Europe/Berlin"']],
    [{ customer_kind: 'person' }, ['customer_kind: is not one of company, sole-trader, public-body, unknown']],
    [{ parent: 'C1' }, ['parent: an account cannot be its own parent']],
    [{ pay_link: 'javascript:alert(1)' }, ['pay_link: is not an https link']],
    [{ total: 'x', due: 'y' }, ['total: not an amount with decimal "." and thousands ","', 'due: not a date of the form year-month-day']],
  ])('%j is rejected', async (cells, faults) => expect(await invoiceRow(cells)).toEqual(faults));

  test('both sides of the longest number', async () => {
    expect(await invoiceRow({ number: 'x'.repeat(64) })).toMatchObject({ number: 'x'.repeat(64) });
  });

  test('dated after --as-of is left for later, on the day it counts', async () => {
    expect(await invoiceRow({}, '2025-12-31')).toBe('later');
    expect(await invoiceRow({}, '2026-01-01')).toMatchObject({ number: 'I1' });
    expect(await invoiceRow({ settled: '2026-03-01' }, '2026-02-28')).toMatchObject({ stated: 0 });
    expect(await invoiceRow({ settled: '2026-03-01' }, '2026-03-01')).toMatchObject({ stated: 10_000 });
  });
});

describe('a rejected row', () => {
  test('keeps its line and, if it can be read, its invoice', async () => {
    const head = 'account,number,currency,total,issued,due';
    const rows = await rowsOf(`${head}\nC1,I1,EUR,x,2026-01-01,2026-01-31\n\nC1,,EUR,5,2026-01-01,2026-01-31\nC1,I3,EUR\n`, 'invoices');
    expect(rows.map((row) => ('faults' in row ? [row.line, row.invoice] : row))).toEqual([
      [2, { entity: 'MAIN', number: 'I1' }],
      [4, null],
      [5, null],
    ]);
    expect(rows[2]).toMatchObject({ faults: [{ reason: 'the row has 3 cells, the header has 6' }] });
  });

  test('shows hidden characters of its value as such', async () => {
    const rows = await rowsOf('account,name\nC1,"a\u202eb"\n', 'contacts');
    expect(rows[0]).toMatchObject({ faults: [{ column: 'name', value: 'a\ufffdb' }] });
  });
});

describe('the other kinds', () => {
  test('contacts carry the salutation of the file, and none where it says nothing', async () => {
    const rows = await rowsOf('account,name,salutation\nC1,Ann Quill,Ms Quill\nC1,Bea Quill,\n', 'contacts');
    const records = rows.map((row) => ('record' in row && row.record.kind === 'contact' ? row.record : null));
    expect(records.map((record) => record?.salutation)).toEqual(['Ms Quill', undefined]);
  });

  test('contacts have plain addresses, one or several in a cell, and need no person’s name', async () => {
    const of = async (email: string, name = 'Ann') => {
      const rows = await rowsOf(`account,name,email,rank\nC1,${name},"${email}",2\n`, 'contacts');
      return rows.map((row) =>
        'record' in row && row.record.kind === 'contact' ? [row.record.name, row.record.email, row.record.rank] : 'rejected',
      );
    };
    expect(await of('ann@acme.example')).toEqual([['Ann', 'ann@acme.example', 2]]);
    expect(await of('Ann <ann@acme.example>')).toEqual([['Ann', 'ann@acme.example', 2]]);
    expect(await of('info@bücher.example')).toEqual([['Ann', 'info@xn--bcher-kva.example', 2]]);
    expect(await of('invoices@acme.example', '')).toEqual([['invoices@acme.example', 'invoices@acme.example', 2]]);
    expect(await of('a@x.example,b@y.example')).toEqual([
      ['Ann', 'a@x.example', 2],
      ['Ann', 'b@y.example', 3],
    ]);
    // What cannot be written to later is refused when it comes in.
    for (const bad of [
      'a@x.example\nBcc: c@z.example',
      'ann',
      'jörg@müller.example',
      '.ann@acme.example',
      'ann..b@acme.example',
      'a@x.example; b',
    ])
      expect(await of(bad), bad).toEqual(['rejected']);
    expect(await of('', '')).toEqual(['rejected']);
  });

  test('an empty cell of an invoices file says nothing of language or kind', async () => {
    const text =
      'account,number,currency,total,issued,due,language,customer_kind\nC1,I1,EUR,5,2026-01-01,2026-01-31,,\nC2,I2,EUR,5,2026-01-01,2026-01-31,German,company\n';
    expect((await rowsOf(text, 'invoices')).map((row) => 'record' in row && row.record.account)).toEqual([
      { number: 'C1' },
      { number: 'C2', language: 'de', kind: 'company' },
    ]);
  });

  test('names of countries and codes of three letters are understood', async () => {
    for (const [said, country] of [
      ['UK', 'GB'],
      ['USA', 'US'],
      ['Allemagne', 'DE'],
      ['el', 'GR'],
    ])
      expect(await invoiceRow({ country: said! })).toMatchObject({ account: { country } });
    expect(await invoiceRow({ total: '2309.7899999999995' })).toMatchObject({ total: 230_979 });
  });

  test('payments allocate all of their amount, a part, or nothing', async () => {
    const text =
      'account,number,currency,amount,received,invoice,allocated,reversed\n' +
      'C1,P1,EUR,50,2026-02-01,I1,,\nC1,P2,EUR,50,2026-02-01,I1,20,\nC1,P3,EUR,50,2026-02-01,,,yes\nC1,P4,EUR,-50,2026-02-01,,,\nC1,P5,EUR,50,2026-02-01,,20,\n';
    const rows = await rowsOf(text, 'payments');
    expect(rows[0]).toMatchObject({ record: { allocations: [{ invoice: 'I1', amount: 5_000 }], annulled: false } });
    expect(rows[1]).toMatchObject({ record: { allocations: [{ invoice: 'I1', amount: 2_000 }] } });
    expect(rows[2]).toMatchObject({ record: { allocations: [], annulled: true } });
    expect(rows[3]).toMatchObject({ faults: [{ reason: expect.stringContaining('more than one payment may be meant') }] });
    expect(rows[4]).toMatchObject({ faults: [{ column: 'invoice', reason: 'is missing although an amount is allocated' }] });
  });

  test('what a payments file calls whoever paid renames no customer', async () => {
    const [row] = await rowsOf(
      'account,account_name,number,currency,amount,received\nC1,ACME ZAHLUNG REF 123,P1,EUR,50,2026-02-01\n',
      'payments',
    );
    expect(row).toMatchObject({ record: { account: { number: 'C1' } } });
    expect(row).not.toHaveProperty('record.account.name');
  });

  test('an empty cell of an accounts file empties the field', async () => {
    const rows = await rowsOf('account,account_name,parent,country\nC1,Acme,,\n', 'accounts');
    expect(rows[0]).toEqual({ line: 2, record: { kind: 'account', account: { number: 'C1', name: 'Acme', parent: '', country: '' } } });
  });

  test('a German export is read as its mapping declares', async () => {
    const mapping = mappingSchema.parse({
      name: 'sage',
      kind: 'invoices',
      dates: 'day-month-year',
      numbers: { decimal: ',', group: '.' },
      columns: { account: 'Kunde', number: 'Beleg', total: 'Betrag', open: 'Offen', issued: 'Datum', due: 'Fällig', disputed: 'Sperre' },
      fixed: { currency: 'EUR' },
      defaults: { entity: 'DE01' },
      trueWords: ['gesperrt'],
    });
    const rows = await rowsOf(
      'Kunde;Beleg;Betrag;Offen;Datum;Fällig;Sperre\n10001;RE-1;1.234,50;1.000,00;31.01.2026;28.02.2026;GESPERRT\n',
      mapping,
    );
    expect(rows).toMatchObject([
      { record: { total: 123_450, stated: 23_450, issued: '2026-01-31', due: '2026-02-28', disputed: 123_450, entity: 'DE01' } },
    ]);
  });
});
