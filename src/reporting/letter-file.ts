import { setImmediate as nextTurn } from 'node:timers/promises';
import { renderAsync } from '@resvg/resvg-js';
import PDFDocument from 'pdfkit';
import type { LetterSheets } from '../escalation/letter.port.ts';
import { LETTER_PICTURES } from '../escalation/letter.ts';
import type { LetterPaper } from '../escalation/letter-paper.ts';
import { LETTER_LEFT, LETTER_RIGHT, type LetterSheet, letterSheets, PAGE } from './letter-layout.ts';
import { LETTER_WORDS } from './letter-words.ts';
import { BOLD, FONT, NO_DEFAULT_FONT, REGULAR, withFonts } from './paper.ts';

/** The letter as PDF, and its pages as PNG. The PDF's bytes differ from run to run (pdfkit): draw once and keep them. */
export async function letterFile(paper: LetterPaper): Promise<LetterSheets> {
  const sheets = letterSheets(paper);
  const number = paper.reference.replace(/[^A-Za-z0-9_-]+/g, '-');
  const pages: Uint8Array[] = [];
  for (const sheet of shown(sheets)) pages.push(await picture(sheet));
  return { name: `${LETTER_WORDS[paper.language].file}-${number}-${paper.date}.pdf`, pdf: await pdfOf(sheets, paper), pages };
}

const shown = (sheets: readonly LetterSheet[]) =>
  sheets.length <= LETTER_PICTURES ? sheets : [...sheets.slice(0, LETTER_PICTURES - 1), sheets.at(-1)!];

async function pdfOf(sheets: readonly LetterSheet[], { locale, subject, seller }: LetterPaper): Promise<Uint8Array> {
  const info = { Title: subject, Author: seller.name };
  const pdf = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, font: NO_DEFAULT_FONT, lang: locale, info });
  withFonts(pdf);
  const chunks = Array.fromAsync(pdf as AsyncIterable<Buffer>);
  for (const { prints, rules } of sheets) {
    await nextTurn();
    pdf.addPage();
    for (const { y, colour, width } of rules)
      pdf.moveTo(LETTER_LEFT, y).lineTo(LETTER_RIGHT, y).lineWidth(width).strokeColor(colour).stroke();
    for (const { x, y, text, size, bold, colour } of prints)
      pdf
        .font(bold ? 'bold' : 'regular')
        .fontSize(size)
        .fillColor(colour)
        .text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
  }
  pdf.end();
  return Buffer.concat(await chunks);
}

async function picture({ prints, rules }: LetterSheet): Promise<Uint8Array> {
  const lines = rules.map(
    ({ y, colour, width }) =>
      `<line x1="${LETTER_LEFT}" x2="${LETTER_RIGHT}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="${width}"/>`,
  );
  const texts = prints.map(
    ({ x, y, text, size, bold, colour }) =>
      `<text x="${x.toFixed(2)}" y="${y.toFixed(2)}" font-size="${size}" font-weight="${bold ? 700 : 400}" fill="${colour}" xml:space="preserve">${escaped(text)}</text>`,
  );
  const { width, height } = PAGE;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT}"><rect width="${width}" height="${height}" fill="#ffffff"/>${lines.join('')}${texts.join('')}<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" fill="none" stroke="#d4d4d4"/></svg>`;
  const image = await renderAsync(svg, {
    font: { fontFiles: [REGULAR, BOLD], loadSystemFonts: false, defaultFontFamily: FONT },
    fitTo: { mode: 'zoom', value: 2 },
  });
  return image.asPng();
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
