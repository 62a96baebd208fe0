import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../../../src/embedded/mongo/database.ts';
import { Disk } from '../../../src/embedded/mongo/disk.ts';
import { temporaryStore } from './stores.ts';

let running: Awaited<ReturnType<typeof temporaryStore>>;
beforeAll(async () => {
  running = await temporaryStore();
});
afterAll(() => running.close());

const snapshot = (file: unknown) => running.client.db('admin').command({ arrearsSnapshot: file });
const rows = () => running.client.db('t').collection<{ _id: number }>('c');

test('a copy of the running store holds what was confirmed, opens as a folder of its own, and is for the owner alone', async () => {
  await rows().insertMany(Array.from({ length: 500 }, (_, _id) => ({ _id, text: 'x'.repeat(200) })));
  const folder = path.join(running.dir, 'copy');
  await fs.mkdir(folder);
  await snapshot(path.join(folder, 'store.sqlite'));
  await rows().insertOne({ _id: 1_000 });
  expect((await fs.stat(path.join(folder, 'store.sqlite'))).mode & 0o077).toBe(0);
  const disk = new Disk(folder);
  const copy = new Database(disk).collections.get('t.c')!;
  expect(copy.documents.size).toBe(500);
  disk.close();
});

test('a place that cannot take it is told, nothing is left there, and the store goes on', async () => {
  const taken = path.join(running.dir, 'taken', 'store.sqlite');
  await fs.mkdir(path.dirname(taken));
  await fs.writeFile(taken, 'mine');
  await expect(snapshot(taken)).rejects.toThrow(`The store could not be written to ${taken}`);
  expect(await fs.readFile(taken, 'utf8')).toBe('mine');
  await expect(snapshot(path.join(running.dir, 'no', 'such', 'store.sqlite'))).rejects.toThrow(/ENOENT/);
  for (const other of ['store.sqlite', path.join(running.dir, '.bashrc'), 5])
    await expect(snapshot(other)).rejects.toMatchObject({ code: 2 });
  await rows().insertOne({ _id: 1_001 });
});
