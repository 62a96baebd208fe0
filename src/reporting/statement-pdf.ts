import { setImmediate as nextTurn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { Statement, StatementCharge, StatementLine, StatementStyle } from '../charges/statement.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import { formatMoney } from '../kernel/money.ts';
import { longDate, mediumDate } from './dates.ts';
import { GREY, LEFT, NO_DEFAULT_FONT, type Pdf, RIGHT, rule, withFonts } from './paper.ts';
import { STATEMENT_WORDS } from './statement-words.ts';

const BOTTOM = 842 - 90;
const ROW = 19;

interface Column<Row> {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly head: string;
  readonly cell: (row: Row) => string;
}

/** A4 pages with the packaged font. Its bytes differ from run to run (pdfkit): render once and keep them. */
export async function statementPdf(statement: Statement, style: StatementStyle): Promise<{ name: string; bytes: Uint8Array }> {
  const words = STATEMENT_WORDS[style.language];
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    font: NO_DEFAULT_FONT,
    lang: style.locale,
    info: { Title: words.title, Author: statement.seller },
  });
  withFonts(pdf);
  const chunks = Array.fromAsync(pdf as AsyncIterable<Buffer>);
  heading(pdf, statement, style);
  const columns = columnsOf(statement, style);
  let y = tableHead(pdf, columns, 232);
  for (const line of statement.lines) {
    if (y > BOTTOM) {
      // Hundreds of pages take seconds: whoever clicks meanwhile is answered between two of them.
      await nextTurn();
      pdf.addPage();
      y = tableHead(pdf, columns, 64);
    }
    row(pdf, columns, line, y);
    y += ROW;
  }
  y = sums(pdf, statement, style, y);
  if (statement.charges.length > 0) charges(pdf, statement, style, y + 26);
  numberPages(pdf, style);
  pdf.end();
  const number = statement.account.number.replace(/[^A-Za-z0-9_-]/g, '');
  const name = [words.file, number, statement.currency, style.today].filter(Boolean).join('-');
  return { name: `${name}.pdf`, bytes: Buffer.concat(await chunks) };
}

function heading(pdf: Pdf, { seller, account, currency }: Statement, { language, locale, today, asOf }: StatementStyle): void {
  const words = STATEMENT_WORDS[language];
  pdf
    .font('bold')
    .fontSize(12)
    .text(oneLine(seller), LEFT, 56, { width: RIGHT - LEFT, height: 18, ellipsis: true });
  pdf.font('bold').fontSize(20).text(`${words.title} · ${currency}`, LEFT, 92);
  pdf.font('regular').fontSize(10);
  pair(pdf, 134, words.customer, account.name);
  pair(pdf, 152, words.customerNumber, account.number);
  pair(pdf, 170, words.issued, longDate(today, locale));
  const when = asOf.at.toZonedDateTimeISO(asOf.zone).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' });
  pdf
    .fillColor(GREY)
    .text(words.asOf(when), LEFT, 194, { width: RIGHT - LEFT })
    .fillColor('#000000');
}

function pair(pdf: Pdf, y: number, label: string, value: string): void {
  pdf.fillColor(GREY).text(label, LEFT, y).fillColor('#000000');
  pdf.text(oneLine(value), LEFT + 130, y, { width: RIGHT - LEFT - 130, height: 14, ellipsis: true });
}

function columnsOf({ currency }: Statement, { language, locale, today }: StatementStyle): Column<StatementLine>[] {
  const words = STATEMENT_WORDS[language];
  const amount = (minor: number | null) => (minor === null ? '' : formatMoney({ amount: minor, currency }, locale));
  const late = ({ due }: StatementLine) => Math.max(0, daysBetween(due, today));
  const date = (day: Day) => mediumDate(day, locale);
  return [
    { x: LEFT, width: 104, align: 'left', head: words.invoice, cell: ({ number }) => oneLine(number) },
    { x: 164, width: 76, align: 'left', head: words.issued, cell: ({ issued }) => date(issued) },
    { x: 244, width: 76, align: 'left', head: words.due, cell: ({ due }) => date(due) },
    { x: 322, width: 48, align: 'right', head: words.late, cell: (line) => (late(line) > 0 ? String(late(line)) : '') },
    { x: 376, width: 80, align: 'right', head: words.total, cell: ({ total }) => amount(total) },
    { x: 460, width: RIGHT - 460, align: 'right', head: words.open, cell: ({ open }) => amount(open) },
  ];
}

/** Returns where the first row begins. */
function tableHead<Row>(pdf: Pdf, columns: readonly Column<Row>[], y: number): number {
  pdf.font('bold').fontSize(9);
  const height = Math.max(...columns.map(({ head, width, align }) => pdf.heightOfString(head, { width, align })));
  for (const { x, width, align, head } of columns) {
    pdf.text(head, x, y + height - pdf.heightOfString(head, { width, align }), { width, align });
  }
  rule(pdf, y + height + 4);
  pdf.font('regular');
  return y + height + 10;
}

