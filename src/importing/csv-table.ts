import { pipeline } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { SourceUnreadable } from '../ledger/import.port.ts';
import type { Mapping } from './mapping.ts';
import { MOST_CELLS, type Table, type TableRow, tooManyCells } from './table.ts';
import { openTextFile, type TextFile } from './text-file.ts';

/** A quote that never closes would otherwise gather the rest of the file in memory. */
const LONGEST_RECORD = 1 << 20;
const SEPARATOR = /^sep=(.)$/i;
const DELIMITERS = [',', ';', '\t', '|'];

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Rows of a CSV file, streamed. Opening and reading throw SourceUnreadable with the line. */
export async function openCsv(file: TextFile, { delimiter, quote }: Pick<Mapping, 'delimiter' | 'quote'>): Promise<Table> {
  const options = { delimiter: delimiter ?? (await detectDelimiter(file, quote)), quote: quote === '' ? (false as const) : quote };
  const records = csvRecords(file, options);
  let first = await records.next();
  // What Excel writes above the header to say the separator is no row.
  if (!first.done && SEPARATOR.test(first.value.cells.join(options.delimiter))) first = await records.next();
  if (first.done) throw new SourceUnreadable('The file has no header line. Nothing was imported.');
  return { headers: first.value.cells.map((header) => header.trim()), rows: records };
}

async function* csvRecords(file: TextFile, options: { delimiter: string; quote: string | false }): AsyncGenerator<TableRow> {
  const { text, verify } = openTextFile(file);
  const parser = parse({
    ...options,
    info: true,
    relax_column_count: true,
    skip_records_with_empty_values: true,
    max_record_size: LONGEST_RECORD,
  });
  // The error reaches the loop below through the parser.
  pipeline(
    text,
    (chunks: AsyncIterable<string>) => withoutFormulas(withoutEndlessRows(chunks, options.delimiter), options),
    parser,
    () => undefined,
  );
  let read = 0;
  // The parser counts a Windows line end inside quotes as two lines.
  let doubled = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      const spans = record.some((cell) => cell.includes('\n') || cell.includes('\r'));
      if (spans) doubled += matchesIn(record, /\r\n/g);
      read = info.lines - doubled;
      yield { line: spans ? read - matchesIn(record, /\r\n|\r|\n/g) : read, cells: record };
    }
  } catch (error) {
    throw unreadable(error as CsvError, read, doubled);
  } finally {
    text.destroy();
  }
  verify();
}

/** Throws SourceUnreadable for a line of ever more cells. */
async function* withoutEndlessRows(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<string> {
  const between = delimiter.charCodeAt(0);
  let cells = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (code === 10 || code === 13) cells = 0;
      else if (code === between) cells += 1;
    }
    if (cells > MOST_CELLS) throw tooManyCells();
    yield chunk;
  }
}

/** ="00123" is a text that Excel wrote so to keep its zeros. */
async function* withoutFormulas(chunks: AsyncIterable<string>, of: { delimiter: string; quote: string | false }): AsyncGenerator<string> {
  if (of.quote !== '"') return yield* chunks;
  let before = '\n';
  let kept = '';
  for await (const chunk of chunks) {
    const text = kept + chunk;
    // What follows may stand in the next chunk.
    const cut = text.length - (/="?$/.exec(text)?.[0].length ?? 0);
    kept = text.slice(cut);
    const whole = text.slice(0, cut);
    const starts = (at: number) => ['\n', '\r', of.delimiter].includes(at === 0 ? before : whole[at - 1]!);
    yield whole.replaceAll(/="(?!")/g, (found, at: number) => (starts(at) ? '"' : found));
    before = whole.at(-1) ?? before;
  }
  yield kept;
}

/** The one that stands most often in the header line, outside quotes. */
async function detectDelimiter(file: TextFile, quote: string): Promise<string> {
  const { text } = openTextFile(file);
  let head = '';
  for await (const chunk of text) {
    head += String(chunk);
    if (/[\r\n]/.test(head.trimStart()) || head.length > 65_536) break;
  }
  const line = head.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const said = SEPARATOR.exec(line.trimEnd())?.[1];
  if (said !== undefined) return said;
  const bare = quote === '' ? line : line.replaceAll(new RegExp(`${quote}[^${quote}]*${quote}`, 'g'), '');
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counts.sort((a, b) => b.count - a.count)[0]!.delimiter;
}

function matchesIn(record: readonly string[], pattern: RegExp): number {
  return record.reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0);
}

function unreadable(error: CsvError, read: number, doubled: number): Error {
  const kept = 'Nothing was imported. Correct the file, or set "quote" to "" in the mapping when its quotes are ordinary characters.';
  const at = ((error as { lines?: number }).lines ?? read) - doubled;
  switch (error.code as string) {
    case 'CSV_MAX_RECORD_SIZE':
      return new SourceUnreadable(
        `The row on line ${read + 1} or soon after is longer than ${LONGEST_RECORD >> 20} MB: perhaps a quoted text in it never ends. ${kept}`,
        { cause: error },
      );
    case 'CSV_QUOTE_NOT_CLOSED':
      return new SourceUnreadable(`A quoted text that begins on line ${read + 1} or soon after never ends. ${kept}`, { cause: error });
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return new SourceUnreadable(`Line ${at} has a quote in the middle of a text. ${kept}`, { cause: error });
    default:
      return error;
  }
}
