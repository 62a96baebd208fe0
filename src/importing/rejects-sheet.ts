import { type Stringifier, stringify } from 'csv-stringify';
import type { RejectsSheet } from '../ledger/dropped-files.port.ts';
import type { Fault } from '../ledger/import.port.ts';

/** Rejected rows as CSV in memory: line, column, value, reason. Ends with a line that says so when there were more than fit. */
export function rejectsSheet(mostBytes: number): RejectsSheet {
  const chunks: Buffer[] = [];
  let size = 0;
  let csv: Stringifier | null = null;
  let full = false;
  return {
    add(line, faults: readonly Fault[]) {
      if (full) return;
      // Values come from outside: a spreadsheet must not run them as formulas.
      csv ??= stringify({ escape_formulas: true, header: true, columns: ['line', 'column', 'value', 'reason'] }).on(
        'data',
        (chunk: Buffer | string) => {
          chunks.push(Buffer.from(chunk));
          size += chunk.length;
        },
      );
      for (const { column, value, reason } of faults) csv.write([line, column, value, reason]);
      full = size > mostBytes - 10_000;
      if (full) csv.write([line, '', '', 'More rows were rejected behind this line; correct these first.']);
    },
    async bytes() {
      if (!csv) return null;
      const ended = new Promise((resolve, reject) => csv!.once('end', resolve).once('error', reject));
      csv.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}
