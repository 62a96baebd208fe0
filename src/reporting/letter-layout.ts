import PDFDocument from 'pdfkit';
import type { LetterPaper } from '../escalation/letter-paper.ts';
import { formatMoney } from '../kernel/money.ts';
import { longDate, mediumDate } from './dates.ts';
import { LETTER_WORDS } from './letter-words.ts';
import { NO_DEFAULT_FONT, withFonts } from './paper.ts';

/** One line of print; `y` is its baseline. Points; A4 is 595 x 842. */
interface Print {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly colour: string;
}

export interface LetterSheet {
  readonly prints: readonly Print[];
  /** Horizontal lines. */
  readonly rules: readonly { readonly y: number; readonly colour: string; readonly width: number }[];
}

export const PAGE = { width: 595, height: 842 };
export const LETTER_LEFT = 68;
export const LETTER_RIGHT = PAGE.width - 68;
const SIDE = 376;
const BOTTOM = 768;
const TOP_OF_NEXT = 84;
const TEXT = 10;
const LEADING = 14.6;
const BETWEEN = 8.4;
const INK = '#1c2430';
const GREY = '#5b6472';
const ACCENT = '#1f4e79';
const HAIR = '#c8ced6';

type Measure = (text: string, size: number, bold?: boolean) => number;

/** Lays a letter out; the same lines are drawn as PDF and as picture, so that what people see is what is sent. */
export function letterSheets(paper: LetterPaper): LetterSheet[] {
  const page = new Pages(measure(), paper);
  page.letterhead();
  page.address();
  page.subject();
  for (const block of blocksOf(paper)) {
    if (block === 'table') page.table();
    else page.paragraph(block);
  }
  return page.finished();
}

/** The body's paragraphs; the list of invoices is a table where its text stands unchanged. */
function blocksOf({ body, table }: LetterPaper): string[] {
  const at = table ? body.indexOf(`\n${table.text}\n`) : -1;
  if (!table || at < 0) return paragraphs(body);
  return [...paragraphs(body.slice(0, at)), 'table', ...paragraphs(body.slice(at + table.text.length + 1))];
}

const paragraphs = (text: string) =>
  text
    .split(/\n{2,}/)
    .map((part) => part.replace(/^\n+|\n+$/g, ''))
    .filter((part) => part.trim() !== '');

function measure(): Measure {
  const pdf = new PDFDocument({ size: 'A4', margin: 0, font: NO_DEFAULT_FONT });
  withFonts(pdf);
  return (text, size, bold = false) =>
    pdf
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .widthOfString(text);
}

/** Fills one page after the other; `y` is where the next line begins. */
class Pages {
  readonly #width: Measure;
  readonly #paper: LetterPaper;
  readonly #sheets: { prints: Print[]; rules: LetterSheet['rules'][number][] }[] = [{ prints: [], rules: [] }];
  #y = 0;

  constructor(width: Measure, paper: LetterPaper) {
    this.#width = width;
    this.#paper = paper;
  }

