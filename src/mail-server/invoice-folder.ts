import fs from 'node:fs/promises';
import path from 'node:path';
import type { EInvoiceRead } from '../invoices/e-invoice.ts';
import type { FileProblem, InvoiceFiles } from '../mails/send.port.ts';

/** The folder into which an operator puts invoices as PDF. Nothing outside it is read, whatever name or link says so. */
export function invoiceFolder(dir: string, eInvoice: (bytes: Uint8Array) => Promise<EInvoiceRead | null>): InvoiceFiles {
  const within = async (name: string, most: number): Promise<{ readonly bytes: Buffer } | { readonly problem: FileProblem }> => {
    const file = path.resolve(dir, name);
    const [root, real] = await Promise.all([dir, file].map((each) => fs.realpath(each).catch(absent)));
    if (!root || !real) return { problem: 'absent' };
    if (!real.startsWith(root + path.sep)) return { problem: 'outside' };
    const { size, isFile } = await fs.stat(real).then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
    if (!isFile) return { problem: 'absent' };
    if (size > most) return { problem: 'too-large' };
    const bytes = await fs.readFile(real);
    if (bytes.length > most) return { problem: 'too-large' };
    return { bytes };
  };
  return {
    async read(name, most) {
      const read = await within(name, most);
      return 'problem' in read || read.bytes.subarray(0, 1024).includes('%PDF-') ? read : { problem: 'no-pdf' };
    },
    async eInvoice(name, bytes) {
      const inside = await eInvoice(bytes);
      if (inside) return inside;
      const beside = await within(name.replace(/\.pdf$/i, '.xml'), MOST_XML);
      if (!('problem' in beside)) return eInvoice(beside.bytes);
      return beside.problem === 'absent' ? null : { ok: false, rule: beside.problem, says: 'The e-invoice beside it cannot be read' };
    },
  };
}

const MOST_XML = 20_000_000;

/** No such file, or a name that leads nowhere: ELOOP is a link that leads back to itself. */
const NOWHERE = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']);

function absent(error: NodeJS.ErrnoException): null {
  if (NOWHERE.has(error.code ?? '')) return null;
  throw error;
}
