import { payLink, untrusted } from '../kernel/untrusted.ts';

/** Where the copy of an invoice is: a file in the folder of invoices, or a page that anybody with the link can open. */
export type InvoiceCopy = { readonly file: string } | { readonly link: string };

const LONGEST = 200;
/** Letters, digits and a few marks; folders with '/'. No name begins with a point, so that none leads out of the folder or to a hidden file. */
const FILE = /^(?:[\p{L}\p{N}_][\p{L}\p{N} ._()+-]*\/)*[\p{L}\p{N}_][\p{L}\p{N} ._()+-]*\.pdf$/iu;

/** Null for text that is neither an https link nor the name of a PDF file. */
export function invoiceCopy(text: string): InvoiceCopy | null {
  const link = payLink(untrusted(text));
  if (link) return { link };
  return text.length <= LONGEST && FILE.test(text) && !text.includes('..') ? { file: text } : null;
}
