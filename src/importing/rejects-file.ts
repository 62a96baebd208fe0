import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Stringifier, stringify } from 'csv-stringify';
import type { Fault } from '../ledger/import.port.ts';

/** Rejected rows as CSV: line, column, value, reason. The file is made with the first of them. */
export interface RejectsFile {
  add(line: number, faults: readonly Fault[]): Promise<void>;
  /** The path, or null when nothing was rejected. */
  close(): Promise<string | null>;
}

export function rejectsFile(path: string): RejectsFile {
  let open: { csv: Stringifier; file: WriteStream } | null = null;
  return {
    async add(line, faults) {
      open ??= await create(path);
      for (const { column, value, reason } of faults) {
        if (!open.csv.write([line, column, value, reason])) await new Promise((resolve) => open?.csv.once('drain', resolve));
      }
    },
    async close() {
      if (open === null) return null;
      open.csv.end();
      await finished(open.file);
      return path;
    },
  };
}

/** Values come from outside: a spreadsheet must not run them as formulas. They may be personal, so only the owner reads them. */
async function create(path: string) {
  await mkdir(dirname(path), { recursive: true });
  const csv = stringify({ escape_formulas: true, header: true, columns: ['line', 'column', 'value', 'reason'] });
  const file = createWriteStream(path, { mode: 0o600 });
  csv.pipe(file);
  await new Promise((resolve, reject) => file.once('open', resolve).once('error', reject));
  return { csv, file };
}
