import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { BUILT_IN_MAPPINGS } from '../../src/importing/built-in-mappings.ts';
import { decimalText } from '../../src/importing/decimal-text.ts';
import { fileSource } from '../../src/importing/file-source.ts';
import { type Mapping, mappingSchema } from '../../src/importing/mapping.ts';
import { day } from '../../src/kernel/day.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-xlsx-'));
});
afterAll(() => rm(dir, { recursive: true }));

const template = BUILT_IN_MAPPINGS.get('invoices')!;
const HEAD = ['account', 'number', 'currency', 'total', 'issued', 'due', 'paid', 'account_name'];
const calendarDay = (text: string) => ({ value: new Date(`${text}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' });
const row = (cells: Record<string, unknown> = {}) => {
  const whole = {
    account: 'C1',
    number: 'I1',
    currency: 'EUR',
    total: 100,
    issued: calendarDay('2026-01-01'),
    due: calendarDay('2026-01-31'),
    paid: null,
    account_name: 'Acme',
    ...cells,
  };
  return HEAD.map((name) => cellOf(whole[name as keyof typeof whole]));
};
const cellOf = (cell: unknown) => (cell === null || typeof cell === 'object' ? cell : { value: cell });

async function write(
  rows: unknown[][],
  change: (xml: string) => string = (xml) => xml,
  part = 'xl/worksheets/sheet1.xml',
): Promise<string> {
  const file = path.join(dir, 'rows.xlsx');
  const bytes = await writeXlsxFile(rows as SheetData, { sheet: 'Items' }).toBuffer();
  const parts = unzipSync(new Uint8Array(bytes));
  parts[part] = strToU8(change(strFromU8(parts[part]!)));
  await writeFile(file, zipSync(parts));
  return file;
}

const head = HEAD.map((value) => ({ value }));
const read = async (file: string, mapping: Mapping = template, sheet?: string) => {
  const source = await fileSource({ path: file, mapping, sheet, asOf: null, today: day('2026-06-15') });
  return Array.fromAsync(source.rows());
};
const records = async (rows: unknown[][], mapping?: Mapping) =>
  (await read(await write([head, ...rows]), mapping)).map((each) =>
    'record' in each ? each.record : 'faults' in each ? each.faults.map(({ column, reason }) => `${column}: ${reason}`) : 'later',
  );
/** The last row with its `total` (column D) replaced in the file's own XML. */
const withTotal = (cell: string) => (xml: string) => xml.replace(/<c r="D2"[^>]*>.*?<\/c>/, cell);

describe('cells of a spreadsheet', () => {
  test('numbers and dates arrive exactly', async () => {
    expect(await records([row({ total: 1234.5, paid: 0.3 })])).toMatchObject([
      { kind: 'invoice', account: { number: 'C1', name: 'Acme' }, total: 123_450, stated: 30, issued: '2026-01-01', due: '2026-01-31' },
    ]);
  });

  test('a number is no text: it does not follow the separators that the mapping declares for text', async () => {
    const german = mappingSchema.parse({ ...template, numbers: { decimal: ',', group: '.' } });
    // As text under a thousands point, "1.234" would be one thousand two hundred and thirty-four.
    expect(
      await records([row({ total: 1.234 }), row({ number: 'I2', total: 1.23 }), row({ number: 'I3', total: '1.234,50' })], german),
    ).toMatchObject([['total: EUR has 2 decimals, this has 3'], { total: 123 }, { total: 123_450 }]);
  });

  test('the leftovers of binary arithmetic are no decimals; real decimals that the currency does not have are refused', async () => {
    expect(
      await records([
        row({ total: 0.1 + 0.2 }),
        row({ number: 'I2', total: 1234.1 - 1000 }),
        row({ number: 'I3', total: 0.305 }),
        row({ number: 'I4', currency: 'JPY', total: 10.5 }),
      ]),
    ).toMatchObject([
      { total: 30 },
      { total: 23_410 },
      ['total: EUR has 2 decimals, this has 3'],
      ['total: JPY has 0 decimals, this has 1'],
    ]);
  });

  test('a number as customer or invoice number is read as its digits', async () => {
    expect(await records([row({ account: 1001, number: 20_260_001 })])).toMatchObject([
      { account: { number: '1001' }, number: '20260001' },
    ]);
  });

  test('dates as text follow the declared order, a date with a time of day is its day', async () => {
    const english = mappingSchema.parse({ ...template, dates: 'day-month-year' });
    const timed = { value: new Date('2026-01-02T09:30:00Z'), type: Date, format: 'dd/mm/yyyy hh:mm' };
    expect(await records([row({ issued: '02/01/2026' }), row({ number: 'I2', issued: timed })], english)).toMatchObject([
      { issued: '2026-01-02' },
      { number: 'I2', issued: '2026-01-02' },
    ]);
  });

  test('a saved result of a formula counts; a formula without one is refused before anything is read', async () => {
    const saved = await write([head, row()], withTotal('<c r="D2"><f>B1*2</f><v>77.7</v></c>'));
    expect(await read(saved)).toMatchObject([{ record: { total: 7_770 } }]);
    for (const cell of [
      '<c r="D2"><f>B1*2</f></c>',
      '<c r="D2"><f>B1*2</f><v/></c>',
      '<c r="D2" s="1"><f t="shared" si="0"/><v></v></c>',
    ]) {
      await expect(read(await write([head, row()], withTotal(cell)))).rejects.toThrow('formulas whose results were not saved');
    }
  });

  test('the error of a formula is refused wherever it stands, never taken for an empty cell', async () => {
    const failed = (at: string, text: string) => (xml: string) =>
      xml.replace(new RegExp(`<c r="${at}2"[^>]*>.*?</c>`), `<c r="${at}2" t="e"><f>1/0</f><v>${text}</v></c>`);
    const reasons = async (at: string, text: string, cells = {}) =>
      (await read(await write([head, row(cells)], failed(at, text)))).map((each) => ('faults' in each ? each.faults[0] : each));
    expect(await reasons('G', '#N/A', { paid: 5 })).toMatchObject([{ column: 'paid', value: '#N/A' }]);
    expect(await reasons('A', '#REF!')).toMatchObject([{ column: 'account', reason: 'is the error of a formula' }]);
  });

  test('lines are those of the sheet, empty rows are skipped, a cell beside the headers makes its row misplaced', async () => {
    const rows = await read(await write([head, row(), [null], [...row({ number: 'I2' }), { value: 'beside' }], row({ number: 'I3' })]));
    expect(rows.map(({ line }) => line)).toEqual([2, 4, 5]);
    expect(rows[1]).toMatchObject({ faults: [{ reason: 'the row has 9 cells, the header has 8' }] });
    expect(rows[2]).toMatchObject({ record: { number: 'I3' } });
  });
});

describe('decimal text', () => {
  test.each([
    ['1234.5', '1234.5'],
    ['-0', '0'],
    ['1.5E+3', '1500'],
    ['1E-7', '0.0000001'],
    ['2.5e21', '2500000000000000000000'],
    ['999999999.98999999', '999999999.99'],
    // Above, a dropped digit could be a cent: what stands there stays, and is refused or kept exactly.
    ['90071992547409.91', '90071992547409.91'],
    ['1.2345678901234501E+12', '1234567890123.4501'],
    ['1.2345E+3', '1234.5'],
  ])('%s is %s', (raw, text) => expect(decimalText(raw, '.')).toBe(text));
});

describe('files that cannot be read say what to do', () => {
  const failure = async (bytes: Uint8Array | string) => {
    const file = path.join(dir, 'bad.xlsx');
    await writeFile(file, bytes);
    return read(file).then(
      () => 'was read',
      (error: Error) => error.message,
    );
  };
  test('protected by a password, or of an old Excel', async () => {
    expect(await failure(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toContain('protected by a password, or it is an old XLS file');
  });
  test('damaged, cut off, or another kind of archive', async () => {
    const whole = new Uint8Array(await writeXlsxFile([head, row()] as SheetData, {}).toBuffer());
    expect(await failure(whole.subarray(0, whole.length / 2))).toContain('damaged or no XLSX file');
    expect(await failure(zipSync({ 'hello.txt': strToU8('hello') }))).toContain('damaged or no XLSX file');
  });
  test('200 columns, an empty sheet, a sheet that is not there', async () => {
    const wide = Array.from({ length: 200 }, (_, i) => ({ value: `column ${i}` }));
    await expect(read(await write([wide, wide]))).rejects.toThrow('The sheet has 200 columns; at most 100');
    await expect(read(await write([[null]]))).rejects.toThrow('The sheet is empty');
    await expect(read(await write([head, row()]), template, 'Nope')).rejects.toThrow('no sheet "Nope"');
    expect(await read(await write([head, row()]), template, 'Items')).toHaveLength(1);
  });
  test('one that unpacks to very much', async () => {
    const bomb = Buffer.from(await writeXlsxFile([head, row()] as SheetData, {}).toBuffer());
    // The size that the archive's directory states for the sheet: 24 bytes into its entry, in which the name begins at 46.
    bomb.writeUInt32LE(201_000_000, bomb.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 24);
    expect(await failure(bomb)).toContain('unpacks to more than 200 MB');
  });
  test('one far too large', async () => {
    expect(await failure(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(21_000_000)]))).toContain('may have 20 MB');
  });
});
