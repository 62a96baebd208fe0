import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { readSheet } from 'read-excel-file/universal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUILT_IN_MAPPINGS } from '../../src/importing/built-in-mappings.ts';
import { decimalText } from '../../src/importing/decimal-text.ts';
import type { TableRow } from '../../src/importing/table.ts';
import { readTable } from '../../src/importing/table-reader.ts';
import { readXlsxRows } from '../../src/importing/xlsx-rows.ts';
import { many, sheetOf, stringsOf, stylesOf, xlsx } from '../properties/p20-zip.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-rows-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function ours(bytes: Buffer): Promise<TableRow[]> {
  const file = path.join(dir, 'rows.xlsx');
  await writeFile(file, bytes);
  const rows: TableRow[] = [];
  await readXlsxRows({ path: file, sheet: undefined, decimal: '.' }, (row) => void rows.push(row));
  return rows;
}

/** As the package reads it: what the importer took until it read spreadsheets itself. */
async function theirs(bytes: Buffer): Promise<TableRow[]> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const data = (await readSheet(buffer, 1, { parseNumber: (raw) => decimalText(raw, '.') })) as unknown as (
    | string
    | boolean
    | Date
    | null
  )[][];
  const text = (cell: string | boolean | Date | null) => {
    if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '#VALUE!' : cell.toISOString().slice(0, 19).replace('T00:00:00', '');
    return cell === null ? '' : String(cell);
  };
  return data.map((cells, n) => ({ line: n + 1, cells: cells.map(text) })).filter(({ cells }) => cells.some((cell) => cell !== ''));
}

const bare = (rows: readonly TableRow[]) =>
  rows.map(({ line, cells }) => [line, ...cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)]);
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Letters of several alphabets, blanks, markup and the escapes of spreadsheets. */
const words = fc
  .array(fc.constantFrom('a', 'Z', '7', ' ', 'é', 'ß', '€', '好', '😀', '&', '<', '>', '"', "'", ']]', '_x000D_', '_x41_', '\t'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
const SHARED = ['shared', ' padded ', '<r>', 'Müller & Söhne', '', '_x0041_'];
const STYLES = ['0', '1', '2', '3', '4', '5', '6'];
const cell = fc.oneof(
  words.map((text) => ` t="str"><v>${escaped(text)}</v>`),
  words.map((text) => ` t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is>`),
  words.map((text) => ` t="inlineStr"><is><r><rPr/><t>${escaped(text)}</t></r><r><t>!</t></r><rPh><t>no</t></rPh></is>`),
  fc.nat(SHARED.length - 1).map((n) => ` t="s"><v>${n}</v>`),
  fc
    .tuple(fc.constantFrom(...STYLES), fc.double({ min: -1e9, max: 1e12, noNaN: true }))
    .map(([style, number]) => ` s="${style}"><v>${number}</v>`),
  fc
    .tuple(fc.constantFrom(...STYLES), fc.integer({ min: 0, max: 80_000 }))
    .map(([style, number]) => ` s="${style}"><f>A1+1</f><v>${number}</v>`),
  fc.boolean().map((yes) => ` t="b"><v>${yes ? 1 : 0}</v>`),
  fc.constantFrom(' s="1">', '><v/>', ' t="str"><f>""</f><v></v>'),
);
const sheet = fc
  .array(fc.array(fc.option(cell), { maxLength: 8 }), { minLength: 1, maxLength: 8 })
  .map((rows) =>
    sheetOf(
      rows
        .map(
          (cells, r) =>
            `<row r="${r * 2 + 1}">${cells.map((each, c) => (each === null ? '' : `<c r="${String.fromCharCode(65 + c)}${r * 2 + 1}"${each}</c>`)).join('')}</row>`,
        )
        .join('\n'),
    ),
  );
const styles = stylesOf(
  '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd;@"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/><numFmt numFmtId="166" formatCode="[$-409]d\\-mmm\\-yy"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="4"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf xfId="1"/></cellXfs>',
);
const strings = stringsOf(SHARED.map((text) => `<si><t>${escaped(text)}</t></si>`).join(''));

test('honest workbooks are read as another reader reads them', async () => {
  await fc.assert(
    fc.asyncProperty(sheet, async (xml) => {
      const bytes = xlsx({ sheet: xml, styles, strings });
      const expected = await theirs(bytes);
      if (expected.length === 0) return void (await expect(ours(bytes)).rejects.toThrow('The sheet is empty'));
      expect(bare(await ours(bytes))).toEqual(bare(expected));
    }),
    { numRuns: 300 },
  );
});

test('what the other reader loses is kept: text in CDATA, around comments, cells without an address', async () => {
  const rows = '<row><c t="str"><v><![CDATA[a<b]]>!</v></c><c><v>1<!-- x -->2</v></c></row><row><c t="str"><v>next</v></c></row>';
  expect(await ours(xlsx({ sheet: sheetOf(rows) }))).toEqual([
    { line: 1, cells: ['a<b!', '12'] },
    { line: 2, cells: ['next', ''] },
  ]);
});

test('a file that is not read in time is refused, and the next one has its turn', async () => {
  const file = path.join(dir, 'slow.xlsx');
  await writeFile(file, xlsx({ sheet: sheetOf(many('<!---->', 100_000_000)) }));
  const mapping = BUILT_IN_MAPPINGS.get('invoices')!;
  const slow = readTable({ path: file, mapping }, { deadlineMs: 200 });
  const honest = path.join(dir, 'honest.xlsx');
  await writeFile(honest, xlsx());
  const next = readTable({ path: honest, mapping });
  await expect(slow).rejects.toThrow(/was not read within .* Nothing was imported/);
  expect(await next).toMatchObject({ rows: 1, headers: ['account', 'number', 'currency', 'total', 'issued', 'due'] });
});

test('reading ends at once when the process stops', async () => {
  const file = path.join(dir, 'stopped.xlsx');
  await writeFile(file, xlsx({ sheet: sheetOf(many('<!---->', 100_000_000)) }));
  const stop = new AbortController();
  const reading = readTable({ path: file, mapping: BUILT_IN_MAPPINGS.get('invoices')! }, { stop: stop.signal });
  stop.abort(new Error('stopping'));
  await expect(reading).rejects.toThrow('stopping');
});
