import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Kind } from './p20-sheets.ts';
import { many, type Part, partsOf, xlsx, zipOf } from './p20-zip.ts';

const kind = (name: string, bytes: () => Buffer, worst?: true): Kind => ({ name: `zip: ${name}`, bytes, ...(worst && { worst }) });
/** The honest workbook with its sheet changed as the archive tells it. */
const sheetTold = (change: Partial<Part>) =>
  zipOf(partsOf().map((part) => (part.name === 'xl/worksheets/sheet1.xml' ? { ...part, ...change } : part)));
const withPart = (...more: Part[]) => zipOf([...partsOf(), ...more]);

/** Cut off, and damaged at one byte in each hundredth. */
const cut: Kind[] = [
  ...[1, 4, 30, 100, 500].map((length) => kind(`cut off after ${length} bytes`, () => xlsx().subarray(0, length))),
  ...[1, 4, 22, 100, 500].map((length) => kind(`without its last ${length} bytes`, () => xlsx().subarray(0, -length))),
  ...Array.from({ length: 20 }, (_, n) =>
    kind(`a byte changed at ${n * 5}%`, () => {
      const bytes = Buffer.from(xlsx());
      bytes[Math.floor((bytes.length * n) / 20)]! ^= 0xff;
      return bytes;
    }),
  ),
];

/** Archives that lie: https://www.bamsoftware.com/hacks/zipbomb/ (parts that overlap), https://research.swtch.com/zip (one that holds itself), and the differences between readers that APPNOTE.TXT leaves. */
const lies: Kind[] = [
  kind('a bomb of a gigabyte', () => sheetTold({ data: Buffer.alloc(1_000_000_000, ' ') }), true),
  kind('a bomb that says it is small', () => sheetTold({ data: Buffer.alloc(190_000_000, ' '), unpacked: 1000 }), true),
  kind('a part that says it has 4 GB', () => sheetTold({ unpacked: 0xfffffffe })),
  kind('a part that says it is empty', () => sheetTold({ unpacked: 0 })),
  kind('a part that says it is packed larger', () => sheetTold({ packed: 0xfffffff0 })),
  kind('a part that says nothing is packed', () => sheetTold({ packed: 0 })),
  kind('another checksum', () => sheetTold({ crc: 1 }), true),
  kind('an encrypted part', () => sheetTold({ flags: 1 }), true),
  kind('a strongly encrypted part', () => sheetTold({ flags: 0x41 })),
  kind('sizes behind the data', () => sheetTold({ flags: 8 })),
  kind('a part packed by method 12', () => sheetTold({ method: 12 })),
  kind('a part packed by method 99', () => sheetTold({ method: 99 })),
  kind('a part not packed at all', () => sheetTold({ method: 0 })),
  kind('another name before the data', () => sheetTold({ localName: 'xl/worksheets/other.xml' })),
  kind('a part that lies beyond the end', () => sheetTold({ offset: 0x7fffffff })),
  kind('a part that lies in the directory', () => sheetTold({ offset: xlsx().length - 100 })),
  kind('all parts in one place', () => zipOf(partsOf().map((part) => ({ ...part, offset: 0 })))),
  kind('two sheets of one name', () => withPart({ name: 'xl/worksheets/sheet1.xml', data: '<worksheet/>' }), true),
  kind('names with backslashes', () => zipOf(partsOf().map((part) => ({ ...part, name: String(part.name).replaceAll('/', '\\') })))),
  kind('names in capitals', () => zipOf(partsOf().map((part) => ({ ...part, name: String(part.name).toUpperCase() })))),
  kind('a name that leads out', () => withPart({ name: '../../../../etc/cron.d/x', data: 'x' })),
  kind('an absolute name', () => withPart({ name: '/etc/passwd', data: 'x' })),
  kind('a name of a drive', () => withPart({ name: 'C:\\x', data: 'x' })),
  kind('a name of NULs', () => withPart({ name: Buffer.alloc(100), data: 'x' })),
  kind('a name of 65,000 letters', () => withPart({ name: 'x'.repeat(65_000), data: 'x' })),
  kind('no name', () => withPart({ name: '', data: 'x' })),
  kind('a link', () => withPart({ name: 'xl/link.xml', data: '/etc/passwd', attributes: 0xa1ff0000 })),
  kind('60,000 parts', () => withPart(...Array.from({ length: 60_000 }, (_, n) => ({ name: `xl/${n}.xml`, data: '', method: 0 }))), true),
  kind('5,000 sheets', () =>
    withPart(...Array.from({ length: 5_000 }, (_, n) => ({ name: `xl/worksheets/s${n}.xml`, data: '<worksheet/>' }))),
  ),
  kind('a directory of 65,535 parts that are not there', () => zipOf(partsOf(), { count: 0xffff })),
  kind('a directory of no parts', () => zipOf(partsOf(), { count: 0 })),
  kind('a directory beyond the end', () => zipOf(partsOf(), { directoryAt: 0x7fffffff })),
  kind('a directory at the beginning', () => zipOf(partsOf(), { directoryAt: 0 })),
  kind('a directory of four gigabytes', () => zipOf(partsOf(), { directoryAt: 0xffffffff })),
  kind('a comment of 65,535 bytes', () => zipOf(partsOf(), { comment: Buffer.alloc(0xffff, 'PK\x05\x06') })),
  kind('an end within the comment', () => zipOf(partsOf(), { comment: zipOf([]) })),
  kind('ends without number', () => Buffer.concat([xlsx(), many('PK\x05\x06', 10_000_000)])),
  kind('data behind its end', () => zipOf(partsOf(), { after: randomBytes(100_000) })),
  kind('an archive in the archive', () => withPart({ name: 'xl/embeddings/a.xlsx', data: xlsx() })),
  kind('archives within archives', () =>
    Array.from({ length: 50 }).reduce<Buffer>((inner) => zipOf([{ name: 'a.zip', data: inner }]), xlsx()),
  ),
  kind('20 MB that do not pack', () => sheetTold({ data: randomBytes(19_900_000), method: 0 })),
  kind('more than 20 MB', () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(21_000_000)])),
  kind('a part of 8 MB that unpacks badly', () =>
    sheetTold({ data: randomBytes(8_000_000), method: 8, packed: 8_000_000, unpacked: 8_000_000 }),
  ),
  kind('only its first four bytes', () => Buffer.from('PK\x03\x04')),
  kind('no parts', () => zipOf([])),
];

