import { crc32, deflateRawSync } from 'node:zlib';

/** A part as the archive's directory names it; what is left out is told truly. */
export interface Part {
  readonly name: string | Buffer;
  readonly data: Buffer | string;
  readonly method?: number;
  readonly crc?: number;
  readonly packed?: number;
  readonly unpacked?: number;
  readonly flags?: number;
  /** In the header before the data, where it differs. */
  readonly localName?: string;
  readonly offset?: number;
  readonly attributes?: number;
}

export interface Around {
  readonly before?: Buffer;
  readonly after?: Buffer;
  readonly comment?: Buffer;
  readonly count?: number;
  readonly directoryAt?: number;
}

/** Writes what no honest program would: APPNOTE.TXT 4.3, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function zipOf(
  parts: readonly Part[],
  { before = Buffer.alloc(0), after = Buffer.alloc(0), comment = Buffer.alloc(0), ...lies }: Around = {},
): Buffer {
  const pieces: Buffer[] = [before];
  const directory: Buffer[] = [];
  let at = before.length;
  for (const part of parts) {
    const data = Buffer.from(part.data as Buffer);
    const name = Buffer.from(part.name as Buffer);
    const localName = Buffer.from(part.localName ?? name);
    const method = part.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data, { level: 1 }) : data;
    const common = Buffer.alloc(22);
    common.writeUInt16LE(part.flags ?? 0, 0);
    common.writeUInt16LE(method, 2);
    common.writeUInt32LE((part.crc ?? crc32(data)) >>> 0, 8);
    common.writeUInt32LE((part.packed ?? packed.length) >>> 0, 12);
    common.writeUInt32LE((part.unpacked ?? data.length) >>> 0, 16);
    const local = Buffer.from(common);
    local.writeUInt16LE(localName.length, 20);
    const head = Buffer.concat([Buffer.from('PK\x03\x04\x14\x00', 'latin1'), local, Buffer.alloc(2), localName]);
    common.writeUInt16LE(name.length, 20);
    const rest = Buffer.alloc(16);
    rest.writeUInt32LE(part.attributes ?? 0, 8);
    rest.writeUInt32LE((part.offset ?? at) >>> 0, 12);
    directory.push(Buffer.from('PK\x01\x02\x14\x00\x14\x00', 'latin1'), common, rest, name);
    pieces.push(head, packed);
    at += head.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  const count = lies.count ?? Math.min(parts.length, 0xffff);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE((lies.directoryAt ?? at) >>> 0, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...pieces, listed, Buffer.from('PK\x05\x06', 'latin1'), end, comment, after]);
}

const NS =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const HEAD = ['account', 'number', 'currency', 'total', 'issued', 'due'];
const cells = (values: readonly string[], row: number) =>
  values.map((value, n) => `<c r="${String.fromCharCode(65 + n)}${row}" t="inlineStr"><is><t>${value}</t></is></c>`).join('');
export const HEAD_ROW = `<row r="1">${cells(HEAD, 1)}</row>`;
const ROW = `<row r="2">${cells(['C1', 'I1', 'EUR', '10.00', '2026-01-01', '2026-01-31'], 2)}</row>`;

/** Parts of a small honest workbook, some of them replaced; null leaves one out. */
export interface Workbook {
  readonly sheet?: Buffer | string | null;
  readonly strings?: Buffer | string | null;
  readonly styles?: Buffer | string | null;
  readonly workbook?: Buffer | string | null;
  readonly rels?: Buffer | string | null;
}

export const sheetOf = (rows: string | Buffer, behind = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`<worksheet ${NS}><sheetData>`),
    Buffer.from(rows as Buffer),
    Buffer.from(`</sheetData>${behind}</worksheet>`),
  ]);
export const stringsOf = (items: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<sst ${NS}>`), Buffer.from(items as Buffer), Buffer.from('</sst>')]);
export const stylesOf = (inner: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<styleSheet ${NS}>`), Buffer.from(inner as Buffer), Buffer.from('</styleSheet>')]);
export const workbookOf = (inner: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<workbook ${NS}>`), Buffer.from(inner as Buffer), Buffer.from('</workbook>')]);
export const relsOf = (inner: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'),
    Buffer.from(inner as Buffer),
    Buffer.from('</Relationships>'),
  ]);
export const relation = (id: string, kind: string, target: string, more = '') =>
  `<Relationship Id="${id}" Type="${REL}/${kind}" Target="${target}"${more}/>`;
export const RELATIONS = [
  relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
  relation('rId2', 'sharedStrings', 'sharedStrings.xml'),
  relation('rId3', 'styles', 'styles.xml'),
].join('');

export function partsOf({ sheet, strings, styles, workbook, rels }: Workbook = {}): Part[] {
  const whole: [string, Buffer | string | null][] = [
    ['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'],
    ['xl/workbook.xml', workbook === undefined ? workbookOf('<sheets><sheet name="Items" sheetId="1" r:id="rId1"/></sheets>') : workbook],
    ['xl/_rels/workbook.xml.rels', rels === undefined ? relsOf(RELATIONS) : rels],
    ['xl/worksheets/sheet1.xml', sheet === undefined ? sheetOf(HEAD_ROW + ROW) : sheet],
    ['xl/sharedStrings.xml', strings === undefined ? stringsOf('<si><t>shared</t></si>') : strings],
    ['xl/styles.xml', styles === undefined ? stylesOf('<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>') : styles],
  ];
  return whole.flatMap(([name, data]) => (data === null ? [] : [{ name, data }]));
}

export const xlsx = (workbook?: Workbook): Buffer => zipOf(partsOf(workbook));
/** `piece` again and again, of about this many bytes. */
export const many = (piece: string, bytes: number): Buffer =>
  Buffer.alloc(Math.ceil(bytes / Buffer.byteLength(piece)) * Buffer.byteLength(piece), piece);
