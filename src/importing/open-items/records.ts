import { SourceUnreadable } from '../../ledger/import.port.ts';
import { MOST_CELLS, tooManyCells } from '../table.ts';
import type { SheetRow } from './sheet.ts';

export interface Records {
  readonly rows: SheetRow[];
  readonly delimiter: string;
  readonly evidence: readonly string[];
}

const CALLED: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'upright strokes' };
/** A list is held as a whole while it is read. */
const MOST_ROWS = 200_000;
/** Characters of one cell, as in workbooks. */
const MOST_TEXT = 1_000_000;
/** Records that are enough to tell which sign stands between the cells. */
const LOOKED_AT = 400;

/** Text as records. A stray quote costs its own cell at most, never the file. */
export function splitRecords(text: string): Records {
  const said = /^\ufeff?"?sep=(.)"?\r?\n/i.exec(text);
  if (said) {
    const body = text.slice(said[0].length);
    const rows = split(body, said[1]!).map((row) => ({ ...row, row: row.row + 1, line: row.line + 1 }));
    return {
      rows: [{ row: 1, line: 1, cells: [] }, ...rows],
      delimiter: said[1]!,
      evidence: [`The first line says that ${CALLED[said[1]!] ?? said[1]} stand between the cells.`],
    };
  }
  if (isStrokeList(text)) return { rows: strokeList(text), delimiter: '|', evidence: ['A list drawn with upright strokes and lines.'] };
  const { delimiter, evidence } = findDelimiter(text);
  return { rows: split(text, delimiter), delimiter, evidence: [evidence] };
}

/** The sign that cuts the most records into the same number of cells, more than one. */
function findDelimiter(text: string): { delimiter: string; evidence: string } {
  const look = text.slice(0, 400_000);
  const tried = [',', ';', '\t', '|'].map((delimiter) => {
    const rows = split(look, delimiter, LOOKED_AT);
    const counts = new Map<number, number>();
    for (const { cells } of rows) if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    const [width, times] = [...counts].sort((a, b) => b[1] * Math.min(b[0], 8) - a[1] * Math.min(a[0], 8))[0] ?? [1, 0];
    return { delimiter, width, times, worth: times * Math.min(width, 8) };
  });
  const best = tried.sort((a, b) => b.worth - a.worth)[0]!;
  return {
    delimiter: best.times === 0 ? ',' : best.delimiter,
    evidence: best.times === 0 ? 'One cell a line.' : `${CALLED[best.delimiter]} cut ${best.times} lines into ${best.width} cells.`,
  };
}

/** Twice where it has to be: how wide most records are tells a quote that never closes from a text of several lines. */
function split(text: string, delimiter: string, most = Number.POSITIVE_INFINITY): SheetRow[] {
  const first = splitOnce(text, delimiter, 0, most);
  if (!first.some(({ spans }) => spans)) return first.map(({ row }) => row);
  const counts = new Map<number, number>();
  for (const { row, spans } of first)
    if (!spans && row.cells.length > 1) counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1);
  const width = [...counts].sort((x, y) => y[1] - x[1])[0]?.[0] ?? 0;
  return splitOnce(text, delimiter, width, most).map(({ row }) => row);
}

function splitOnce(text: string, delimiter: string, width: number, most: number): { row: SheetRow; spans: boolean }[] {
  const rows: { row: SheetRow; spans: boolean }[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length && rows.length < most) {
    if (rows.length === MOST_ROWS)
      throw new SourceUnreadable(
        'The list has more than 200,000 rows, which is more than is read as open items. Nothing was imported. Leave out what is not open any more.',
      );
    const record = readRecord(text, at, delimiter, width);
    rows.push({ row: { row: rows.length + 1, line, cells: record.cells.map(tidy) }, spans: record.lines > 1 });
    line += record.lines;
    at = record.next;
  }
  return rows;
}

interface OneRecord {
  readonly cells: string[];
  readonly next: number;
  readonly lines: number;
}

function readRecord(text: string, from: number, delimiter: string, width: number): OneRecord {
  const cells: string[] = [];
  let at = from;
  let lines = 0;
  for (;;) {
    const cell = readCell(text, at, delimiter, width - cells.length);
    if (cells.push(cell.value) > MOST_CELLS) throw tooManyCells();
    lines += cell.lines;
    if (cell.ended === delimiter) {
      at = cell.next;
      continue;
    }
    return { cells, next: cell.next, lines: lines + 1 };
  }
}

