import { isAmountCell, isDateCell } from './cell-content.ts';
import { codeOf } from './currency.ts';
import { CONTENT, type Content, coreWord, DOUBTFUL, FIELD_WORDS, OPEN_FIELDS, type OpenField, plainWord } from './field-words.ts';
import { PRESETS, type Preset } from './presets.ts';
import { isBlank, type Sheet, type SheetRow } from './sheet.ts';

/** A column and what it was taken for. */
export interface ReadColumn {
  readonly at: number;
  readonly header: string;
  /** null: nothing the product needs, or not known. */
  readonly field: OpenField | null;
  /** A guess is by a word that means other things elsewhere, or by what stands in the column. */
  readonly how: 'preset' | 'header' | 'guess' | 'chosen' | 'none';
  readonly why: string;
}

export interface Header {
  readonly row: number;
  readonly cells: readonly string[];
  /** What a person said, or words that were known. */
  readonly sure: boolean;
}

const plainWords = new Map<OpenField, readonly string[]>(OPEN_FIELDS.map((field) => [field, FIELD_WORDS[field].map(plainWord)]));
/** Words that are headers in some list; those of one letter are not. */
const KNOWN = new Set(
  [...plainWords.values(), ...PRESETS.flatMap(({ fields = {} }) => Object.values(fields).map((list) => list.map(plainWord)))]
    .flat()
    .filter((word) => word.length > 1),
);
const MOST_TITLES = 200;

/** The row of column names: the first of those with the most known words, with rows below it that hold figures. */
export function findHeader({ rows }: Sheet, chosen: number | undefined): Header | null {
  if (chosen !== undefined) {
    const row = rows.find((each) => each.row === chosen);
    return row ? { row: row.row, cells: row.cells, sure: true } : null;
  }
  let best: { row: SheetRow; points: number } | null = null;
  for (const row of rows.slice(0, MOST_TITLES)) {
    const points = headerPoints(row);
    if (points > (best?.points ?? 0)) best = { row, points };
  }
  if (best && best.points >= 4) return { row: best.row.row, cells: best.row.cells, sure: true };
  const wide = widestTextRow(rows);
  return wide && { row: wide.row, cells: wide.cells, sure: false };
}

function headerPoints({ cells }: SheetRow): number {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length < 3) return 0;
  const known = new Set(filled.map((cell) => [plainWord(cell), coreWord(cell)].find((word) => KNOWN.has(word))).filter(Boolean)).size;
  const figures = filled.filter((cell) => isAmountCell(cell) || isDateCell(cell)).length;
  if (known < 2 || figures * 3 > filled.length) return 0;
  return known * 2 - figures * 3 + Math.min(2, (known * 2) / filled.length);
}

/** Without a known word: the first row as wide as most, of texts alone. */
function widestTextRow(rows: readonly SheetRow[]): SheetRow | null {
  const widths = rows.filter((row) => !isBlank(row)).map(({ cells }) => cells.filter((cell) => cell !== '').length);
  const usual = widths.sort((a, b) => a - b)[Math.floor(widths.length * 0.6)] ?? 0;
  if (usual < 3) return null;
  return (
    rows
      .slice(0, MOST_TITLES)
      .find(
        ({ cells }) => cells.filter((cell) => cell !== '').length >= usual && !cells.some((cell) => isAmountCell(cell) || isDateCell(cell)),
      ) ?? null
  );
}

/** Whether some list calls a column so. */
export function isKnownHeader(header: string): boolean {
  return KNOWN.has(plainWord(header)) || KNOWN.has(coreWord(header));
}

/** Headers that say whose something is, how much of it is open and since or until when: a list of open items. */
export function looksLikeList(headers: readonly string[]): boolean {
  const preset = recognise(headers, undefined);
  if (preset !== null) return true;
  const found = new Set(readColumns(headers, [], null, {}).columns.flatMap(({ field }) => field ?? []));
  const any = (...fields: OpenField[]) => fields.some((field) => found.has(field));
  return any('open', 'openLocal') && any('number', 'account', 'accountName') && any('issued', 'due');
}

/** True for the header standing there once more, as on every page of a list. */
export function repeatsHeader(header: readonly string[], cells: readonly string[]): boolean {
  const named = header.map(plainWord);
  const filled = cells.filter((cell) => cell !== '');
  return filled.length >= 3 && cells.filter((cell, at) => cell !== '' && plainWord(cell) === named[at]).length >= filled.length * 0.8;
}

export function recognise(header: readonly string[], chosen: string | null | undefined): Preset | null {
  if (chosen !== undefined) return PRESETS.find(({ name }) => name === chosen) ?? null;
  const present = new Set(header.map(plainWord));
  const size = (preset: Preset) =>
    Math.max(0, ...preset.known.filter((set) => set.every((word) => present.has(plainWord(word)))).map((set) => set.length));
  return [...PRESETS].filter((preset) => size(preset) > 0).sort((a, b) => size(b) - size(a))[0] ?? null;
}

interface Bid {
  readonly at: number;
  readonly field: OpenField;
  readonly points: number;
  readonly how: 'preset' | 'header' | 'guess';
  readonly why: string;
}

