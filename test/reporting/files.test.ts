import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../src/kernel/sheet.port.ts';
import { csvFile } from '../../src/reporting/csv-file.ts';
import { xlsxFile } from '../../src/reporting/xlsx-file.ts';

const HOSTILE = ['=1+1', '+44 20', '-5', '@SUM(A1)', '\t=1', '＝1+1', '<!channel> *x*', 'a "b", c\nd', 'Müller & Söhne'];
const sheet = (rows: Sheet['rows']): Sheet => ({
  name: 'Overdue',
  columns: [
    { title: 'Customer', kind: 'text' },
    { title: 'Overdue', kind: 'amount' },
    { title: 'Invoices', kind: 'count' },
  ],
  rows,
});

describe('a CSV file', () => {
  const read = async (rows: Sheet['rows']) => parse(Buffer.from(await csvFile(sheet(rows))), { bom: true }) as string[][];

  it('keeps every value, and gives an apostrophe to what a spreadsheet would run', async () => {
    const rows = await read(HOSTILE.map((name) => [name, '1.00', 1]));
    expect(rows[0]).toEqual(['Customer', 'Overdue', 'Invoices']);
    expect(rows.slice(1).map(([name]) => name)).toEqual(HOSTILE.map((name) => (/^[=+\-@\t＝]/.test(name) ? `'${name}` : name)));
  });

  it('writes amounts as plain decimals, negative and very large ones too', async () => {
    const amounts = ['-12.50', '90071992547409.91', '0.100', '7'];
    expect((await read(amounts.map((amount) => ['x', amount, -3]))).slice(1)).toEqual(amounts.map((amount) => ['x', amount, '-3']));
  });

  it('begins with a BOM, without which Excel takes UTF-8 for Latin-1', async () => {
    expect([...(await csvFile(sheet([]))).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});

describe('an XLSX file', () => {
  const read = async (rows: Sheet['rows']) => readSheet(Buffer.from(await xlsxFile(sheet(rows))), { trim: false });

  it('keeps what begins like a formula as text', async () => {
    const rows = await read(HOSTILE.map((name) => [name, '1.00', 1]));
    expect(rows.slice(1).map(([name]) => name)).toEqual(HOSTILE);
  });

  it('keeps amounts and counts as numbers', async () => {
    const rows = await read([
      ['a', '-12.50', -3],
      ['b', '1234567.89', 10],
      ['c', '700', 0],
    ]);
    expect(rows.slice(1)).toEqual([
      ['a', -12.5, -3],
      ['b', 1234567.89, 10],
      ['c', 700, 0],
    ]);
  });

  it('leaves out characters that XML has no place for: Excel would call the whole file damaged', async () => {
    expect((await read([['a\u0000b\u0007\ud800c\uffff', '1', 1]]))[1]?.[0]).toBe('abc');
  });
});
