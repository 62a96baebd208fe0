import { HEAD_ROW, many, relation, relsOf, sheetOf, stringsOf, stylesOf, type Workbook, workbookOf, xlsx } from './p20-zip.ts';

/** A kind of hostile file. `worst`: also tried at the size of the tests. */
export interface Kind {
  readonly name: string;
  readonly bytes: () => Buffer;
  readonly worst?: true;
}

export const MB = 1_000_000;
export const book = (name: string, workbook: () => Workbook, worst?: true): Kind => ({
  name: `xlsx: ${name}`,
  bytes: () => xlsx(workbook()),
  ...(worst && { worst }),
});
export const around = (before: string, middle: Buffer, behind: string) => Buffer.concat([Buffer.from(before), middle, Buffer.from(behind)]);
export const inRow = (inner: string | Buffer) => sheetOf(around(`${HEAD_ROW}<row r="2">`, Buffer.from(inner as Buffer), '</row>'));

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
export const cell = (at: string, value: string, more = '') => `<c r="${at}"${more}><v>${value}</v></c>`;
const rows = (count: number, of: (row: number) => string) =>
  Buffer.from(Array.from({ length: count }, (_, n) => `<row r="${n + 2}">${of(n + 2)}</row>`).join(''));
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const column = (n: number) => (n < 26 ? LETTERS[n]! : `${LETTERS[Math.floor(n / 26) - 1]}${LETTERS[n % 26]}`);
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

export const SHEETS: readonly Kind[] = [...endless, ...repeated, ...large];
