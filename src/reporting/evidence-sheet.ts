import { setImmediate } from 'node:timers/promises';
import { GREY, LEFT, type Pdf, RIGHT, ROWS_AT_ONCE, RULE, TOP } from './paper.ts';

const WIDTH = RIGHT - LEFT;
const BOTTOM = 842 - 76;
const BODY = BOTTOM - TOP;
/** Of a heading with the space around it. */
const HEADING = 42;

type Align = 'left' | 'right';
/** Head, width as a share of the page, alignment. */
type Column = readonly [head: string, share: number, align?: Align];

export type EvidenceSheet = ReturnType<typeof sheet>;

/** A page that goes on: what does not fit begins on the next one. */
export function sheet(pdf: Pdf) {
  let y = TOP;
  const room = (height: number) => {
    if (y + height <= BOTTOM) return;
    pdf.addPage();
    y = TOP;
  };
  const textHeight = (words: string) => pdf.font('regular').fontSize(9.5).heightOfString(words, { width: WIDTH, lineGap: 2 });
  const write = (words: string) => {
    pdf.font('regular').fontSize(9.5).text(words, LEFT, y, { width: WIDTH, lineGap: 2 });
    y = pdf.y + 6;
  };
  let waiting: { readonly words: string; readonly note: string } | null = null;
  /** A heading and its note are drawn with the first lines of what follows, so that they never end a page by themselves. */
  const heading = (words: string, note = '') => {
    waiting = { words: oneLine(words), note };
  };
  const begin = (height: number) => {
    const { words, note } = waiting ?? { words: '', note: '' };
    waiting = null;
    if (words === '') return room(height);
    room(HEADING + (note === '' ? 0 : textHeight(note) + 6) + height);
    y += 16;
    pdf.font('bold').fontSize(12.5).text(words, LEFT, y, { width: WIDTH });
    y = pdf.y + 6;
    if (note !== '') write(note);
  };
  const text = (words: string) => {
    begin(textHeight(words));
    write(words);
  };
  const pairs = (rows: readonly (readonly [string, string])[], from?: number) => {
    begin(60);
    y = from ?? y;
    pdf.fontSize(10);
    for (const [label, value] of rows) {
      pdf
        .font('regular')
        .fillColor(GREY)
        .text(label, LEFT, y)
        .fillColor('#000000')
        .text(oneLine(value), LEFT + 120, y, { width: WIDTH - 120 });
      y = pdf.y + 4;
    }
    y += 4;
  };
  /** The last `sums` rows are bold. */
  const table = async (columns: readonly Column[], rows: readonly (readonly string[])[], sums = 0) => {
    const drawn = (cells: readonly string[], font: string) => {
      const height = rowHeight(pdf, columns, cells, font);
      if (y + height > BOTTOM) {
        pdf.addPage();
        y = TOP;
        head();
        pdf.font(font).fontSize(8.5);
      }
      drawRow(pdf, columns, cells, y, height);
      y += height + 8;
    };
    const head = () =>
      drawn(
        columns.map(([name]) => name),
        'bold',
      );
    // Head and first row stay together, unless that row fills most of a page.
    begin(Math.min(BODY / 2, 40 + rowHeight(pdf, columns, rows[0] ?? [''], 'regular')));
    head();
    for (const [at, cells] of rows.entries()) {
      if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
      drawn(cells, at >= rows.length - sums ? 'bold' : 'regular');
    }
    y += 6;
  };
  return { pdf, text, heading, pairs, table };
}

function rowHeight(pdf: Pdf, columns: readonly Column[], cells: readonly string[], font: string): number {
  pdf.font(font).fontSize(8.5);
  return Math.max(...cells.map((cell, at) => pdf.heightOfString(oneLine(cell) || ' ', { width: columns[at]![1] * WIDTH - 6 })));
}

/** The cells in the present font, and a rule below them. */
function drawRow(pdf: Pdf, columns: readonly Column[], cells: readonly string[], y: number, height: number): void {
  let x = LEFT;
  for (const [at, [, share, align = 'left']] of columns.entries()) {
    pdf.text(oneLine(cells[at] ?? ''), x, y, { width: share * WIDTH - 6, align });
    x += share * WIDTH;
  }
  const below = y + height + 4;
  pdf.moveTo(LEFT, below).lineTo(RIGHT, below).lineWidth(0.5).strokeColor(RULE).stroke();
}

/** On every page, when all are drawn. */
export function numberPages(pdf: Pdf, title: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    pdf.switchToPage(start + at);
    pdf.font('regular').fontSize(8).fillColor(GREY);
    pdf.text(title, LEFT, 800, { width: 380, height: 12, ellipsis: true });
    pdf.text(`Page ${at + 1} of ${count}`, LEFT, 800, { width: WIDTH, align: 'right', lineBreak: false });
  }
}

/** Characters that fit on a page in the narrowest column. */
const LONGEST = 1_500;

/** Values of the ledger and of people stay in their cell. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} … (goes on in timeline.jsonl)` : line;
}
