import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { BUILT_IN_MAPPINGS } from '../../src/importing/built-in-mappings.ts';
import { fileSource } from '../../src/importing/file-source.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { type OpenStore, openStore } from '../../src/store/open-store.ts';
import { BENCH_DAY } from './ledger-file.ts';

/** A folder that is gone afterwards. */
export async function inFolder<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-bench-'));
  try {
    return await use(dir);
  } finally {
    await fs.rm(dir, { recursive: true, force: true });
  }
}

/** The embedded store in a folder, as Arrears uses it and by the bare driver. */
export async function withStores<T>(dir: string, use: (stores: OpenStore, plain: Connection, uri: string) => Promise<T>): Promise<T> {
  const embedded = await startEmbeddedStore({ dir: path.join(dir, 'store') });
  const stores = await openStore(embedded.uri);
  const plain = await mongoose.createConnection(embedded.uri).asPromise();
  try {
    return await use(stores, plain, embedded.uri);
  } finally {
    await plain.close();
    await stores.close();
    await embedded.stop();
  }
}

export async function importFile({ intake, clock }: OpenStore, file: string): Promise<void> {
  const source = await fileSource({ path: file, mapping: BUILT_IN_MAPPINGS.get('invoices')!, asOf: null, today: BENCH_DAY });
  const outcome = await importLedger({ intake, clock }, { source, dryRun: false, confirmVanished: false, sample: false });
  if (outcome.kind === 'refused') throw new Error(`the import was refused: ${JSON.stringify(outcome.refusal)}`);
}
