import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Raised when a backup's files are laid out in another way; a program reads those of its own and of earlier formats. */
export const FORMAT = 1;
export const ABOUT = 'backup.json';
/** In the form of `sha256sum -c`, so that nobody needs this program to check a backup. */
export const SUMS = 'SHA256SUMS';

/** What a backup says of itself, in backup.json. */
export interface About {
  readonly format: number;
  /** ISO instant. */
  readonly made: string;
  /** Of package.json. */
  readonly program: string;
  /** Of the store's documents; null where the store is not in the backup, or holds nothing. */
  readonly schema: number | null;
  readonly store: 'embedded' | 'mongodb';
}

/** What is said to the person at the command line; anything else is a fault. */
export class BackupProblem extends Error {}

/** Copies a file, waits until it is on the disk, and answers the SHA-256 of what was written, in hex. For its owner alone. */
export async function copyHashed(from: string, to: string): Promise<string> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await fs.mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  await pipeline(createReadStream(from), hashing, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }));
  return hash.digest('hex');
}

export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Makes what was written in a folder, and the names in it, survive a power cut. Windows cannot open a folder for that. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(dir, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Why a disk or a folder refused, in words. */
export function diskTrouble(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || message.includes('database or disk is full')) return 'the disk is full';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `it may not be written (${code})`;
  return message;
}
