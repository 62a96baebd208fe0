import { randomBytes } from 'node:crypto';
import type { Kind } from './p20-sheets.ts';
import { HEAD, many } from './p20-zip.ts';

const kind = (name: string, bytes: () => Buffer, worst?: true): Kind => ({ name: `csv: ${name}`, bytes, ...(worst && { worst }) });
const MB = 1_000_000;
/** Slack's own limit for us: nothing larger is downloaded. */
const MOST = 19 * MB;
const TOP = `${HEAD.join(',')}\n`;
const under = (piece: string, bytes = MOST) => Buffer.concat([Buffer.from(TOP), many(piece, bytes)]);
const row = (cells: Readonly<Record<string, string>>) =>
  `${HEAD.map((name) => cells[name] ?? { account: 'C1', number: 'I1', currency: 'EUR', total: '1.00', issued: '2026-01-01', due: '2026-01-31' }[name]).join(',')}\n`;
/** Honest rows whose one cell is not: they come as far as the ledger's own readers. */
const hostileCells = (name: string, value: string) =>
  kind(`${name} of ${value.slice(0, 6)} ${value.length}`, () => under(row({ [name]: value }), 5 * MB));
const LONG = 32_000;
const VALUES = [
  `${'0'.repeat(LONG)}1`,
  `1.${'0'.repeat(LONG)}1`,
  `(${'1'.repeat(LONG)}`,
  `${' '.repeat(LONG)}1`,
  `${'1,'.repeat(LONG / 2)}x`,
  `${'-'.repeat(LONG)}`,
  `2026-01-01T00:00:00.${'0'.repeat(LONG)}1`,
  `a${'\u0301\u0316'.repeat(LONG / 2)}`,
  `${'a.'.repeat(LONG / 2)}@`,
  '1e400',
  '99999999999999999999',
  '9999-99-99',
  '00/00/0000',
];