function row<Row>(pdf: Pdf, columns: readonly Column<Row>[], line: Row, y: number): void {
  for (const { x, width, align, cell } of columns) fitted(pdf, cell(line), x, y, width, align);
  rule(pdf, y + ROW - 5);
}

/** A long number or amount is written smaller, never cut. */
function fitted(pdf: Pdf, text: string, x: number, y: number, width: number, align: 'left' | 'right'): void {
  let size = 9;
  pdf.fontSize(size);
  while (size > 4 && pdf.widthOfString(text) > width) {
    size -= 0.5;
    pdf.fontSize(size);
  }
  pdf.text(text, x, y + (9 - size), { width, align, lineBreak: false });
  pdf.fontSize(9);
}

/** Returns where the page goes on. */
function sums(pdf: Pdf, { lines, credit, balance, currency }: Statement, { language, locale }: StatementStyle, from: number): number {
  const words = STATEMENT_WORDS[language];
  const amount = (minor: number) => formatMoney({ amount: minor, currency }, locale);
  const rows: [string, string][] = [];
  if (credit > 0) {
    rows.push([words.sum, amount(lines.reduce((sum, { open }) => sum + open, 0))], [words.credit, amount(-credit)]);
  }
  rows.push([words.balance, amount(balance)]);
  let y = from + 8;
  if (y + rows.length * ROW > BOTTOM + 40) {
    pdf.addPage();
    y = 64;
  }
  for (const [label, value] of rows) {
    pdf.font(label === words.balance ? 'bold' : 'regular');
    fitted(pdf, label, 244, y, 190, 'right');
    fitted(pdf, value, 440, y, RIGHT - 440, 'right');
    y += ROW;
  }
  return y;
}

/** A table of its own below the balance, with days and rates, so that everybody can work the interest out. */
function charges(pdf: Pdf, { charges, currency }: Statement, style: StatementStyle, from: number): void {
  const words = STATEMENT_WORDS[style.language];
  const columns = chargeColumns(currency, style);
  const heading = (y: number) => {
    pdf
      .font('bold')
      .fontSize(10)
      .text(words.charges, LEFT, y, { width: RIGHT - LEFT });
    return tableHead(pdf, columns, y + 22);
  };
  const page = () => {
    pdf.addPage();
    return heading(64);
  };
  let y = from + 4 * ROW > BOTTOM ? page() : heading(from);
  for (const charge of charges) {
    if (y > BOTTOM) y = page();
    row(pdf, columns, charge, y);
    y += ROW;
  }
  pdf.font('bold');
  fitted(pdf, words.chargesSum, 244, y + 4, 190, 'right');
  const sum = charges.reduce((total, { amount }) => total + amount, 0);
  fitted(pdf, formatMoney({ amount: sum, currency }, style.locale), 440, y + 4, RIGHT - 440, 'right');
}

function chargeColumns(currency: string, { language, locale }: StatementStyle): Column<StatementCharge>[] {
  const words = STATEMENT_WORDS[language];
  const date = (day: Day) => mediumDate(day, locale);
  const rate = (hundredths: number) =>
    (hundredths / 10_000).toLocaleString(locale, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const days = ({ period }: StatementCharge) => (period ? String(daysBetween(period.from, period.to) + 1) : '');
  return [
    { x: LEFT, width: 104, align: 'left', head: words.claim, cell: ({ kind }) => words.kinds[kind] },
    { x: 164, width: 76, align: 'left', head: words.invoice, cell: ({ invoice }) => oneLine(invoice) },
    {
      x: 244,
      width: 118,
      align: 'left',
      head: words.period,
      cell: ({ period }) => (period ? `${date(period.from)} – ${date(period.to)}` : ''),
    },
    { x: 364, width: 30, align: 'right', head: words.days, cell: days },
    { x: 398, width: 62, align: 'right', head: words.rate, cell: ({ rates }) => rates.map(rate).join(' / ') },
    { x: 464, width: RIGHT - 464, align: 'right', head: words.open, cell: ({ amount }) => formatMoney({ amount, currency }, locale) },
  ];
}

function numberPages(pdf: Pdf, { language }: StatementStyle): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    pdf.switchToPage(start + at);
    pdf.font('regular').fontSize(8).fillColor(GREY);
    pdf.text(STATEMENT_WORDS[language].page(at + 1, count), LEFT, 800, { width: RIGHT - LEFT, align: 'right', lineBreak: false });
  }
}

/** Values of the ledger stay on their line. */
const oneLine = (text: string) => text.replace(/[\p{C}\s]+/gu, ' ').trim();
