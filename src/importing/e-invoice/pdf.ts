import { getDocumentProxy } from 'unpdf';
import { MOST_BYTES, NotRead } from './xml-tree.ts';

/** Names that Factur-X, ZUGFeRD and XRechnung give to the XML inside a PDF. */
const NAMES = /^(factur-x|zugferd-invoice|xrechnung|order-x)\.xml$/i;

/** The XML of an e-invoice inside a PDF; null for a PDF without one. Nothing of the PDF is run or shown. Throws NotRead. */
export async function xmlInPdf(bytes: Uint8Array): Promise<Uint8Array | null> {
  if (bytes.length > MOST_BYTES) throw new NotRead('size', `the PDF has more than ${MOST_BYTES / 1e6} MB`);
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { isEvalSupported: false, stopAtErrors: true, verbosity: 0 }).catch(
    (error: Error) => {
      if (error.name === 'PasswordException') throw new NotRead('password', 'the PDF is protected by a password');
      throw new NotRead('pdf', 'the PDF is damaged');
    },
  );
  try {
    const files = Object.values(((await pdf.getAttachments()) ?? {}) as Record<string, { filename: string; content?: Uint8Array }>);
    const found = files.filter(({ filename }) => NAMES.test(filename));
    if (found.length > 1) throw new NotRead('twice', 'the PDF holds two e-invoices');
    return found[0]?.content ?? null;
  } finally {
    await pdf.destroy();
  }
}
