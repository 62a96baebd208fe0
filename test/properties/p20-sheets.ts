import {
  HEAD,
  HEAD_ROW,
  many,
  RELATIONS,
  relation,
  relsOf,
  sheetOf,
  stringsOf,
  stylesOf,
  type Workbook,
  workbookOf,
  xlsx,
} from './p20-zip.ts';

/** A kind of hostile file. `worst`: also tried at the size of the tests. */
export interface Kind {
  readonly name: string;
  readonly bytes: () => Buffer;
  readonly worst?: true;
}

const MB = 1_000_000;
const book = (name: string, workbook: () => Workbook, worst?: true): Kind => ({
  name: `xlsx: ${name}`,
  bytes: () => xlsx(workbook()),
  ...(worst && { worst }),
});
const around = (before: string, middle: Buffer, behind: string) => Buffer.concat([Buffer.from(before), middle, Buffer.from(behind)]);
const inRow = (inner: string | Buffer) => sheetOf(around(`${HEAD_ROW}<row r="2">`, Buffer.from(inner as Buffer), '</row>'));

/** One thing without end, in each place where something may stand. After billion laughs, XmlBomb and sax-js's MAX_BUFFER_LENGTH. */
const PLACES: readonly [place: string, with_: (filling: Buffer) => Workbook][] = [
  ['text of a cell', (it) => ({ sheet: inRow(around('<c r="A2" t="str"><v>', it, '</v></c>')) })],
  ['a cell between its tags', (it) => ({ sheet: inRow(around('<c r="A2"><f/>', it, '</c>')) })],
  ['a row between its cells', (it) => ({ sheet: inRow(it) })],
  ['a sheet between its rows', (it) => ({ sheet: sheetOf(around(HEAD_ROW, it, '')) })],
  ['a comment', (it) => ({ sheet: sheetOf(around(`${HEAD_ROW}<!--`, it, '-->')) })],
  ['a processing instruction', (it) => ({ sheet: sheetOf(around(`${HEAD_ROW}<?a `, it, '?>')) })],
  ['CDATA of a cell', (it) => ({ sheet: inRow(around('<c r="A2" t="str"><v><![CDATA[', it, ']]></v></c>')) })],
  ['an attribute of a cell', (it) => ({ sheet: inRow(around('<c r="A2" x="', it, '"><v>1</v></c>')) })],
  ['a tag without attributes', (it) => ({ sheet: inRow(around('<c r="A2" ', it, '><v>1</v></c>')) })],
  ['a closing tag', (it) => ({ sheet: inRow(around('<c r="A2"><v>1</v', it, '></c>')) })],
  ['a tag that never closes', (it) => ({ sheet: inRow(around('<c r="A2" x="', it, '')) })],
  ['a document type', (it) => ({ sheet: around('<!DOCTYPE a [', it, ']><worksheet/>') })],
  ['before the root', (it) => ({ sheet: around('', it, '<worksheet/>') })],
  ['after the root', (it) => ({ sheet: around('<worksheet/>', it, '') })],
  ['a formula', (it) => ({ sheet: inRow(around('<c r="A2"><f>', it, '</f><v>1</v></c>')) })],
  ['a shared text', (it) => ({ strings: stringsOf(around('<si><t>', it, '</t></si>')) })],
  ['a number format', (it) => ({ styles: stylesOf(around('<numFmts><numFmt numFmtId="164" formatCode="', it, '"/></numFmts>')) })],
  ['the name of a sheet', (it) => ({ workbook: workbookOf(around('<sheets><sheet r:id="rId1" name="', it, '"/></sheets>')) })],
  ['the target of a relation', (it) => ({ rels: relsOf(around('<Relationship Id="rId1" Target="', it, '"/>')) })],
];
const endless: Kind[] = PLACES.flatMap(([place, made], n) => [
  book(`100 MB of blanks in ${place}`, () => made(many(' ', 100 * MB)), n < 2 ? true : undefined),
  book(`900 kB of blanks in ${place}`, () => made(many(' ', 900_000))),
  book(`900 kB of letters in ${place}`, () => made(many('x', 900_000))),
]);

