import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import { SourceUnreadable } from '../ledger/import.port.ts';
import type { TableRow } from './table.ts';
import type { TableEnd, TableMessage, TableToRead } from './table-worker.ts';

/** A file as it was read: its rows lie packed in memory, and can be gone through as often as needed. */
export interface ReadTable extends TableEnd {
  body(): AsyncIterable<TableRow>;
}

/** Of computing, so that a file is not refused because others keep the machine busy; with the thread's start and end it stays within ten seconds. */
const DEADLINE_MS = 9_000;
/** By the clock, where it waits for a disk or for its share of the processor. */
const PATIENCE = 6;
const LOOK_EVERY_MS = 100;
/** Only the command line takes larger files: a CSV of a gigabyte is honest work, and has its time. */
const WITHIN_BYTES = 20_000_000;
const MS_PER_BYTE_MORE = 0.0005;
/** Of what V8 manages in the thread. What lies outside is bounded by the readers: they hold a chunk of the file, never the whole. */
const LIMITS = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 24 };

export interface ReadOptions {
  /** Ends the reading: the process stops, or the file is another instance's. Its reason is thrown. */
  readonly stop?: AbortSignal | undefined;
  readonly deadlineMs?: number;
}

let reading: Promise<unknown> = Promise.resolve();

/**
 * Reads a CSV or XLSX file in a thread of its own, one file at a time, within a deadline: whatever the file holds, it costs the bot at most
 * ten seconds of another core and the memory of one reader. Throws SourceUnreadable with a sentence for people.
 */
export function readTable(request: TableToRead, options: ReadOptions = {}): Promise<ReadTable> {
  const mine = reading.then(() => readNow(request, options));
  reading = mine.catch(() => undefined);
  return mine;
}

async function readNow(request: TableToRead, { stop, deadlineMs }: ReadOptions): Promise<ReadTable> {
  stop?.throwIfAborted();
  const size = await stat(request.path).then(
    (found) => found.size,
    () => 0,
  );
  const within = deadlineMs ?? DEADLINE_MS + Math.max(0, size - WITHIN_BYTES) * MS_PER_BYTE_MORE;
  const batches: Uint8Array<ArrayBuffer>[] = [];
  const end = await inThread(request, batches, within, stop);
  return { ...end, body: () => rowsOf(batches) };
}

/** Turn by turn, so that a long file holds up nobody. */
async function* rowsOf(batches: readonly Uint8Array<ArrayBuffer>[]): AsyncGenerator<TableRow> {
  for (const batch of batches) {
    const rows = JSON.parse(inflateRawSync(batch).toString()) as [number, ...string[]][];
    for (const [line, ...cells] of rows) yield { line, cells };
    await nextTurn();
  }
}

async function inThread(
  request: TableToRead,
  batches: Uint8Array<ArrayBuffer>[],
  deadlineMs: number,
  stop: AbortSignal | undefined,
): Promise<TableEnd> {
  // Without the environment: nothing that is secret lies where a hostile file is read.
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), { workerData: request, resourceLimits: LIMITS, env: {} });
  const ended = Promise.withResolvers<TableEnd>();
  const unreadable = (sentence: string) => ended.reject(new SourceUnreadable(sentence));
  const stopped = () => ended.reject(stop?.reason);
  worker.on('message', (message: TableMessage) => {
    if ('batch' in message) batches.push(message.batch);
    else if ('sentence' in message) unreadable(message.sentence);
    else ended.resolve(message);
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return ended.reject(error);
    unreadable('The file needs more memory than a reader has. Nothing was imported. Leave out what is not needed, and save it as CSV.');
  });
  worker.on('exit', (code) => ended.reject(new Error(`the thread that reads a file ended with ${code}`)));
  const started = performance.now();
  const tooLong = () =>
    unreadable(
      `The file was not read within ${Math.ceil(deadlineMs / 1000)} seconds. Nothing was imported. Leave out what is not needed, save it as CSV, and try again.`,
    );
  const watching = setInterval(async () => {
    if (performance.now() - started > deadlineMs * PATIENCE) return tooLong();
    const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    if ((user + system) / 1000 > deadlineMs) tooLong();
  }, LOOK_EVERY_MS);
  stop?.addEventListener('abort', stopped, { once: true });
  try {
    return await ended.promise;
  } finally {
    clearInterval(watching);
    stop?.removeEventListener('abort', stopped);
    await worker.terminate();
  }
}
