import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCsv } from '../../src/importing/csv-table.ts';
import { inspectTextFile } from '../../src/importing/text-file.ts';
import { SourceUnreadable } from '../../src/ledger/import.port.ts';

let dir: string;
let files = 0;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-csv-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function read(text: string | Buffer, mapping: Partial<Parameters<typeof openCsv>[1]> & { encoding?: 'utf-8' | 'utf-16le' } = {}) {
  files += 1;
  const file = path.join(dir, `${files}.csv`);
  await writeFile(file, text);
  const table = await openCsv(await inspectTextFile(file, mapping.encoding), { quote: '"', delimiter: undefined, ...mapping });
  const rows: [number, ...string[]][] = [];
  for await (const { line, cells } of table.rows) rows.push([line, ...cells]);
  return { headers: table.headers, rows };
}

describe('rows and lines', () => {
  test('a quoted text may span lines; a row has the line it begins on', async () => {
    const { headers, rows } = await read('name,note\r\nAcme,"one\r\ntwo"\r\n\r\nBolt,"say ""hi"", then"\r\n');
    expect(headers).toEqual(['name', 'note']);
    expect(rows).toEqual([
      [2, 'Acme', 'one\r\ntwo'],
      [5, 'Bolt', 'say "hi", then'],
    ]);
  });

  test('rows of empty cells are no rows, the last line needs no end', async () => {
    expect((await read('a,b\n,\n1,2\n,\n3,4')).rows).toEqual([
      [3, '1', '2'],
      [5, '3', '4'],
    ]);
  });

  test('line ends of old Macs are known', async () => {
    expect((await read('a,b\r1,2\r3,4')).rows).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
    ]);
  });

  test.each([[','], [';'], ['\t'], ['|']])('the delimiter %j is found in the header, outside quotes', async (delimiter) => {
    const header = ['number', '"total, net; or so | gross"', 'due'].join(delimiter);
    expect((await read(`${header}\n${['1', '2', '3'].join(delimiter)}`)).rows).toEqual([[2, '1', '2', '3']]);
  });

  test('a declared delimiter is believed', async () => {
    expect((await read('a;b,c\n1;2,3', { delimiter: ',' })).headers).toEqual(['a;b', 'c']);
  });

  test('what Excel writes to say its separator is no row', async () => {
    expect(await read('sep=;\na;b\n1,5;2\n')).toEqual({ headers: ['a', 'b'], rows: [[3, '1,5', '2']] });
    expect(await read('sep=|\r\na|b\r\n1,5|2\r\n')).toMatchObject({ headers: ['a', 'b'], rows: [[3, '1,5', '2']] });
  });

  test('="00123" is the text that it protects, wherever the reading buffer is cut', async () => {
    expect((await read('a,b\n="00123",="x"\n1,"a=""b"""\n')).rows).toEqual([
      [2, '00123', 'x'],
      [3, '1', 'a="b"'],
    ]);
    const long = Array.from({ length: 40_000 }, (_, i) => `="${String(i).padStart(9, '0')}"`);
    const { rows } = await read(`a\n${long.join('\n')}\n`);
    expect(rows.filter(([, cell], i) => cell !== String(i).padStart(9, '0'))).toEqual([]);
  });

  test('where quotes mean nothing they stay', async () => {
    expect((await read('a\tb\nMüller "Bau" GmbH\t5"', { quote: '' })).rows).toEqual([[2, 'Müller "Bau" GmbH', '5"']]);
  });
});

