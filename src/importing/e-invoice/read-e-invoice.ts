import type { EInvoice, EInvoiceRead } from '../../invoices/e-invoice.ts';
import { brokenSum, oddities } from '../../invoices/sums.ts';
import { readCii } from './cii.ts';
import { xmlInPdf } from './pdf.ts';
import { readUbl } from './ubl.ts';
import { NotRead, type XmlNode, xmlTree } from './xml-tree.ts';

/**
 * Reads an e-invoice: UBL, CII, or the one inside a PDF; null for a PDF that has none. What breaks a rule of EN 16931 is refused by that
 * rule's name, nothing half read. Sums are worked out anew.
 */
export async function readEInvoice(bytes: Uint8Array): Promise<EInvoiceRead | null> {
  try {
    const xml = isPdf(bytes) ? await xmlInPdf(bytes) : bytes;
    return xml === null ? null : judged(invoiceOf(xmlTree(xml)));
  } catch (error) {
    if (error instanceof NotRead) return { ok: false, rule: error.rule, says: `The e-invoice cannot be used: ${error.message}` };
    throw error;
  }
}

function judged(invoice: EInvoice): EInvoiceRead {
  const broken = brokenSum(invoice);
  return broken ? { ok: false, ...broken } : { ok: true, invoice, remarks: oddities(invoice) };
}

function invoiceOf(root: XmlNode): EInvoice {
  if (root.name === 'ubl:Invoice' || root.name === 'ubl-credit:CreditNote') return readUbl(root);
  if (root.name === 'rsm:CrossIndustryInvoice') return readCii(root);
  if (root.name === 'zugferd1:CrossIndustryDocument')
    throw new NotRead('version', 'it is ZUGFeRD 1.0, which has been replaced; ask for ZUGFeRD 2 or Factur-X');
  throw new NotRead('structure', 'it is XML, but neither a UBL nor a CII invoice');
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}
