import { stringify } from 'csv-stringify/sync';
import type { Sheet } from '../kernel/sheet.port.ts';

/** CSV by RFC 4180 with a BOM, without which Excel reads UTF-8 as Latin-1. Text that a spreadsheet would run as a formula gets an apostrophe. */
export async function csvFile({ columns, rows }: Sheet): Promise<Uint8Array> {
  const text = stringify([columns.map(({ title }) => title), ...rows.map((row) => row.map(String))], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: {
      // A minus before an amount is no formula; escaped it would be text nobody can add up.
      string: (value, { index }) => (columns[index]?.kind !== 'text' ? { value, escape_formulas: false } : value),
    },
  });
  return new TextEncoder().encode(text);
}
