import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { FileFormats } from '../../src/ledger/dropped-files.port.ts';
import type { LedgerSource } from '../../src/ledger/import.port.ts';

export interface FileAsked {
  readonly path: string;
  readonly name: string;
}
export interface FileAnswer {
  readonly ms: number;
  /** Above what the process had when it began. */
  readonly mebibytes: number;
  /** The longest time in which nothing else came to its turn. */
  readonly stallMs: number;
  /** 'read', 'refused', or what was thrown besides. */
  readonly end: string;
}

const SAMPLE_MS = 5;

/** Reads files as the bot does: a look when they are dropped, a pass over the rows for the dry run. The first argument is the src to read with. */
const { fileFormats } = (await import(pathToFileURL(`${process.argv[2]}/importing/file-formats.ts`).href)) as { fileFormats: FileFormats };
const { BUILT_IN_MAPPINGS } = await import(pathToFileURL(`${process.argv[2]}/importing/built-in-mappings.ts`).href);
const { SourceUnreadable } = await import(pathToFileURL(`${process.argv[2]}/ledger/import.port.ts`).href);
const mapping = BUILT_IN_MAPPINGS.get('invoices');
const base = process.memoryUsage.rss();

process.on('message', async ({ path, name }: FileAsked) => {
  const bytes = await readFile(path);
  let most = 0;
  let stallMs = 0;
  let last = performance.now();
  const watching = setInterval(() => {
    const now = performance.now();
    stallMs = Math.max(stallMs, now - last - SAMPLE_MS);
    last = now;
    most = Math.max(most, process.memoryUsage.rss());
  }, SAMPLE_MS);
  let ms = 0;
  let end = 'read';
  /** Each look at a file has its own deadline: the one when it is dropped, the one of the dry run. */
  const timed = async (work: () => Promise<unknown>) => {
    const started = performance.now();
    await work().catch((error: Error) => {
      end = error instanceof SourceUnreadable ? `refused: ${error.message}` : `threw: ${String(error)}`;
    });
    ms = Math.max(ms, performance.now() - started);
  };
  await timed(() => fileFormats.look({ name, bytes }));
  const use = async (source: LedgerSource) => {
    for await (const _ of source.rows());
  };
  if (end === 'read') await timed(() => fileFormats.withSource({ name, bytes }, mapping, '2026-11-28' as never, use));
  // A stall that ends with the reading is seen a turn later.
  await new Promise((resolve) => setTimeout(resolve, 2 * SAMPLE_MS));
  clearInterval(watching);
  process.send!({ ms, mebibytes: (most - base) / 2 ** 20, stallMs, end } satisfies FileAnswer);
});
process.send!('ready');
