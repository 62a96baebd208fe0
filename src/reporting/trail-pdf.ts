import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { TrailCover, TrailRow } from '../trail/trail.port.ts';
import { GREY, LEFT, NO_DEFAULT_FONT, type Pdf, RIGHT, ROWS_AT_ONCE, rule, TOP, withFonts } from './paper.ts';

const BOTTOM = 842 - 70;

const COLUMNS = [
  { x: LEFT, width: 38, head: 'Entry', of: ({ seq }: TrailRow) => String(seq) },
  { x: 98, width: 92, head: 'When', of: ({ when }: TrailRow) => when },
  { x: 194, width: 84, head: 'Who', of: ({ who }: TrailRow) => who },
  { x: 282, width: 180, head: 'What', of: ({ account, what }: TrailRow) => (account ? `${account}: ${what}` : what) },
  { x: 468, width: RIGHT - 468, head: 'Mark', of: ({ marking }: TrailRow) => marking.replace('-', ' ') },
];

/** A cover that says what it is and how to check it, then one row an entry. Pages are not kept open: their number is not known in advance. */
export async function trailPdf(cover: TrailCover, rows: readonly TrailRow[]): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    font: NO_DEFAULT_FONT,
    lang: 'en-GB',
    info: { Title: `Paper trail: ${cover.title}` },
  });
  withFonts(pdf);
  const chunks = Array.fromAsync(pdf as AsyncIterable<Buffer>);
  coverPage(pdf, cover);
  let page = 1;
  let y = Number.POSITIVE_INFINITY;
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
    pdf.font('regular').fontSize(8);
    const cells = COLUMNS.map(({ x, width, of }) => ({ x, width, text: oneLine(of(row)) }));
    const height = Math.max(...cells.map(({ text, width }) => pdf.heightOfString(text, { width })));
    if (y + height > BOTTOM) {
      page += 1;
      y = nextPage(pdf, cover, page);
    }
    for (const { x, width, text } of cells) pdf.text(text, x, y, { width });
    y += height + 4;
    rule(pdf, y);
    y += 5;
  }
  pdf.end();
  return Buffer.concat(await chunks);
}

function coverPage(pdf: Pdf, { title, period, contents, entries, made, head }: TrailCover): void {
  pdf.font('bold').fontSize(20).text('Paper trail', LEFT, 92);
  pdf.fontSize(13).text(oneLine(title), LEFT, 124, { width: RIGHT - LEFT });
  const pairs: [string, string][] = [
    ['Period', period],
    ['Contents', contents],
    ['Entries', entries.toLocaleString('en-GB')],
    ['Made', made],
  ];
  let y = 164;
  for (const [label, value] of pairs) {
    pdf.font('regular').fontSize(10).fillColor(GREY).text(label, LEFT, y).fillColor('#000000');
    pdf.text(oneLine(value), LEFT + 110, y, { width: RIGHT - LEFT - 110 });
    y = pdf.y + 6;
  }
  rule(pdf, y + 6);
  pdf.font('bold').text('How to check it', LEFT, y + 20);
  pdf.font('regular').text(howToCheck(head), LEFT, pdf.y + 4, { width: RIGHT - LEFT, lineGap: 2 });
  if (head) pdf.fontSize(8).text(`${head.seq}:${head.hash}`, LEFT, pdf.y + 8, { width: RIGHT - LEFT });
}

function howToCheck(head: TrailCover['head']): string {
  if (!head) return 'Nothing has been recorded yet.';
  return (
    'Each entry of the trail carries a hash over its contents and over the entry before it, so nothing can be changed, taken out or put in ' +
    'unnoticed. The export as JSON holds every entry with its hash and its text; npm run verify-trail -- --file NAME checks it without ' +
    'Arrears’ store. Texts that were erased at the request of a person are missing; their entries stay and still verify. ' +
    'When this was made the trail ended with entry and hash:'
  );
}

/** Returns where its first row begins. */
function nextPage(pdf: Pdf, { title }: TrailCover, page: number): number {
  pdf.addPage();
  pdf.font('regular').fontSize(8).fillColor(GREY);
  pdf.text(oneLine(title), LEFT, 40, { width: 380, height: 12, ellipsis: true });
  pdf.text(`Page ${page}`, LEFT, 800, { width: RIGHT - LEFT, align: 'right', lineBreak: false });
  pdf.fillColor('#000000').font('bold').fontSize(9);
  for (const { x, width, head } of COLUMNS) pdf.text(head, x, TOP, { width });
  rule(pdf, TOP + 16);
  pdf.font('regular').fontSize(8);
  return TOP + 22;
}

/** Characters that fit on a page in the narrowest column; the JSON has all of a longer text. */
const LONGEST = 1_800;

/** Values of the ledger and of people stay in their cell. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} … (goes on in the JSON)` : line;
}
