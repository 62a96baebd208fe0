import { Parser } from 'saxen';
import { SourceUnreadable } from '../ledger/import.port.ts';
import { Damaged } from './archive.ts';

/** No tag, text or comment of a spreadsheet is longer: a cell holds 32,767 characters. https://support.microsoft.com/en-us/office/1672b34d-7043-467e-8e27-269d656771c3 */
const LONGEST_TOKEN = 1 << 20;
const DEEPEST = 100;

/** Names come without their prefix. Text comes in pieces, markup of CDATA and comments taken away. */
export interface XmlListener {
  /** `attributes` is read only when asked for: most tags are passed over. */
  readonly open?: (name: string, attributes: () => Readonly<Record<string, string>>) => void;
  readonly text?: (piece: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Reads XML in one pass. The parser keeps what it has of an unfinished token and looks at it anew with each chunk; so no token may grow
 * without end, which bounds both its memory and its time. It knows no entities but XML's own five and characters by number: a document
 * type that declares more expands to nothing. Throws Damaged, and SourceUnreadable for a text beyond all measure.
 */
export async function readXml(chunks: AsyncIterable<Buffer>, { open, text, close }: XmlListener): Promise<void> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const parser = new Parser();
  let fed = 0;
  let heard = 0;
  let depth = 0;
  const damaged = (problem: Error) => {
    throw new Damaged(problem.message);
  };
  parser.on('error', damaged);
  parser.on('warn', damaged);
  parser.on('openTag', (name, attributes, decode) => {
    heard = fed;
    depth += 1;
    if (depth > DEEPEST) throw new Damaged(`its elements lie in each other more than ${DEEPEST} deep`);
    open?.(local(name), () => decoded(attributes(), decode));
  });
  parser.on('closeTag', (name) => {
    heard = fed;
    depth -= 1;
    close?.(local(name));
  });
  parser.on('text', (piece, decode) => {
    heard = fed;
    text?.(decode(piece));
  });
  parser.on('cdata', (piece) => {
    heard = fed;
    text?.(piece);
  });
  parser.on('comment', () => {
    heard = fed;
  });
  for await (const chunk of chunks) {
    fed += chunk.length;
    parser.write(decode(utf8, chunk));
    if (fed - heard > LONGEST_TOKEN)
      throw new SourceUnreadable(
        `The file holds a text of more than ${LONGEST_TOKEN >> 20} MB in one place. Nothing was imported. Save the sheet as CSV, and try again.`,
      );
  }
  parser.write(decode(utf8));
  parser.end();
}

function decode(utf8: InstanceType<typeof TextDecoder>, chunk?: Buffer): string {
  try {
    return chunk ? utf8.decode(chunk, { stream: true }) : utf8.decode();
  } catch {
    throw new Damaged('its text is not UTF-8');
  }
}

function decoded(attributes: Record<string, string>, decode: (text: string) => string): Record<string, string> {
  const read: Record<string, string> = {};
  for (const name in attributes) read[local(name)] = decode(attributes[name]!);
  return read;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
