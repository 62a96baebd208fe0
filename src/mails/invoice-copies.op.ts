import path from 'node:path';
import type { World } from '../kernel/world.port.ts';
import { invoiceCopy } from './invoice-copy.ts';
import type { MailAttachment } from './mail-content.ts';
import { keepMailFile } from './mail-files.op.ts';
import type { FileProblem } from './send.port.ts';

/** The file of an invoice as the ledger names it. */
export interface CopyFile {
  readonly invoice: string;
  readonly file: string;
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
export function copyFiles(invoices: readonly { readonly number: string; readonly copy: string }[]): CopyFile[] {
  const seen = new Set<string>();
  return invoices.flatMap(({ number, copy }) => {
    const found = invoiceCopy(copy);
    if (!found || 'link' in found || seen.has(found.file)) return [];
    seen.add(found.file);
    return [{ invoice: number, file: found.file }];
  });
}

/** Reads the copies once and keeps their bytes: what is approved is what is sent. What cannot go along is a sentence for the reviewer. */
export async function readCopies(world: World, copies: readonly CopyFile[]): Promise<{ files: MailAttachment[]; notices: string[] }> {
  const files: MailAttachment[] = [];
  const notices: string[] = [];
  let left = MOST_TOGETHER;
  for (const { invoice, file } of copies) {
    const read = files.length < MOST_FILES ? await world.invoiceFiles.read(file, left) : { problem: 'too-large' as const };
    if ('problem' in read) {
      notices.push(`The copy of invoice ${invoice} is not attached: ${WHY[read.problem](file)}.`);
      continue;
    }
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
  return { files, notices };
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
