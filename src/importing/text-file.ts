import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { SourceUnreadable } from '../ledger/import.port.ts';
import type { Mapping } from './mapping.ts';
import { decodeBytes } from './open-items/encoding.ts';

type Declared = NonNullable<Mapping['encoding']>;

/** So much of a file shows in which old code it was written. */
const LOOKED_AT = 1 << 20;
const ZEROS_IN = 4_000;

export interface TextFile {
  readonly path: string;
  readonly encoding: string;
  readonly sha256: string;
  /** Why it is read so, where that was not plain; '' else. */
  readonly evidence: string;
}

/** Reads the whole file once: its encoding is known only when every byte has been seen. Throws SourceUnreadable. */
export async function inspectTextFile(path: string, declared: Declared | undefined): Promise<TextFile> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const start: Buffer[] = [];
  let size = 0;
  let isUtf8 = true;
  for await (const chunk of bytesOf(path, hash)) {
    if (size < LOOKED_AT) start.push(chunk);
    size += chunk.length;
    isUtf8 &&= decodes(utf8, chunk, true);
  }
  if (size === 0) throw new SourceUnreadable('The file is empty. Nothing was imported.');
  isUtf8 &&= decodes(utf8, undefined, false);
  // UTF-16 is seen at once; only what is no UTF-8 needs its words looked at.
  const looked = declared ? null : decodeBytes(Buffer.concat(start).subarray(0, isUtf8 ? ZEROS_IN : LOOKED_AT));
  const encoding = declared ?? encodingOf(looked!.encoding, isUtf8);
  if (declared === 'utf-8' && !isUtf8) {
    throw new SourceUnreadable(
      'The file is not UTF-8 although its mapping says so. Nothing was imported. Set "encoding" in the mapping, or leave it out.',
    );
  }
  return { path, encoding, sha256: hash.digest('hex'), evidence: encoding === 'utf-8' ? '' : (looked?.evidence ?? '') };
}

/** A letter that is not ASCII may stand below what was looked at: then an export of an older Western system is the likely case. */
function encodingOf(looked: string, isUtf8: boolean): string {
  if (looked.startsWith('utf-16')) return looked;
  if (isUtf8) return 'utf-8';
  return looked === 'utf-8' || looked === 'windows-1252' ? 'latin1' : looked;
}

/** The text without its byte order mark. At its end throws SourceUnreadable when the bytes are not those inspected. */
export function openTextFile({ path, encoding, sha256 }: TextFile): { text: Readable; verify(): void } {
  const hash = createHash('sha256');
  const bytes = createReadStream(path).on('data', (chunk) => hash.update(chunk));
  // Windows calls its own superset Latin-1, too: it has the euro sign.
  const text = iconv.decodeStream(encoding === 'latin1' ? 'windows-1252' : encoding) as unknown as Readable & NodeJS.WritableStream;
  bytes.once('error', (error) => text.destroy(error));
  bytes.pipe(text);
  text.once('close', () => bytes.destroy());
  return {
    text,
    verify() {
      if (hash.digest('hex') === sha256) return;
      throw new SourceUnreadable(
        'The file changed while it was read. Run the import again; what was written is kept and will not be doubled.',
      );
    },
  };
}

async function* bytesOf(path: string, hash: Hash): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'There is no such file' : code === 'EISDIR' ? 'It is a folder' : `It cannot be read (${code})`;
    throw new SourceUnreadable(`${why}: ${path}. Nothing was imported.`, { cause });
  }
}

function decodes(decoder: TextDecoder, chunk: Buffer | undefined, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream });
    return true;
  } catch {
    return false;
  }
}
