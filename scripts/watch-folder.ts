import { fileFormats } from '../src/importing/file-formats.ts';
import { inboxFolder } from '../src/importing/inbox-folder.ts';
import type { Mapping } from '../src/importing/mapping.ts';
import { rejectsSheet } from '../src/importing/rejects-sheet.ts';
import { dayIn } from '../src/kernel/day.ts';
import { takeInbox, takenInWords } from '../src/ledger/take-inbox.op.ts';
import { tellTaken } from '../src/ledger/tell-inbox.op.ts';
import type { StorePlace } from './with-store.ts';

const LOOK_EVERY_MS = 2_000;

/** Imports what comes into a folder until the process is told to stop. `mapping`: null for the one that files with the same headers had before. */
export async function watchFolder(
  folder: string,
  { mapping, quietMs }: { readonly mapping: Mapping | null; readonly quietMs: number | undefined },
  { stores, documentLimit }: StorePlace,
): Promise<void> {
  const stopping = new AbortController();
  let wake = () => {};
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stopping.abort(new Error('stopped'));
      wake();
    });
  const inbox = inboxFolder(folder, quietMs);
  await inbox.ready();
  console.log(`Watching ${folder}. Files are moved to done or refused in it. Ctrl+C ends it.`);
  const needs = {
    ...stores,
    today: async () => dayIn(Temporal.Now.timeZoneId(), stores.clock.now()),
    ...{ inbox, documentLimit, rejectsSheet, formats: fileFormats, onProgress: toldOncePerSecond() },
    ...(mapping === null ? {} : { mapping }),
  };
  while (!stopping.signal.aborted) {
    const onTaken = async (taken: Parameters<typeof tellTaken>[1]) => {
      await tellTaken(stores, taken);
      for (const line of takenInWords(taken)) console.log(line);
    };
    await takeInbox({ ...needs, onTaken }, stopping.signal).catch((error) => {
      if (!stopping.signal.aborted) throw error;
    });
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (stopping.signal.aborted) resolve();
      else setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
}

function toldOncePerSecond(): (name: string, phase: string, rows: number) => void {
  let told = 0;
  return (name, phase, rows) => {
    if (Date.now() - told < 1000) return;
    told = Date.now();
    process.stderr.write(`${name}, ${phase}: ${rows} rows\n`);
  };
}