/** Which column is which field. `values` are the cells of rows that look like documents. Two columns that fit one field alike are told. */
export function readColumns(
  header: readonly string[],
  values: readonly (readonly string[])[],
  preset: Preset | null,
  chosen: Readonly<Partial<Record<OpenField, number | null>>>,
): { columns: ReadColumn[]; tied: { field: OpenField; columns: readonly string[] }[] } {
  const taken = new Map<number, ReadColumn>();
  const placed = new Set<OpenField>();
  for (const [field, at] of Object.entries(chosen) as [OpenField, number | null][]) {
    placed.add(field);
    if (at !== null) taken.set(at, { at, header: header[at] ?? '', field, how: 'chosen', why: 'Chosen.' });
  }
  const width = Math.max(header.length, ...values.map((cells) => cells.length));
  const bids = Array.from({ length: width }, (_, at) => bidsOf(at, header[at] ?? '', values, preset)).flat();
  bids.sort((a, b) => b.points - a.points || a.at - b.at);
  const tied: { field: OpenField; columns: readonly string[] }[] = [];
  for (const bid of bids) {
    if (taken.has(bid.at) || placed.has(bid.field)) continue;
    const rivals = bids.filter(({ at, field, points }) => field === bid.field && at !== bid.at && points === bid.points && !taken.has(at));
    if (MATTERS.has(bid.field) && differ(rivals, bid, values)) tied.push(together(bid, rivals, header));
    taken.set(bid.at, { at: bid.at, header: header[bid.at] ?? '', field: bid.field, how: bid.how, why: bid.why });
    if (!REPEATED.has(bid.field)) placed.add(bid.field);
  }
  const open = [...taken.values()].find(({ field, how }) => field === 'open' && how !== 'preset' && how !== 'chosen');
  const left = bids.filter(({ at, field }) => field === 'open' && !taken.has(at));
  if (open && !tied.some(({ field }) => field === 'open') && differ(left, open, values))
    tied.push(together({ at: open.at, field: 'open' }, left, header));
  const none = (at: number): ReadColumn => ({ at, header: header[at] ?? '', field: null, how: 'none', why: 'Not known; left out.' });
  return { columns: Array.from({ length: width }, (_, at) => taken.get(at) ?? none(at)), tied };
}

function differ(others: readonly { readonly at: number }[], one: { readonly at: number }, values: readonly (readonly string[])[]): boolean {
  return others.some(({ at }) => values.some((cells) => (cells[at] ?? '') !== (cells[one.at] ?? '')));
}

function together(
  one: { readonly at: number; readonly field: OpenField },
  others: readonly { readonly at: number }[],
  header: readonly string[],
) {
  return { field: one.field, columns: [one.at, ...others.map(({ at }) => at)].map((at) => header[at] ?? '') };
}

const MATTERS = new Set<OpenField>(['number', 'open', 'account', 'issued', 'due', 'currency', 'total']);
/** What no other field wants. */
const LAST_RESORT = new Set<OpenField>(['internal', 'ageing', 'lineDetail']);
const REPEATED = new Set<OpenField>(['lineDetail', 'ageing', 'internal']);

function bidsOf(at: number, header: string, values: readonly (readonly string[])[], preset: Preset | null): Bid[] {
  const cells = values.map((row) => row[at] ?? '').filter((cell) => cell !== '');
  const word = plainWord(header);
  const core = coreWord(header);
  const bids: Bid[] = [];
  for (const field of OPEN_FIELDS) {
    const ownAt = preset?.fields?.[field]?.map(plainWord).indexOf(word) ?? -1;
    const own = ownAt >= 0;
    if (!own && word === '') continue;
    const list = plainWords.get(field)!;
    const rank = own ? ownAt : list.includes(word) ? list.indexOf(word) : core !== '' && list.includes(core) ? list.indexOf(core) + 5 : -1;
    if (rank < 0) continue;
    const needed = CONTENT[field] ?? 'any';
    const fits = fitOf(cells, needed);
    if (cells.length > 0 && fits < 0.5) continue;
    const points = (own ? 400 : LAST_RESORT.has(field) ? 100 : 200) - rank + contentBonus(field, cells);
    const how = own ? 'preset' : DOUBTFUL.has(word) || rank >= list.length ? 'guess' : 'header';
    bids.push({ at, field, points, how, why: `The header "${header}"${own ? ` as ${preset!.system} writes it` : ''}.` });
  }
  if (bids.length === 0) bids.push(...bySight(at, header, cells));
  return bids;
}

/** A header nobody knows: what stands in the column says enough for a guess, which is asked about. */
function bySight(at: number, header: string, cells: readonly string[]): Bid[] {
  if (cells.length < 2) return [];
  const guess = (field: OpenField, why: string): Bid[] => [
    { at, field, points: 20, how: 'guess', why: `"${header}" is not known; ${why}.` },
  ];
  if (fitOf(cells, 'currency') > 0.9) return guess('currency', 'every cell is a currency code');
  if (fitOf(cells, 'email') > 0.7) return guess('email', 'its cells are mail addresses');
  return [];
}

function fitOf(cells: readonly string[], content: Content): number {
  if (cells.length === 0) return 1;
  const fits = (cell: string) => {
    switch (content) {
      case 'amount':
        return isAmountCell(cell) || /^#/.test(cell);
      case 'date':
        return isDateCell(cell);
      case 'currency':
        return codeOf(cell) !== null || /^[$¥]$/.test(cell);
      case 'email':
        return cell.includes('@');
      case 'code':
        return cell.length <= 64;
      default:
        return true;
    }
  };
  return cells.filter(fits).length / cells.length;
}

/** "Kunde" may be the number or the name: digits without a space are a number. */
function contentBonus(field: OpenField, cells: readonly string[]): number {
  if (field !== 'account' && field !== 'accountName') return 0;
  const coded = cells.filter((cell) => /^[^\s]*\d[^\s]*$/.test(cell) || /^[A-Z]{1,4}[-_]?[A-Z0-9]{0,8}$/.test(cell)).length;
  const mostly = cells.length > 0 && coded * 2 > cells.length;
  return (field === 'account') === mostly ? 60 : -60;
}