describe('encodings', () => {
  const text = 'Name;Betrag\nMüller & Söhne;12,50 €\n';
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['Windows Latin-1', iconv.encode(text, 'windows-1252')],
    ['UTF-16 with a mark', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['UTF-16 big-endian with a mark', iconv.encode(text, 'utf-16be', { addBOM: true })],
  ])('%s', async (_, bytes) => {
    expect(await read(bytes)).toEqual({ headers: ['Name', 'Betrag'], rows: [[2, 'Müller & Söhne', '12,50 €']] });
  });

  test('UTF-16 without a mark is read when declared', async () => {
    expect((await read(iconv.encode(text, 'utf-16le'), { encoding: 'utf-16le' })).rows).toEqual([[2, 'Müller & Söhne', '12,50 €']]);
  });

  test.each(['utf-16le', 'utf-16be'])('%s without a mark is known by its zeros', async (encoding) => {
    expect(await read(iconv.encode(text, encoding))).toEqual({ headers: ['Name', 'Betrag'], rows: [[2, 'Müller & Söhne', '12,50 €']] });
  });

  test.each([
    ['windows-1250', 'Zakład Łódź Sp. z o.o.;Škoda Příbram'],
    ['macroman', 'Müller & Söhne;Café Élan'],
    ['iso-8859-15', 'Müller & Söhne €uro;Citroën Cœur'],
  ])('%s is known by its words, and that is said', async (encoding, names) => {
    const file = path.join(dir, `${encoding}.csv`);
    await writeFile(file, iconv.encode(`a;b\n${names}\n`, encoding));
    const inspected = await inspectTextFile(file, undefined);
    expect(inspected.evidence).toMatch(/^Not UTF-8; read as/);
    expect((await Array.fromAsync((await openCsv(inspected, { quote: '"' })).rows))[0]!.cells.join(';')).toBe(names);
  });

  test('a letter cut where the look ends leaves UTF-8 what it is', async () => {
    const { rows } = await read(`a\n${`${'x'.repeat(1023)}\n`.repeat(1023)}${'x'.repeat(1021)}ü\n`);
    expect(rows.at(-1)!.at(-1)).toMatch(/xü$/);
  });

  test('a Latin-1 letter far down makes the whole file Latin-1', async () => {
    const long = `a\n${'x\n'.repeat(300_000)}`;
    const { rows } = await read(Buffer.concat([Buffer.from(long), Buffer.from([0xfc, 0x0a])]));
    expect(rows.at(-1)).toEqual([300_002, 'ü']);
  });

  test('a UTF-8 letter cut by the reading buffer is no fault', async () => {
    const { rows } = await read(`a\n${'x'.repeat(262_141)}ü\n`);
    expect(rows[0]![1]!.endsWith('xü')).toBe(true);
  });

  test('a file that is not what its mapping declares is refused', async () => {
    await expect(read(iconv.encode(text, 'latin1'), { encoding: 'utf-8' })).rejects.toThrow(
      /not UTF-8 although its mapping says so. Nothing was imported/,
    );
  });
});

describe('files that cannot be read are refused with the line', () => {
  test.each([
    ['a quote inside a text', 'a,b\n1,x\n2,y "z" y\n', /Line 3 has a quote in the middle of a text.*"quote"/],
    ['text after a closing quote', 'a,b\n1,"x" y\n', /Line 2 has a quote/],
    ['a quote that never closes', 'a,b\n1,x\n2,"y\n3,z\n', /begins on line 3 or soon after never ends/],
    [
      'a quote that would swallow megabytes',
      `a,b\n1,"${'x\n'.repeat(700_000)}`,
      /on line 2 or soon after is longer than 1 MB: perhaps a quoted text in it never ends/,
    ],
    ['nothing', '', /is empty/],
    ['empty lines', '\n\n', /no header line/],
  ])('%s', async (_, text, message) => {
    const reading = read(text);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toBeInstanceOf(SourceUnreadable);
  });

  test('no file, a folder', async () => {
    await expect(inspectTextFile(path.join(dir, 'none.csv'), undefined)).rejects.toThrow(/no such file.*none\.csv\. Nothing was imported/);
    await expect(inspectTextFile(dir, undefined)).rejects.toThrow(/is a folder/);
  });

  test('a file that changed since it was looked at', async () => {
    const file = path.join(dir, 'changing.csv');
    await writeFile(file, 'a\n1\n');
    const inspected = await inspectTextFile(file, undefined);
    await writeFile(file, 'a\n2\n');
    const { rows } = await openCsv(inspected, { quote: '"', delimiter: ',' });
    await expect(Array.fromAsync(rows)).rejects.toThrow(/changed while it was read/);
  });
});
