import { SourceUnreadable } from '../ledger/import.port.ts';
import { type Archive, Damaged } from './archive.ts';
import { isDateFormat } from './date-format.ts';
import { readXml } from './xml-events.ts';

/** What a sheet's cells refer to. */
export interface Workbook {
  /** Name of the sheet's part in the archive. */
  readonly sheet: string;
  /** By the number in a cell: whether that style shows a number as a date. */
  readonly dates: readonly boolean[];
  readonly strings: readonly string[];
  /** Days count from 1904, as old Macs did. */
  readonly from1904: boolean;
  /** The program that opens it computes every formula anew: the saved results may be old. */
  readonly recalculates: boolean;
}

/** Excel has room for 65,490 cell styles. */
const MOST_STYLES = 100_000;
/** Texts that cells share, as they lie in memory: two bytes a character, and what each needs besides. */
const MOST_SHARED = 100_000_000;
const EACH = 40;

/** Reads what stands around the sheet: the one of this name, or the first. Throws Damaged and SourceUnreadable. */
export async function readWorkbook(archive: Archive, wanted: string | undefined): Promise<Workbook> {
  const { relation, ...found } = await readSheets(archive, wanted);
  const parts = await readRelations(archive, relation);
  const { sheet } = parts;
  if (sheet === '') throw new Damaged('the sheet has no part');
  const dates = archive.has(parts.styles) ? await readStyles(archive, parts.styles) : [];
  const strings = archive.has(parts.strings) ? await readStrings(archive, parts.strings) : [];
  return { sheet, dates, strings, ...found };
}

async function readSheets(archive: Archive, wanted: string | undefined) {
  let relation: string | null = null;
  let from1904 = false;
  let recalculates = false;
  const yes = (value: string | undefined) => value === '1' || value === 'true';
  await readXml(archive.part('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = yes(attributes().date1904);
      if (name === 'calcPr') recalculates = yes(attributes().fullCalcOnLoad);
      if (name !== 'sheet' || relation !== null) return;
      const sheet = attributes();
      if (wanted === undefined || unescaped(sheet.name ?? '') === wanted) relation = sheet.id ?? '';
    },
  });
  if (relation === null && wanted === undefined) throw new Damaged('it has no sheet');
  if (relation === null)
    throw new SourceUnreadable(`The file has no sheet "${wanted}". Nothing was imported. Check the name with the tabs of the file.`);
  return { relation: relation as string, from1904, recalculates };
}

async function readRelations(archive: Archive, relation: string) {
  const parts = { sheet: '', styles: 'xl/styles.xml', strings: 'xl/sharedStrings.xml' };
  await readXml(archive.part('xl/_rels/workbook.xml.rels'), {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id, Type = '', Target = '' } = attributes();
      const kind = /\/relationships\/(worksheet|styles|sharedStrings)$/.exec(Type)?.[1];
      const part = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
      if (kind === 'worksheet' && Id === relation) parts.sheet = part;
      if (kind === 'styles') parts.styles = part;
      if (kind === 'sharedStrings') parts.strings = part;
    },
  });
  return parts;
}

/** A style without a format of its own has that of the named style beneath it. */
async function readStyles(archive: Archive, part: string): Promise<boolean[]> {
  const formats = new Map<string, string>();
  const named: boolean[] = [];
  const dates: boolean[] = [];
  let list: 'cellStyleXfs' | 'cellXfs' | '' = '';
  await readXml(archive.part(part), {
    open(name, attributes) {
      if (name === 'cellStyleXfs' || name === 'cellXfs') list = name;
      if (formats.size + named.length + dates.length > MOST_STYLES) throw new Damaged(`it has more than ${MOST_STYLES} styles`);
      if (name === 'numFmt') {
        const { numFmtId = '', formatCode = '' } = attributes();
        formats.set(numFmtId, formatCode);
      }
      if (name !== 'xf' || list === '') return;
      const { numFmtId, xfId } = attributes();
      if (list === 'cellStyleXfs') named.push(isDateFormat(numFmtId ?? '', undefined));
      else dates.push(numFmtId === undefined ? (named[Number(xfId)] ?? false) : isDateFormat(numFmtId, formats.get(numFmtId)));
    },
    close(name) {
      if (name === list) list = '';
    },
  });
  return dates;
}

async function readStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = [];
  let held = 0;
  const rich = richText();
  await readXml(archive.part(part), {
    open(name) {
      if (name === 'si') rich.begin();
      else rich.open(name);
    },
    text: rich.text,
    close(name) {
      rich.close(name);
      if (name !== 'si') return;
      const text = unescaped(rich.read());
      held += EACH + 2 * text.length;
      if (held > MOST_SHARED)
        throw new SourceUnreadable(
          `The sheet holds too much text to be read as XLSX. Nothing was imported. Leave out what is not needed, or save it as CSV.`,
        );
      strings.push(ownCopy(text));
    },
  });
  return strings;
}

/** Text of <t>, in runs or not; how it is pronounced (rPh) is no part of it. */
export function richText() {
  let pieces = '';
  let inText = false;
  let inPhonetic = false;
  return {
    begin() {
      pieces = '';
    },
    open(name: string) {
      if (name === 't') inText = true;
      if (name === 'rPh') inPhonetic = true;
    },
    text(piece: string) {
      if (inText && !inPhonetic) pieces += piece;
    },
    close(name: string) {
      if (name === 't') inText = false;
      if (name === 'rPh') inPhonetic = false;
    },
    read: () => pieces,
  };
}

/** Characters that XML does not allow are written _x000D_ (ECMA-376, part 1, 22.9.2.19: ST_Xstring). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** V8 makes a piece of a text by pointing into it, which would keep the whole document in memory. */
function ownCopy(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
