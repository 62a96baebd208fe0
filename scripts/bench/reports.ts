import { monitorEventLoopDelay } from 'node:perf_hooks';
import { buildReport } from '../../src/numbers/build-report.op.ts';
import { openStore } from '../../src/store/open-store.ts';
import { BENCH_DAY, writeLedgerFile } from './ledger-file.ts';
import { type BenchLine, type BenchSize, memory, ratio, timed } from './measure.ts';
import { importFile, inFolder, withStores } from './stores.ts';

/** A report over thirteen months against reading every invoice once with the driver, and how long others wait meanwhile. */
export async function benchReport({ runs, invoices, accounts }: BenchSize): Promise<BenchLine[]> {
  return inFolder(async (dir) => {
    const file = await writeLedgerFile(dir, invoices, accounts);
    return withStores(dir, async (stores, plain, uri) => {
      await importFile(stores, file);
      const [reported, read, waits]: number[][] = [[], [], []];
      for (let run = 0; run < runs; run += 1) {
        read!.push(
          await timed(async () => {
            for (const name of ['invoices', 'payments', 'creditnotes']) await plain.collection(name).find({}, { batchSize: 500 }).toArray();
          }),
        );
        const fresh = await openStore(uri);
        const world = {
          ...fresh,
          settings: { read: async () => ({ zone: 'UTC', country: 'GB', region: '' }) },
          holidays: () => new Set<string>(),
        };
        const delay = monitorEventLoopDelay({ resolution: 5 });
        delay.enable();
        reported!.push(await timed(() => buildReport(world as never, { period: 'quarter' }, BENCH_DAY)));
        delay.disable();
        waits!.push(Math.round(delay.percentile(99) / 1e5) / 10);
        await fresh.close();
      }
      const line = { bench: 'report', invoices, months: 13, timesRead: ratio(reported!, read!), reportMs: reported!, readMs: read! };
      return [{ ...line, loopHeldP99Ms: waits!, memoryMiB: memory() }];
    });
  });
}
