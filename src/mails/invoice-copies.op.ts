import path from 'node:path';
import { differences, stops } from '../invoices/against-ledger.ts';
import type { ERemark } from '../invoices/e-invoice.ts';
import type { World } from '../kernel/world.port.ts';
import type { Invoice } from '../ledger/invoice.ts';
import { invoiceCopy } from './invoice-copy.ts';
import type { MailAttachment } from './mail-content.ts';
import { keepMailFile } from './mail-files.op.ts';
import { confirmedAccounts } from './payee.ts';
import type { FileProblem } from './send.port.ts';

/** The file of an invoice as the ledger names it. */
export interface CopyFile {
  readonly invoice: string;
  readonly file: string;
  /** The ledger's side, against which an e-invoice in the file is read; left out: not known. */
  readonly ledger?: Invoice;
}

/** Mail servers take 25 MB and Base64 adds a third: with statements this stays well below (own limits). */
const MOST_TOGETHER = 10_000_000;
const MOST_FILES = 20;

const WHY: Readonly<Record<FileProblem, (file: string) => string>> = {
  absent: (file) => `there is no file ${file} in the folder of invoices`,
  outside: (file) => `${file} leads out of the folder of invoices`,
  'too-large': (file) =>
    `with ${file} the copies would have more than ${MOST_TOGETHER / 1e6} MB. The mail stands without it: send the copy another way, or put a smaller PDF in its place for the next mail`,
  'no-pdf': (file) => `${file} is no PDF`,
};

/** The files among what the ledger names, each once. */
export function copyFiles(invoices: readonly (Invoice | { readonly number: string; readonly copy: string })[]): CopyFile[] {
  const seen = new Set<string>();
  return invoices.flatMap((invoice) => {
    const { number, copy } = invoice;
    const found = invoiceCopy(copy);
    if (!found || 'link' in found || seen.has(found.file)) return [];
    seen.add(found.file);
    return [{ invoice: number, file: found.file, ...('entity' in invoice ? { ledger: invoice } : {}) }];
  });
}

export interface Copies {
  readonly files: MailAttachment[];
  readonly notices: string[];
  /** Why nothing may be sent with these files: they ask for payment to an account that is not ours, or are of another invoice. */
  readonly stopped: string[];
}

/** What an e-invoice in a file or beside it says otherwise than the ledger; nothing without one. Refused: nobody can say whom it asks to pay. */
export async function readAgainst(
  world: World,
  file: string,
  bytes: Uint8Array,
  ledger: Invoice,
): Promise<readonly ERemark[] | { readonly refused: string }> {
  const read = await world.invoiceFiles.eInvoice(file, bytes);
  if (!read) return [];
  // Where the PDF cannot be looked into there is nothing to compare: mail programs show many a PDF that readers of its parts refuse.
  if (!read.ok) return read.rule === 'pdf' ? [] : { refused: `${read.says} (${read.rule})` };
  const { payees, senders } = await world.settings.read();
  const sender = senders?.[ledger.entity]?.name;
  const ours = { accounts: confirmedAccounts(payees, ledger.entity), names: sender ? [sender] : [] };
  return [...read.remarks, ...differences(read.invoice, ledger, ours)];
}

/** Reads the copies once and keeps their bytes: what is approved is what is sent. What cannot go along is a sentence for the reviewer. */
export async function readCopies(world: World, copies: readonly CopyFile[]): Promise<Copies> {
  const files: MailAttachment[] = [];
  const notices: string[] = [];
  const stopped: string[] = [];
  let left = MOST_TOGETHER;
  for (const { invoice, file, ledger } of copies) {
    const read = files.length < MOST_FILES ? await world.invoiceFiles.read(file, left) : { problem: 'too-large' as const };
    if ('problem' in read) {
      notices.push(`The copy of invoice ${invoice} is not attached: ${WHY[read.problem](file)}.`);
      continue;
    }
    const odd = ledger ? await readAgainst(world, file, read.bytes, ledger) : [];
    if ('refused' in odd) {
      notices.push(`The copy of invoice ${invoice} is not attached: ${odd.refused}.`);
      continue;
    }
    stopped.push(...odd.filter(stops).map(({ says }) => `${file}: ${says}.`));
    notices.push(...odd.filter((each) => !stops(each)).map(({ says }) => `The e-invoice of ${invoice} differs from the ledger: ${says}.`));
    left -= read.bytes.length;
    const sha256 = await keepMailFile(world, read.bytes);
    const name = path.posix.basename(file);
    const taken = files.some((each) => each.name.toLowerCase() === name.toLowerCase());
    files.push({
      name: taken ? `${files.length + 1}-${name}` : name,
      type: 'application/pdf',
      sha256,
      size: read.bytes.length,
      shows: copyShows(world, file),
    });
  }
  return { files, notices, stopped };
}

/** The known files that the ledger still names; a copy that could not go along then is not missed now. */
export function copiesNow(
  world: Pick<World, 'fingerprint'>,
  copies: readonly CopyFile[],
  known: readonly MailAttachment[],
): MailAttachment[] {
  const named = new Set(copies.map(({ file }) => copyShows(world, file)));
  return known.filter(({ shows }) => named.has(shows));
}

/** Fingerprint of a copy among attachments. */
export const copyShows = ({ fingerprint }: Pick<World, 'fingerprint'>, file: string) => fingerprint({ copy: file });
