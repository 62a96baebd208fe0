import { around, book, cell, column, inRow, type Kind, MB } from './p20-sheets.ts';
import { HEAD, HEAD_ROW, RELATIONS, relation, relsOf, sheetOf, workbookOf } from './p20-zip.ts';

/** What a cell may say of itself. */
const ADDRESSES = [
  '',
  'A',
  '2',
  'A0',
  'A-2',
  'a2',
  '2A',
  'A2:B2',
  'A1',
  'A3',
  'XFE2',
  'A1048577',
  'A2e9',
  '$A$2',
  '\uff212',
  'A 2',
  `${'A'.repeat(100_000)}2`,
  `A${'2'.repeat(100_000)}`,
  '__proto__',
];
const ROWS = ['0', '-1', '1.5', '1e999', 'NaN', '0x10', '1048577', '99999999999999999999', '', '1'];
const NUMBERS = [
  '1e308',
  '-1e308',
  '1e-308',
  '1E999999999',
  'NaN',
  'Infinity',
  '0x1F',
  '1_000',
  '.',
  '+',
  'e',
  '1e',
  '--1',
  '\u0661\u0662',
  '9'.repeat(500),
  '9'.repeat(900_000),
  `0.${'0'.repeat(900_000)}1`,
  `${'0'.repeat(900_000)}1`,
];
const DATES = ['-1', '0', '60', '2958466', '1e9', '1e300', '-1e300', 'NaN', 'x'];
const TYPES = [
  ' t="s"><v>-1',
  ' t="s"><v>1000000000',
  ' t="s"><v>1.5',
  ' t="s"><v>x',
  ' t="s"><v>__proto__',
  ' t="b"><v>2',
  ' t="d"><v>9999-99-99',
  ' t="d"><v>+275760-09-14',
  ' t="x"><v>1',
  ' t="inlineStr"><v>1',
  ' t="e"><v>#N/A',
  ' t="constructor"><v>1',
  ' s="-1"><v>1',
  ' s="1000000"><v>1',
  ' s="x"><v>1',
];
const odd: Kind[] = [
  ...ADDRESSES.map((at, n) => book(`the cell address no. ${n} ${at.slice(0, 12)}`, () => ({ sheet: inRow(cell(at, '1')) }))),
  ...ROWS.map((r) => book(`the row number "${r}"`, () => ({ sheet: sheetOf(`${HEAD_ROW}<row r="${r}"><c><v>1</v></c></row>`) }))),
  ...NUMBERS.map((number, n) =>
    book(`the number no. ${n} ${number.slice(0, 12)}`, () => ({
      sheet: inRow(HEAD.map((_, c) => cell(`${column(c)}2`, number)).join('')),
    })),
  ),
  ...DATES.map((number) =>
    book(`the date ${number}`, () => ({ sheet: inRow(HEAD.map((_, c) => cell(`${column(c)}2`, number, ' s="1"')).join('')) })),
  ),
  ...TYPES.map((type) => book(`the cell${type}`, () => ({ sheet: inRow(`<c r="A2"${type}</v></c>`) }))),
];

const XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
const LAUGHS = `<!DOCTYPE a [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY ${'a'.repeat(n + 2)} "${`&${'a'.repeat(n + 1)};`.repeat(10)}">`).join('')}]>`;
const TEXTS: readonly [string, string | Buffer][] = [
  ['an entity that reads a file', `${XXE}<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&x;</v></c></row></sheetData></worksheet>`],
  [
    'a billion laughs',
    `${LAUGHS}<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&${'a'.repeat(31)};</v></c></row></sheetData></worksheet>`,
  ],
  [
    'an entity of 500 kB, named 400 times',
    `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(500_000)}">]><worksheet>${'&a;'.repeat(400)}</worksheet>`,
  ],
  ['an entity of another server', '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><worksheet/>'],
  ['a parameter entity', '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://192.0.2.1/b"> %b;]><worksheet/>'],
  [
    'entities nobody declared',
    `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>${'&nbsp;'.repeat(100_000)}</v></c></row></sheetData></worksheet>`,
  ],
  ['half characters', sheetOf(`<row r="1"><c t="str"><v>${'&#xD800;'.repeat(4000)}</v></c></row>`)],
  ['a character beyond all', sheetOf(`<row r="1"><c t="str"><v>&#x${'F'.repeat(100_000)};</v></c></row>`)],
  ['UTF-16', Buffer.from(`\ufeff${sheetOf(HEAD_ROW)}`, 'utf16le')],
  ['UTF-16 of half a character', Buffer.concat([Buffer.from('\ufeff<worksheet>', 'utf16le'), Buffer.from([0, 0xd8])])],
  ['bytes that are no UTF-8', sheetOf(around('<row r="1"><c t="str"><v>', Buffer.alloc(10_000, 0xc0), '</v></c></row>'))],
  ['NULs', sheetOf(around('<row r="1"><c t="str"><v>', Buffer.alloc(900_000, 0), '</v></c></row>'))],
  ['NULs alone', Buffer.alloc(100 * MB)],
  ['nothing', ''],
  ['a root only', '<worksheet'],
  ['tags that cross', sheetOf('<row><c></row></c>')],
  ['JSON', '{"sheetData":[]}'],
  ['HTML', '<html><table><tr><td>1</td></tr></table></html>'],
];
const texts: Kind[] = TEXTS.flatMap(([what, text], n) => [
  book(`a sheet of ${what}`, () => ({ sheet: text }), n === 1 ? true : undefined),
  book(`a workbook of ${what}`, () => ({ workbook: text })),
  book(`shared texts of ${what}`, () => ({ strings: text })),
]);

const TARGETS = [
  'workbook.xml',
  '_rels/workbook.xml.rels',
  'sharedStrings.xml',
  'styles.xml',
  '../../../../etc/passwd',
  '/etc/passwd',
  'file:///etc/passwd',
  'http://192.0.2.1/sheet1.xml',
  '\\\\192.0.2.1\\share',
  '',
  '.',
  '../xl/worksheets/sheet1.xml',
  'worksheets/none.xml',
  '__proto__',
];
const relations: Kind[] = [
  ...TARGETS.map((target) => book(`a sheet that lies at "${target}"`, () => ({ rels: relsOf(relation('rId1', 'worksheet', target)) }))),
  book('shared texts that are the sheet', () => ({
    rels: relsOf(`${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'sharedStrings', 'worksheets/sheet1.xml')}`),
  })),
  book('an external sheet', () => ({ rels: relsOf(relation('rId1', 'worksheet', 'https://192.0.2.1/a.xml', ' TargetMode="External"')) })),
  book('two sheets of one id', () => ({ rels: relsOf(RELATIONS + relation('rId1', 'worksheet', 'worksheets/none.xml')) })),
  book('no relations', () => ({ rels: null })),
  book('no workbook', () => ({ workbook: null })),
  book('no sheet', () => ({ sheet: null })),
  book('a workbook without sheets', () => ({ workbook: workbookOf('') })),
  book('results that are computed anew', () => ({
    workbook: workbookOf('<sheets><sheet name="x" r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/>'),
    sheet: inRow('<c r="A2"><f>1</f><v>1</v></c>'),
  })),
];

export const CELLS: readonly Kind[] = [...odd, ...texts, ...relations];
