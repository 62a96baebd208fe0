import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { SourceUnreadable } from '../ledger/import.port.ts';

/** Of the parts that are read, together: a small archive can unpack to anything. */
const MOST_UNPACKED = 200_000_000;
const MOST_PARTS = 10_000;

/** The bytes contradict themselves; the message says how. */
export class Damaged extends Error {}

/** A ZIP archive whose parts are unpacked as they are read, never whole. */
export interface Archive {
  has(name: string): boolean;
  /** Throws Damaged, and SourceUnreadable for more than is read. */
  part(name: string): AsyncGenerator<Buffer>;
}

/**
 * Reads the archive's directory, as spreadsheet programs do, and not the headers that stand before its parts: a file in which the two
 * differ is read as people see it. The package refuses sizes that lie and methods other than store and deflate.
 */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await yauzl.openPromise(path, { autoClose: false });
  if (zip.entryCount > MOST_PARTS) throw new Damaged(`it has ${zip.entryCount} parts`);
  const entries = new Map<string, yauzl.Entry>();
  for await (const entry of zip.eachEntry()) {
    // Two of one name: one program would show the first, another the last.
    if (entries.has(entry.fileName)) throw new Damaged(`it has the part ${entry.fileName} twice`);
    entries.set(entry.fileName, entry);
  }
  let unpacked = 0;
  const count = (bytes: number) => {
    unpacked += bytes;
    if (unpacked <= MOST_UNPACKED) return;
    throw new SourceUnreadable(
      `The file unpacks to more than ${MOST_UNPACKED / 1e6} MB. Nothing was imported. Leave out what is not needed, or save the sheet as CSV.`,
    );
  };
  return {
    has: (name) => entries.has(name),
    async *part(name) {
      const entry = entries.get(name);
      if (!entry) throw new Damaged(`it has no part ${name}`);
      count(entry.uncompressedSize);
      let sum = 0;
      for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
        sum = crc32(chunk, sum);
        yield chunk;
      }
      if (sum !== entry.crc32) throw new Damaged(`the part ${name} has another checksum`);
    },
  };
}
