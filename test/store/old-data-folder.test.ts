import fs from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { connectStore } from '../../src/store/connect.ts';
import { openStore } from '../../src/store/open-store.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { startBot } from '../support/bot.ts';
import { oldDataFolder } from '../support/old-data-folder.ts';

const ANCHOR = { seq: 18, hash: '2416817a0cdabcc687ebf35e7b3537faf5ddce1c6fc34628b78f6860ce063181' };

let dir: string;
beforeEach(async () => {
  dir = await oldDataFolder();
});
afterEach(() => fs.rm(dir, { recursive: true, force: true }));

async function trail() {
  const store = await startEmbeddedStore({ dir: `${dir}/store` });
  const connection = await connectStore(store.uri);
  const verdict = await verifyTrail(trailLines(connection), ANCHOR);
  await connection.close();
  await store.stop();
  return verdict;
}

test('the data folder of an earlier version opens, works on, and its trail goes on whole', async () => {
  const time = { now: Temporal.Instant.from('2026-11-24T09:30:00Z') };
  const bot = await startBot({ env: { SAMPLE_LEDGER: 'no' }, clock: { now: () => time.now }, dir });
  const mara = await bot.person('U0MARA');
  await bot.tick();
  expect((await mara.messages('C0COLLECT')).filter(({ text }) => text.includes('Overdue digest')).length).toBeGreaterThan(1);
  await mara.command('C0COLLECT', '/account Quarry');
  await mara.message(({ blocks }) => JSON.stringify(blocks).includes('promised'));
  await mara.command('C0COLLECT', '/collections note Quarry: They answered the telephone.');
  await mara.says('Quarry');
  await bot.tick();
  await bot.stop();
  const verdict = await trail();
  expect(verdict).toMatchObject({ whole: true });
  expect(verdict.whole && verdict.entries).toBeGreaterThan(ANCHOR.seq);
});

test('an index of it that has other options is made again', async () => {
  const store = await startEmbeddedStore({ dir: `${dir}/store` });
  const before = await connectStore(store.uri);
  const jobs = before.collection('jobs');
  const indexes = await jobs.indexes();
  const expiring = indexes.find((index) => index.expireAfterSeconds !== undefined)!;
  await jobs.dropIndex(expiring.name!);
  await jobs.createIndex(expiring.key as never, { expireAfterSeconds: 12_345 });
  await (await openStore(store.uri)).close();
  const byName = (list: typeof indexes) => list.toSorted((a, b) => (a.name! < b.name! ? -1 : 1));
  expect(byName(await jobs.indexes())).toEqual(byName(indexes));
  await before.close();
  await store.stop();
});

test('a folder of a newer version is refused with a sentence, and left as it is', async () => {
  const store = await startEmbeddedStore({ dir: `${dir}/store` });
  const connection = await connectStore(store.uri);
  await connection.collection<{ _id: string }>('meta').updateOne({ _id: 'schema' }, { $set: { version: 99 } });
  await connection.close();
  await store.stop();
  const workspace = () => fs.readFile(`${dir}/workspace/workspace.sqlite`);
  const before = await workspace();
  await expect(startBot({ env: { SAMPLE_LEDGER: 'no' }, dir })).rejects.toThrow(
    /written by a newer version of Arrears \(schema 99.*Nothing was changed\. Start the newer version, or restore a backup/,
  );
  expect(await workspace()).toEqual(before);
});