/** Small things without number, wherever they stand. */
const REPEATED: readonly [what: string, with_: (bytes: number) => Workbook, bytes?: number][] = [
  ['cells without an address', (n) => ({ sheet: inRow(many('<c/>', n)) })],
  ['cells at one address', (n) => ({ sheet: inRow(many('<c r="A2"/>', n)) })],
  ['rows without a number', (n) => ({ sheet: sheetOf(many('<row/>', n)) })],
  ['rows of number 1', (n) => ({ sheet: sheetOf(many('<row r="1"/>', n)) })],
  ['elements in each other', (n) => ({ sheet: sheetOf(many('<aaaaaaaaaaaaaaaa>', n)) })],
  ['rows in each other', (n) => ({ sheet: sheetOf(many('<row>', n)) })],
  ['cells in each other', (n) => ({ sheet: inRow(many('<c>', n)) })],
  ['closing tags', (n) => ({ sheet: sheetOf(many('</a>', n)) })],
  ['values in one cell', (n) => ({ sheet: inRow(around('<c r="A2" t="str">', many('<v>abc</v>', n), '</c>')) })],
  ['formulas in one cell', (n) => ({ sheet: inRow(around('<c r="A2">', many('<f/>', n), '</c>')) })],
  ['comments', (n) => ({ sheet: sheetOf(many('<!---->', n)) })],
  ['comments of quotes', (n) => ({ sheet: sheetOf(many('<!--"\'-->', n)) })],
  ['processing instructions', (n) => ({ sheet: sheetOf(many('<?a?>', n)) })],
  ['CDATA in one cell', (n) => ({ sheet: inRow(around('<c r="A2" t="str"><v>', many('<![CDATA[x]]>', n), '</v></c>')) })],
  ['declarations', (n) => ({ sheet: sheetOf(many('<!A>', n)) })],
  ['merged cells', (n) => ({ sheet: sheetOf(HEAD_ROW, `<mergeCells>${many('<mergeCell ref="A1:XFD1048576"/>', n)}</mergeCells>`) })],
  ['links', (n) => ({ sheet: sheetOf(HEAD_ROW, `<hyperlinks>${many('<hyperlink ref="A1" r:id="x"/>', n)}</hyperlinks>`) })],
  [
    'conditional formats',
    (n) => ({ sheet: sheetOf(HEAD_ROW, many('<conditionalFormatting sqref="A1"><cfRule/></conditionalFormatting>', n).toString()) }),
  ],
  ['validations', (n) => ({ sheet: sheetOf(HEAD_ROW, many('<dataValidation sqref="A1:A9"/>', n).toString()) })],
  ['columns', (n) => ({ sheet: around('<worksheet><cols>', many('<col min="1" max="16384"/>', n), '</cols></worksheet>') })],
  ['empty shared texts', (n) => ({ strings: stringsOf(many('<si/>', n)) })],
  ['shared texts', (n) => ({ strings: stringsOf(many('<si><t>abc</t></si>', n)) })],
  ['long shared texts', (n) => ({ strings: stringsOf(many(`<si><t>${'long '.repeat(6000)}</t></si>`, n)) })],
  ['runs in one shared text', (n) => ({ strings: stringsOf(around('<si>', many('<r><t>abc</t></r>', n), '</si>')) })],
  ['readings in one shared text', (n) => ({ strings: stringsOf(around('<si>', many('<rPh><t>a</t></rPh>', n), '</si>')) })],
  ['styles', (n) => ({ styles: stylesOf(around('<cellXfs>', many('<xf numFmtId="14"/>', n), '</cellXfs>')) })],
  ['named styles', (n) => ({ styles: stylesOf(around('<cellStyleXfs>', many('<xf/>', n), '</cellStyleXfs>')) })],
  ['fonts', (n) => ({ styles: stylesOf(many('<font><sz val="11"/></font>', n)) })],
  ['sheets in the list', (n) => ({ workbook: workbookOf(many('<sheet name="x" r:id="y"/>', n)) })],
  ['defined names', (n) => ({ workbook: workbookOf(many('<definedName name="x">A1</definedName>', n)) })],
  ['relations', (n) => ({ rels: relsOf(many('<Relationship Id="x" Type="y" Target="z"/>', n)) })],
  ['relations to sheets', (n) => ({ rels: relsOf(many(relation('rId9', 'worksheet', 'a.xml'), n)) })],
  ['references to &', (n) => ({ sheet: inRow(around('<c r="A2" t="str"><v>', many('&amp;', n), '</v></c>')) }), 900_000],
  ['references by number', (n) => ({ sheet: inRow(around('<c r="A2" t="str"><v>', many('&#x41;', n), '</v></c>')) }), 900_000],
  ['half references', (n) => ({ sheet: inRow(around('<c r="A2" t="str"><v>', many('&#', n), '</v></c>')) }), 900_000],
  ['ampersands', (n) => ({ sheet: inRow(around('<c r="A2" t="str"><v>', many('&', n), '</v></c>')) }), 900_000],
  ['escapes', (n) => ({ sheet: inRow(around('<c r="A2" t="str"><v>', many('_x', n), '</v></c>')) }), 900_000],
  ['quotes in a tag', (n) => ({ sheet: inRow(around('<c r="A2" ', many('"', n), '/>')) }), 900_000],
  ['two quotes in a tag', (n) => ({ sheet: inRow(around('<c r="A2" ', many('"\'', n), '/>')) }), 900_000],
  [
    'attributes',
    (n) => ({ sheet: inRow(around('<c r="A2" ', Buffer.from(Array.from({ length: n / 10 }, (_, i) => `a${i}="" `).join('')), '/>')) }),
    900_000,
  ],
  ['attributes of one name', (n) => ({ sheet: inRow(around('<c r="A2" ', many('a="" ', n), '/>')) }), 900_000],
  ['equals signs', (n) => ({ sheet: inRow(around('<c ', many('=', n), '/>')) }), 900_000],
  [
    'name spaces',
    (n) => ({
      sheet: around('<worksheet ', Buffer.from(Array.from({ length: n / 20 }, (_, i) => `xmlns:a${i}="urn:${i}" `).join('')), '/>'),
    }),
    900_000,
  ],
  ['prefixes', (n) => ({ sheet: sheetOf(around('<', many('a:', n), 'row/>')) }), 900_000],
  [
    'brackets in a format',
    (n) => ({
      styles: stylesOf(around('<numFmt numFmtId="164" formatCode="', many('[', n), '"/><cellXfs><xf numFmtId="164"/></cellXfs>')),
    }),
    900_000,
  ],
  [
    'quotes in a format',
    (n) => ({
      styles: stylesOf(around('<numFmt numFmtId="164" formatCode=\'', many('"', n), '\'/><cellXfs><xf numFmtId="164"/></cellXfs>')),
    }),
    900_000,
  ],
  ['unclosed cells with a formula', (n) => ({ sheet: inRow(many('<c><f/> ', n)) })],
  ['opened cells', (n) => ({ sheet: inRow(many('<c ', n)) }), 900_000],
];
const WORST = new Set(['elements in each other', 'long shared texts', 'two quotes in a tag', 'brackets in a format']);
const repeated: Kind[] = REPEATED.map(([what, made, bytes = 40 * MB]) =>
  book(`${bytes / MB} MB of ${what}`, () => made(bytes), WORST.has(what) ? true : undefined),
);