/** Sources: the Big List of Naughty Strings (https://github.com/minimaxir/big-list-of-naughty-strings), csv-spectrum (https://github.com/max-mapper/csv-spectrum), OWASP's page on CSV injection. */
export const TEXTS: readonly Kind[] = [
  kind('a quote that never ends', () => under('"x,', MOST).subarray(0, MOST), true),
  kind('one quote, then rows', () => Buffer.concat([Buffer.from(`${TOP}"`), many('C1,I1,EUR,1,2026-01-01,2026-01-31\n', MOST)]), true),
  kind('quotes', () => many('"', MOST), true),
  kind('quotes under a header', () => under('"')),
  kind('doubled quotes in one cell', () => Buffer.concat([Buffer.from(`${TOP}"`), many('""', 1_000_000), Buffer.from('"\n')])),
  kind('quotes in the middle of texts', () => under('a"b,')),
  kind('quotes and commas', () => under('"",')),
  kind('quotes and line ends', () => under('"\n')),
  kind('quoted line ends', () => under('"\r\n\r\n",1\n')),
  kind('other quotes', () => under("'x','")),
  kind('commas', () => many(',', MOST)),
  kind('commas under a header', () => under(',', MOST)),
  kind('lines of commas', () => under(`${','.repeat(5000)}\n`)),
  kind('semicolons, tabs and bars', () => many(',;\t|', MOST)),
  kind('line ends', () => many('\n', MOST)),
  kind('line ends of old Macs', () => many('\r', MOST)),
  kind('line ends of Windows', () => many('\r\n', MOST)),
  kind('mixed line ends', () => under('a\rb\nc\r\nd\n\r')),
  kind('line ends of Unicode', () => under('\u2028\u2029\u0085')),
  kind('blanks', () => many(' ', MOST)),
  kind('blanks under a header', () => under(' ')),
  kind('one line without end', () => many('x', MOST), true),
  kind('one line under a header', () => under('x')),
  kind('a record a little below a megabyte', () => under(`${'x'.repeat(1_048_000)}\n`)),
  kind('a record a little above', () => under(`${'x'.repeat(1_049_000)}\n`)),
  kind('a million columns', () => Buffer.from(`${'a,'.repeat(500_000)}a\n1\n`), true),
  kind('1,001 columns', () => Buffer.from(`${Array.from({ length: 1001 }, (_, n) => `c${n}`).join(',')}\n1\n`), true),
  kind('a header of 900 kB', () => Buffer.from(`${'x'.repeat(900_000)},b\n1,2\n`)),
  kind('a header in the wrong order of marks', () => Buffer.from(`a${'\u0301\u0316'.repeat(200_000)},b\n1,2\n`)),
  kind('records in the wrong order of marks', () => under(`a${'\u0301\u0316'.repeat(200_000)},b\n`)),
  kind('a header ten thousand times', () => many(TOP, 500_000)),
  kind('no header', () => Buffer.from('\n\n\n')),
  kind('a header alone', () => Buffer.from(TOP), true),
  kind('ten million rows of one letter', () => many('a\n', MOST)),
  kind('rows of every length', () => Buffer.from(`${TOP}${Array.from({ length: 3000 }, (_, n) => `${'a,'.repeat(n)}\n`).join('')}`)),
  kind('NULs', () => Buffer.alloc(MOST), true),
  kind('NULs in the cells', () => under('a\0b,\0\n')),
  kind('control characters', () => under(Array.from({ length: 32 }, (_, n) => String.fromCharCode(n)).join(''))),
  kind('UTF-16 of an odd number of bytes', () => Buffer.from(`\ufeff${TOP}`, 'utf16le').subarray(0, -1)),
  kind('UTF-16 of half characters', () => Buffer.concat([Buffer.from([0xff, 0xfe]), many('\0\xd8', MOST)])),
  kind('UTF-16 of the other order, cut off', () => Buffer.from([0xfe, 0xff, 0, 97, 0xd8])),
  kind('a mark of UTF-16 before UTF-8', () => Buffer.concat([Buffer.from([0xff, 0xfe]), under('C1,I1\n', MB)])),
  kind('UTF-32', () => Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), many('a\0\0\0', MB)])),
  kind('a mark alone', () => Buffer.from([0xef, 0xbb, 0xbf])),
  kind('marks without number', () => many('\ufeff', MOST)),
  kind('overlong UTF-8', () => many('\xc0\x80\xe0\x80\x80', MB)),
  kind('UTF-8 that breaks at the end', () => Buffer.concat([under('a,b\n', MB), Buffer.from([0xe2, 0x82])])),
  kind('Latin letters', () => Buffer.from(`${TOP}M\xfcller,\xff\xfe\n`, 'latin1')),
  kind('EBCDIC', () => many('\xc1\x6b\xc2\x15', MB)),
  kind('marks that reorder text', () => under('\u202e\u2066C1\u2069,')),
  kind('characters nobody sees', () => under('\u200b\u2060\u{e0041},')),
  kind('families of emoji', () => under('\u{1f468}\u200d\u{1f469}\u200d\u{1f467}')),
  kind('formulas', () => under("=cmd|' /C calc'!A0,@SUM(1),+1,-1\n", MB)),
  kind('markup', () => under('<script>alert(1)</script>,{{7*7}},<%= 7*7 %>\n', MB)),
  kind('backslashes', () => under('\\"\\,\\\n')),
  kind('a line that names its separator', () => Buffer.from(`sep=;\n${TOP}`)),
  kind('JSON', () => Buffer.from(`[${'{"a":['.repeat(200_000)}`)),
  kind('XML', () => Buffer.from(`<a>${'<b>'.repeat(500_000)}`)),
  kind('base64', () => Buffer.from(randomBytes(MB).toString('base64'))),
  kind('anything', () => randomBytes(10 * MB)),
  kind('one byte', () => Buffer.from('a'), true),
  kind('nothing', () => Buffer.alloc(0)),
  kind('names of what every object has', () => Buffer.from(`__proto__,constructor,toString,${TOP}1,2,3\n`)),
  ...VALUES.flatMap((value) => ['total', 'issued', 'account'].map((name) => hostileCells(name, value))),
];