/** Something else under the name of a spreadsheet. */
const start = (text: string, length = 100_000) => Buffer.concat([Buffer.from(text, 'latin1'), randomBytes(length)]);
const CFB = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const other: Kind[] = [
  kind('an old XLS', () => start(CFB), true),
  kind('an old XLS cut off', () => start(CFB, 0)),
  kind('an old XLS whose sectors form a ring', () => Buffer.concat([Buffer.from(CFB, 'latin1'), Buffer.alloc(4096)])),
  kind('an XLS older than that', () => start('\x09\x08\x10\x00\x00\x06\x05\x00')),
  kind('an OpenDocument sheet', () =>
    zipOf([
      { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', method: 0 },
      { name: 'content.xml', data: '<a/>' },
    ]),
  ),
  kind('a binary workbook', () => zipOf([{ name: 'xl/workbook.bin', data: randomBytes(1000) }])),
  kind('a letter', () => zipOf([{ name: 'word/document.xml', data: '<a/>' }])),
  kind('a program', () => zipOf([{ name: 'META-INF/MANIFEST.MF', data: 'Manifest-Version: 1.0' }])),
  kind('a page', () => Buffer.from('<html><body><table><tr><td>account</td></tr></table></body></html>')),
  kind('a page and a workbook', () => zipOf(partsOf(), { before: Buffer.from('<html>') })),
  kind('a picture and a workbook', () => zipOf(partsOf(), { before: Buffer.from('GIF89a') })),
  kind('a document and a workbook', () => zipOf(partsOf(), { before: Buffer.from('%PDF-1.7\n') })),
  kind('XML of 2003', () => Buffer.from('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')),
  kind('a PDF', () => start('%PDF-1.7\n')),
  kind('a picture', () => start('\x89PNG\r\n\x1a\n')),
  kind('a gzip bomb', () => gzipSync(Buffer.alloc(200_000_000))),
  kind('a 7z', () => start('7z\xbc\xaf\x27\x1c')),
  kind('a RAR', () => start('Rar!\x1a\x07\x01\x00')),
  kind('a database', () => start('SQLite format 3\0')),
  kind('a program for Linux', () => start('\x7fELF')),
  kind('a program for Windows', () => start('MZ')),
  kind('five megabytes of anything', () => randomBytes(5_000_000)),
];

export const ARCHIVES: readonly Kind[] = [...cut, ...lies, ...other];
