import { SourceUnreadable } from '../ledger/import.port.ts';
import type { Mapping } from './mapping.ts';

/** `line` counts from 1, the header included; where a quoted text spans lines, the first of them. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What every kind of file comes down to; read once. */
export interface Table {
  readonly headers: readonly string[];
  readonly rows: AsyncIterable<TableRow>;
}

/** Field to the index of its column. Throws SourceUnreadable, naming every missing or doubled column at once. */
export function placeColumns(
  headers: readonly string[],
  { columns, optionalColumns }: Pick<Mapping, 'columns' | 'optionalColumns'>,
): Map<string, number> {
  const known = headers.map(plain);
  const places = new Map<string, number>();
  const missing = new Set<string>();
  const doubled = new Set<string>();
  for (const [field, header] of [...Object.entries(columns), ...Object.entries(optionalColumns)]) {
    const at = known.indexOf(plain(header));
    if (at >= 0) places.set(field, at);
    else if (field in columns) missing.add(header);
    if (at >= 0 && known.lastIndexOf(plain(header)) !== at) doubled.add(header);
  }
  const quoted = (names: Set<string>) => [...names].map((name) => `"${name}"`).join(', ');
  if (missing.size > 0) {
    throw new SourceUnreadable(
      `The file has no column ${quoted(missing)}. Its columns are: ${shown(headers)}. Nothing was imported. Correct the file or the mapping.`,
    );
  }
  if (doubled.size > 0)
    throw new SourceUnreadable(`The file has the column ${quoted(doubled)} twice. Nothing was imported. Rename one of them.`);
  return places;
}

function plain(header: string): string {
  return header.normalize('NFC').trim().toLowerCase();
}

function shown(headers: readonly string[]): string {
  const text = headers.join(', ');
  return text.length > 500 ? `${text.slice(0, 500)} ...` : text;
}

/** A parser counts the letters of a record, and empty cells have none; cells of a letter each cost far more than the letter. */
export const MOST_CELLS = 100_000;

export function tooManyCells(): SourceUnreadable {
  return new SourceUnreadable(
    `A line of the file has more than ${MOST_CELLS} cells. Nothing was imported. Leave out the columns that are not needed.`,
  );
}
