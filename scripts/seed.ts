import { parseArgs } from 'node:util';
import { sampleSource } from '../src/importing/sample-ledger.ts';
import { day, dayIn } from '../src/kernel/day.ts';
import { importLedger } from '../src/ledger/import-ledger.op.ts';
import { refusalInWords, summaryInWords } from '../src/ledger/import-words.op.ts';
import { withStore } from './with-store.ts';

const USAGE = 'Usage: npm run seed -- [--seed NUMBER] [--as-of YYYY-MM-DD]';

/** Loads the sample ledger into a store that holds no real one. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, 'as-of': { type: 'string' } } });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error(USAGE);
  await withStore(process.env, async ({ stores, documentLimit }) => {
    const today = values['as-of'] ? day(values['as-of']) : dayIn(Temporal.Now.timeZoneId(), stores.clock.now());
    const limit = documentLimit === undefined ? {} : { documentLimit };
    const outcome = await importLedger(stores, {
      source: sampleSource(today, seed),
      dryRun: false,
      confirmVanished: false,
      sample: true,
      ...limit,
    });
    if (outcome.kind === 'refused') throw new Error(refusalInWords(outcome.refusal));
    for (const line of summaryInWords(outcome.summary, null)) console.log(line);
  });
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
