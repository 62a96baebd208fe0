import { createRequire } from 'node:module';
import path from 'node:path';
import { openSync } from 'fontkit';
import type PDFDocument from 'pdfkit';

const fonts = path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));
export const FONT = 'Noto Sans';
export const REGULAR = path.join(fonts, '400Regular/NotoSans_400Regular.ttf');
export const BOLD = path.join(fonts, '700Bold/NotoSans_700Bold.ttf');

/**
 * For pdfkit's `font`: a font it knows by its path beforehand is read and parsed anew at each `.font('regular')`, since the name a font was
 * registered under is kept only where no other was (pdfkit 0.20, mixins/fonts). Half of all the time a long document took.
 */
export const NO_DEFAULT_FONT = '';

let parsed: { readonly regular: PDFKit.Mixins.PDFFontSource; readonly bold: PDFKit.Mixins.PDFFontSource } | undefined;

/**
 * Gives the document our two faces, as "regular" and "bold". They are parsed once for all documents: a short letter took a third of its time for
 * it. pdfkit takes a font that fontkit has opened (its changelog, 0.20), which its types do not say yet.
 */
export function withFonts(pdf: Pdf): Pdf {
  parsed ??= { regular: openSync(REGULAR) as never, bold: openSync(BOLD) as never };
  return pdf.registerFont('regular', parsed.regular).registerFont('bold', parsed.bold);
}

/** Points; A4 is 595 x 842. */
export const LEFT = 56;
export const RIGHT = 595 - 56;
export const TOP = 64;
export const GREY = '#5c5c5c';
export const RULE = '#c9c9c9';
/** Others wait while pages are drawn: after so many rows they have their turn. */
export const ROWS_AT_ONCE = 100;

export type Pdf = InstanceType<typeof PDFDocument>;

/** A thin line across the page. */
export function rule(pdf: Pdf, y: number): void {
  pdf.moveTo(LEFT, y).lineTo(RIGHT, y).lineWidth(0.5).strokeColor(RULE).stroke();
}
