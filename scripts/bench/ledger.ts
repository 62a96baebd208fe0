import fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { countDigest } from '../../src/follow-up/post-digest.op.ts';
import { addDays } from '../../src/kernel/day.ts';
import { openStore } from '../../src/store/open-store.ts';
import { BENCH_DAY, writeLedgerFile } from './ledger-file.ts';
import { type BenchLine, type BenchSize, median, memory, ratio, timed } from './measure.ts';
import { importFile, inFolder, withStores } from './stores.ts';

const BATCH = 1_000;
const OPEN_ITEM = { _id: 0, account: 1, entity: 1, number: 1, currency: 1, issued: 1, due: 1, open: 1, disputed: 1 };

/** A file through the importer against reading the same file with csv-parse alone, and against inserting the same documents as they are. */
export async function benchImport({ runs, invoices, accounts }: BenchSize): Promise<BenchLine[]> {
  const [imported, parsed, inserted]: number[][] = [[], [], []];
  for (let run = 0; run < runs; run += 1) {
    await inFolder(async (dir) => {
      const file = await writeLedgerFile(dir, invoices, accounts);
      parsed!.push(await timed(() => pipeline(fs.createReadStream(file), parse(), countRows)));
      await withStores(dir, async (stores, plain) => {
        imported!.push(await timed(() => importFile(stores, file)));
        const documents = await plain.collection('invoices').find().toArray();
        const accountDocuments = await plain.collection('accounts').find().toArray();
        // The same indexes as the importer keeps up.
        for (const name of ['accounts', 'invoices'])
          for (const { key, v: _, name: __, ...options } of await plain.collection(name).indexes())
            if (!('_id' in key)) await plain.collection(`plain-${name}`).createIndex(key, options);
        inserted!.push(
          await timed(async () => {
            for (const [name, all] of [
              ['plain-accounts', accountDocuments],
              ['plain-invoices', documents],
            ] as const)
              for (let from = 0; from < all.length; from += BATCH) await plain.collection(name).insertMany(all.slice(from, from + BATCH));
          }),
        );
      });
    });
  }
  return [
    {
      bench: 'import',
      rows: invoices,
      timesCsvParse: ratio(imported!, parsed!),
      timesInsertMany: ratio(imported!, inserted!),
      rowsPerSecond: Math.round(invoices / (median(imported!) / 1000)),
      importMs: imported!,
      csvParseMs: parsed!,
      insertManyMs: inserted!,
      memoryMiB: memory(),
    },
  ];
}

async function countRows(rows: AsyncIterable<unknown>): Promise<void> {
  let count = 0;
  for await (const _ of rows) count += 1;
  if (count === 0) throw new Error('the file is empty');
}

/** Counting a digest against reading the same open invoices once with the driver. */
export async function benchDigest({ runs, invoices, accounts }: BenchSize): Promise<BenchLine[]> {
  return inFolder(async (dir) => {
    const file = await writeLedgerFile(dir, invoices, accounts);
    return withStores(dir, async (stores, plain, uri) => {
      await importFile(stores, file);
      const [counted, read]: number[][] = [[], []];
      for (let run = 0; run < runs; run += 1) {
        read!.push(
          await timed(async () => {
            const open = plain.collection('invoices').find({ open: { $gt: 0 } }, { projection: OPEN_ITEM, batchSize: 5_000 });
            await countRows(open);
          }),
        );
        // One that has read nothing yet: between two imports the open items are read once.
        const fresh = await openStore(uri);
        counted!.push(await timed(() => countDigest(fresh.ledger, BENCH_DAY, addDays(BENCH_DAY, -1))));
        await fresh.close();
      }
      return [
        {
          bench: 'digest',
          openInvoices: invoices,
          accounts,
          timesRead: ratio(counted!, read!),
          digestMs: counted!,
          readMs: read!,
          memoryMiB: memory(),
        },
      ];
    });
  });
}