/** `ended` is the delimiter, or '' at the end of the record. */
function readCell(
  text: string,
  from: number,
  delimiter: string,
  left: number,
): { value: string; next: number; ended: string; lines: number } {
  const quoted = /^=?"/.exec(text.slice(from, from + 2));
  if (quoted) {
    const open = from + quoted[0].length;
    const close = closingQuote(text, open, delimiter);
    if (close - open > MOST_TEXT) throw tooLong();
    if (close >= 0 && !swallows(text.slice(open, close), delimiter, left, text[close + 1] === delimiter)) {
      const value = text.slice(open, close).replaceAll('""', '"');
      const end = plainEnd(text, close + 1, delimiter);
      return { ...end, value, lines: value.split(/\r\n|\r|\n/).length - 1 };
    }
  }
  const end = plainEnd(text, from, delimiter);
  if (end.at - from > MOST_TEXT) throw tooLong();
  return { ...end, value: text.slice(from, end.at), lines: 0 };
}

const tooLong = () =>
  new SourceUnreadable('The file holds a text of more than 1 MB in one place. Nothing was imported. Correct the file, and drop it again.');

/** A quoted text whose first line holds just the cells that its record still lacks is no text: its quote was never closed. */
function swallows(value: string, delimiter: string, left: number, more: boolean): boolean {
  const end = value.search(/[\r\n]/);
  if (end < 0 || left < 1) return false;
  return left > 1 ? value.slice(0, end).split(delimiter).length === left : more;
}

/** -1 where none closes before a delimiter or line end: the quote is then a character like others. */
function closingQuote(text: string, from: number, delimiter: string): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') {
      at += 1;
      continue;
    }
    // A cell that begins inside a text: the text was never closed.
    if (at > from && (text[at - 1] === delimiter || text[at - 1] === '\n')) return -1;
    const next = text[at + 1];
    if (next === undefined || next === delimiter || next === '\n' || next === '\r') return at;
    // 12" pipe: a quote in the middle of a text closes nothing.
    if (/^ *(?:[\r\n]|$)/.test(text.slice(at + 1, at + 20))) return at;
  }
  return -1;
}

function plainEnd(text: string, from: number, delimiter: string): { at: number; next: number; ended: string } {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  if (text[at] === delimiter && at < text.length) return { at, next: at + 1, ended: delimiter };
  return { at, next: at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1), ended: '' };
}

function tidy(cell: string): string {
  return /^[!-~]*$/.test(cell)
    ? cell
    : cell
        .normalize('NFC')
        .replaceAll(/[\t\r\n]+/g, ' ')
        .trim();
}

function isStrokeList(text: string): boolean {
  const lines = text.slice(0, 200_000).split(/\r?\n/, 400);
  const drawn = lines.filter((line) => /^\s*\|.*\|\s*$/.test(line)).length;
  return drawn >= 2 && lines.some((line) => /^\s*-{10,}\s*$/.test(line));
}

/** Cells of such a list stand in places: a stroke inside a text moves nothing. */
function strokeList(text: string): SheetRow[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const strokes = (line: string) => [...line].flatMap((sign, at) => (sign === '|' ? [at] : []));
  let places: readonly number[] = [];
  return lines.map((line, i) => {
    if (!/^\s*\|/.test(line)) {
      const cells = /^[\s-]*$/.test(line)
        ? []
        : line
            .split(/\s{2,}|\t/)
            .map(tidy)
            .filter((cell) => cell !== '');
      return { row: i + 1, line: i + 1, cells, aside: true };
    }
    const own = strokes(line);
    const known = places.length > 2 && places.every((at) => line[at] === '|');
    // A line after a ruled one, with other strokes, begins a table of its own.
    if (!known) {
      const ruled = /^\s*-{5,}/.test(lines[i - 1] ?? '');
      if (!ruled || own.length < 3) return { row: i + 1, line: i + 1, cells: cut(line, own) };
      places = own;
    }
    return { row: i + 1, line: i + 1, cells: cut(line, known ? places : own) };
  });
}

function cut(line: string, places: readonly number[]): string[] {
  return places.slice(0, -1).map((at, i) => tidy(line.slice(at + 1, places[i + 1]).trim()));
}
