import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { SourceUnreadable } from '../ledger/import.port.ts';
import type { Mapping } from './mapping.ts';

type Encoding = NonNullable<Mapping['encoding']>;

export interface TextFile {
  readonly path: string;
  readonly encoding: Encoding;
  readonly sha256: string;
}

/** Reads the whole file once: its encoding is known only when every byte has been seen. Throws SourceUnreadable. */
export async function inspectTextFile(path: string, declared: Encoding | undefined): Promise<TextFile> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let start: Buffer = Buffer.alloc(0);
  let isUtf8 = true;
  for await (const chunk of bytesOf(path, hash)) {
    if (start.length < 4) start = Buffer.concat([start, chunk.subarray(0, 4)]);
    isUtf8 &&= decodes(utf8, chunk, true);
  }
  if (start.length === 0) throw new SourceUnreadable('The file is empty. Nothing was imported.');
  isUtf8 &&= decodes(utf8, undefined, false);
  // Without a mark and not UTF-8, an export of an older Western system is the likely case.
  const encoding = declared ?? byteOrderMark(start) ?? (isUtf8 ? 'utf-8' : 'latin1');
  if (encoding === 'utf-8' && !isUtf8) {
    throw new SourceUnreadable(
      'The file is not UTF-8 although its mapping says so. Nothing was imported. Set "encoding" in the mapping, or leave it out.',
    );
  }
  return { path, encoding, sha256: hash.digest('hex') };
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

function byteOrderMark(start: Buffer): Encoding | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 'utf-8' : null;
}