/** As large as a file may be, and its like. */
const cell = (at: string, value: string, more = '') => `<c r="${at}"${more}><v>${value}</v></c>`;
const rows = (count: number, of: (row: number) => string) =>
  Buffer.from(Array.from({ length: count }, (_, n) => `<row r="${n + 2}">${of(n + 2)}</row>`).join(''));
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const column = (n: number) => (n < 26 ? LETTERS[n]! : `${LETTERS[Math.floor(n / 26) - 1]}${LETTERS[n % 26]}`);
const large: Kind[] = [
  book('one cell at ZZZZZ99999999', () => ({ sheet: inRow(cell('ZZZZZ99999999', '1')) }), true),
  book('one cell at XFD1048576', () => ({ sheet: sheetOf(`${HEAD_ROW}<row r="1048576">${cell('XFD1048576', '1')}</row>`) }), true),
  // The pattern that looked for formulas without results took the square of this.
  book('two million blanks behind a formula', () => ({ sheet: inRow(around('<c r="A2"><f/>', many(' ', 2 * MB), 'x</c>')) }), true),
  book('a dimension of everything', () => ({
    sheet: Buffer.from(sheetOf(HEAD_ROW).toString().replace('<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>')),
  })),
  book('a million empty rows', () => ({ sheet: sheetOf(rows(1_000_000, () => '')) })),
  book('a million rows of one cell', () => ({ sheet: sheetOf(rows(1_000_000, (n) => cell(`A${n}`, '1'))) })),
  book('a row of 16,384 cells', () => ({ sheet: inRow(Buffer.from(Array.from({ length: 16_384 }, () => '<c><v>1</v></c>').join(''))) })),
  book('100,000 rows of 16 columns', () => ({
    sheet: sheetOf(rows(100_000, (n) => Array.from({ length: 16 }, (_, c) => cell(`${column(c)}${n}`, '1')).join(''))),
  })),
  book('30,000 rows whose last cell is in column CV', () => ({ sheet: sheetOf(rows(30_000, (n) => cell(`CV${n}`, '1'))) })),
  book(
    'one text of 32,767 characters in 600,000 cells',
    () => ({
      strings: stringsOf(`<si><t>${'x'.repeat(32_767)}</t></si>`),
      sheet: sheetOf(
        around(
          HEAD_ROW,
          rows(6_000, () => '<c t="s"><v>0</v></c>'.repeat(100)),
          '',
        ),
      ),
    }),
    true,
  ),
  book(
    '100 MB of shared texts, none alike',
    () => ({
      strings: stringsOf(
        Buffer.from(Array.from({ length: 1_000_000 }, (_, n) => `<si><t>${String(n).padStart(80, 'text ')}</t></si>`).join('')),
      ),
    }),
    true,
  ),
  book('a million formulas without results', () => ({
    sheet: sheetOf(
      around(
        HEAD_ROW,
        rows(1_000_000, (n) => `<c r="A${n}"><f>A1</f></c>`),
        '',
      ),
    ),
  })),
  book('marks in the wrong order', () => ({
    sheet: sheetOf(
      around(
        HEAD_ROW,
        rows(40, (n) => cell(`A${n}`, `a${'\u0301\u0316'.repeat(16_000)}`, ' t="str"')),
        '',
      ),
    ),
  })),
];

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

export const SHEETS: readonly Kind[] = [...endless, ...repeated, ...large, ...odd, ...texts, ...relations];
