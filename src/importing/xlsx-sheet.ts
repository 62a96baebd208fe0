import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { SourceUnreadable } from '../operations/import-ports.ts';
import type { Table } from './table.ts';
import type { SheetAnswer, SheetRequest } from './xlsx-worker.ts';

/** The whole sheet is held in memory while it is read: about 15 times the size of its file. */
const MOST_BYTES = 20_000_000;
const MOST_MEMORY_MB = 1024;

const ZIP = 'PK\x03\x04';
/** Compound File Binary: the old XLS, and every XLSX with a password. */
const COMPOUND = '\xd0\xcf\x11\xe0';

/** True for a spreadsheet. Throws SourceUnreadable for one that cannot be read: encrypted, or of Excel before 2007. */
export async function isXlsx(path: string): Promise<boolean> {
  const start = await firstBytes(path);
  if (start === COMPOUND)
    throw new SourceUnreadable(
      'The file is protected by a password, or it is an old XLS file. Nothing was imported. Save it without a password as XLSX or CSV, and try again.',
    );
  return start === ZIP;
}

/** '' where the file cannot be opened: whoever reads it as text says why. */
async function firstBytes(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('latin1');
  } catch {
    return '';
  } finally {
    await file.close();
  }
}

/** A sheet as text, read once, in a thread of its own: the bot goes on meanwhile, and a hostile file ends the thread only. Throws SourceUnreadable. */
export async function readXlsx(request: SheetRequest): Promise<() => Table> {
  const { size } = await stat(request.path);
  if (size > MOST_BYTES)
    throw new SourceUnreadable(
      `The file has ${Math.ceil(size / 1e6)} MB; an XLSX file may have ${MOST_BYTES / 1e6} MB. Nothing was imported. Save the sheet as CSV, which has no such limit.`,
    );
  const answer = await inThread(request);
  if ('sentence' in answer) throw new SourceUnreadable(answer.sentence);
  const [head, ...rows] = answer.rows;
  return () => ({ headers: head!.cells.map((header) => header.trim()), rows: iterated(rows) });
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function inThread(request: SheetRequest): Promise<SheetAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./xlsx-worker.ts', import.meta.url), {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    worker.once('message', (answer: SheetAnswer) => {
      resolve(answer);
      void worker.terminate();
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return reject(error);
      resolve({ sentence: 'The sheet is too large to be read as XLSX. Nothing was imported. Save it as CSV, which has no such limit.' });
    });
    worker.once('exit', (code) => reject(new Error(`the thread that reads a spreadsheet ended with ${code}`)));
  });
}

async function* iterated<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