  get #sheet() {
    return this.#sheets.at(-1)!;
  }

  #print(text: string, x: number, y: number, more: { size?: number; bold?: boolean; colour?: string; right?: boolean } = {}): void {
    const { size = TEXT, bold = false, colour = INK, right = false } = more;
    const shown = oneLine(text);
    if (shown.trim() === '') return;
    const left = right ? x - this.#width(shown, size, bold) : x;
    this.#sheet.prints.push({ x: left, y, text: shown, size, bold, colour });
  }

  #rule(y: number, colour = HAIR, width = 0.6): void {
    this.#sheet.rules.push({ y, colour, width });
  }

  letterhead(): void {
    const { seller } = this.#paper;
    this.#print(seller.name, LETTER_LEFT, 66, { size: fitting(this.#width, seller.name, 17, 290), bold: true, colour: ACCENT });
    const postal = seller.postal.split('\n').flatMap((line) => this.#wrapped(line, 8, LETTER_RIGHT - SIDE));
    const lines = [...postal.slice(0, 5), seller.phone, seller.email];
    lines.forEach((line, index) => void this.#print(line, LETTER_RIGHT, 52 + index * 11, { size: 8, colour: GREY, right: true }));
    this.#y = Math.max(82, 52 + lines.length * 11);
    this.#rule(this.#y, ACCENT, 1.2);
  }

  address(): void {
    const { recipient, method, firm, date, reference, remittance, language, locale } = this.#paper;
    const words = LETTER_WORDS[language];
    const top = this.#y + 34;
    this.#print(firm ? words.through(firm) : words.by[method], LETTER_LEFT, top, { size: 8, bold: true, colour: GREY });
    const lines = recipient.flatMap((line) => this.#wrapped(line, TEXT, SIDE - LETTER_LEFT - 30)).slice(0, 8);
    lines.forEach((line, index) => void this.#print(line, LETTER_LEFT, top + 18 + index * LEADING, { bold: index === 0 }));
    const pairs: [string, string][] = [
      [words.date, longDate(date, locale)],
      [words.reference, reference],
      [words.remittance, remittance],
    ];
    pairs.forEach(([label, value], index) => {
      const y = top + index * 28;
      this.#print(label, SIDE, y, { size: 8, colour: GREY });
      this.#print(value, SIDE, y + 12, { size: fitting(this.#width, value, 9.5, LETTER_RIGHT - SIDE) });
    });
    this.#y = Math.max(top + 18 + lines.length * LEADING, top + pairs.length * 28) + 24;
  }

  subject(): void {
    for (const line of this.#wrapped(this.#paper.subject, 12, LETTER_RIGHT - LETTER_LEFT, true)) {
      this.#print(line, LETTER_LEFT, this.#y, { size: 12, bold: true });
      this.#y += 17;
    }
    this.#y += 9;
  }

  paragraph(text: string): void {
    const lines = text.split('\n').flatMap((line) => this.#wrapped(line, TEXT, LETTER_RIGHT - LETTER_LEFT));
    // A paragraph of a few lines is not torn apart.
    if (lines.length <= 6) this.#room(lines.length * LEADING);
    for (const line of lines) {
      this.#room(LEADING);
      this.#print(line, LETTER_LEFT, this.#y);
      this.#y += LEADING;
    }
    this.#y += BETWEEN;
  }

  table(): void {
    const { table, language, locale } = this.#paper;
    if (!table) return;
    const words = LETTER_WORDS[language];
    const columns = [LETTER_LEFT, LETTER_LEFT + 170, LETTER_LEFT + 280] as const;
    const amount = (asked: number) => formatMoney({ amount: asked, currency: table.currency }, locale);
    const head = () => {
      const style = { size: 8, colour: GREY };
      [words.invoice, words.issued, words.due].forEach((label, index) => void this.#print(label, columns[index]!, this.#y, style));
      this.#print(words.amount, LETTER_RIGHT, this.#y, { ...style, right: true });
      this.#rule(this.#y + 5);
      this.#y += 19;
    };
    this.#room(70);
    head();
    for (const { number, issued, due, asked } of table.rows) {
      if (this.#room(18)) head();
      this.#print(number, columns[0], this.#y, { size: fitting(this.#width, number, TEXT, 160) });
      this.#print(mediumDate(issued, locale), columns[1], this.#y);
      this.#print(mediumDate(due, locale), columns[2], this.#y);
      this.#print(amount(asked), LETTER_RIGHT, this.#y, { right: true });
      this.#rule(this.#y + 5);
      this.#y += 18;
    }
    this.#room(20);
    this.#print(words.total, columns[2], this.#y, { bold: true });
    this.#print(amount(table.rows.reduce((sum, { asked }) => sum + asked, 0)), LETTER_RIGHT, this.#y, { bold: true, right: true });
    this.#y += 16 + BETWEEN;
  }

  finished(): LetterSheet[] {
    const { language, seller } = this.#paper;
    const words = LETTER_WORDS[language];
    this.#sheets.forEach(({ prints, rules }, index) => {
      const size = 7.5;
      rules.push({ y: 796, colour: HAIR, width: 0.6 });
      prints.push({ x: LETTER_LEFT, y: 809, text: oneLine(seller.name), size, bold: false, colour: GREY });
      const page = words.page(index + 1, this.#sheets.length);
      prints.push({ x: LETTER_RIGHT - this.#width(page, size), y: 809, text: page, size, bold: false, colour: GREY });
    });
    return this.#sheets;
  }

  /** Begins a new page where so much does not fit any more; true when it did. */
  #room(height: number): boolean {
    if (this.#y + height - LEADING <= BOTTOM) return false;
    this.#sheets.push({ prints: [], rules: [] });
    this.#y = TOP_OF_NEXT;
    return true;
  }

  #wrapped(text: string, size: number, width: number, bold = false): string[] {
    const lines: string[] = [];
    const indent = /^ */.exec(text)![0];
    let line = '';
    for (const word of text.trim().split(/ +/)) {
      const longer = line === '' ? indent + word : `${line} ${word}`;
      if (this.#width(longer, size, bold) <= width) line = longer;
      else {
        if (line !== '') lines.push(line);
        line = indent + word;
        // A word longer than the line is broken, never cut.
        while (this.#width(line, size, bold) > width) {
          let most = line.length - 1;
          while (this.#width(line.slice(0, most), size, bold) > width) most -= 1;
          lines.push(line.slice(0, most));
          line = line.slice(most);
        }
      }
    }
    return [...lines, line];
  }
}

/** A long value is written smaller. */
function fitting(width: Measure, text: string, size: number, most: number): number {
  let fits = size;
  while (fits > 5 && width(oneLine(text), fits, size > 12) > most) fits -= 0.5;
  return fits;
}

/** Values of the ledger stay on their line; spaces that set a line in keep their place. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trimEnd();
