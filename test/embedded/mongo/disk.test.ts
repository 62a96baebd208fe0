import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Database } from '../../../src/embedded/mongo/database.ts';
import { Disk } from '../../../src/embedded/mongo/disk.ts';

let dir: string;
beforeEach(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-test-'));
});
afterEach(() => fs.rm(dir, { recursive: true, force: true }));

const file = () => path.join(dir, 'store.sqlite');

/** A folder with 50 documents, closed. */
function fill(): void {
  const disk = new Disk(dir);
  const collection = new Database(disk).ensure('db.c');
  for (let i = 0; i < 50; i++) collection.insert({ _id: i, text: `text number ${i} `.repeat(20) });
  disk.commit();
  disk.close();
}

function load(): Database {
  const disk = new Disk(dir);
  try {
    return new Database(disk);
  } finally {
    disk.close();
  }
}

test('what was committed is there again', () => {
  fill();
  expect(load().collections.get('db.c')?.documents.size).toBe(50);
});

test('what was not committed is not', () => {
  const disk = new Disk(dir);
  const database = new Database(disk);
  database.ensure('db.c').insert({ _id: 1 });
  disk.commit();
  database.ensure('db.c').insert({ _id: 2 });
  database.ensure('db.d');
  disk.close();
  const again = load();
  expect([...again.collections.keys()]).toEqual(['db.c']);
  expect(again.documents()).toBe(1);
});

test('every commit waits for the disk, and nobody else can open the file', () => {
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  const disk = new Disk(dir);
  const database = exec.mock.contexts[0] as DatabaseSync;
  exec.mockRestore();
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  expect([pragma('synchronous'), pragma('journal_mode'), pragma('locking_mode')]).toEqual([2, 'wal', 'exclusive']);
  expect(() => new Disk(dir)).toThrow(`${dir} is in use by another process`);
  disk.close();
  new Disk(dir).close();
});

test('others on the machine may not read the file', async () => {
  fill();
  expect((await fs.stat(file())).mode & 0o077).toBe(0);
});

test('a damaged document is told and nothing is changed', async () => {
  fill();
  const bytes = await fs.readFile(file());
  const at = bytes.indexOf('text number 33');
  bytes[at + 5] = 'm'.charCodeAt(0);
  await fs.writeFile(file(), bytes);
  expect(load).toThrow(/cannot be read: document 34 of collection 1 is damaged\. Nothing was changed or deleted/);
  expect((await fs.readFile(file())).equals(bytes)).toBe(true);
});

test('a file that is no database is told and kept', async () => {
  await fs.writeFile(file(), 'not a database at all '.repeat(500));
  expect(load).toThrow(/cannot be read: file is not a database\. Nothing was changed or deleted/);
  expect(await fs.readFile(file(), 'utf8')).toContain('not a database at all');
});

test('the database of another program is told and kept', () => {
  const other = new DatabaseSync(file());
  other.exec('CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1)');
  other.close();
  expect(load).toThrow('it was made by another program');
  const again = new DatabaseSync(file());
  expect(again.prepare('SELECT x FROM theirs').get()).toEqual({ x: 1 });
  again.close();
});

test('a file cut short is told', async () => {
  fill();
  const { size } = await fs.stat(file());
  await fs.truncate(file(), Math.floor(size / 2));
  expect(load).toThrow(/cannot be read/);
});

test('a folder that cannot be made is told', async () => {
  await fs.writeFile(path.join(dir, 'taken'), '');
  expect(() => new Disk(path.join(dir, 'taken', 'store'))).toThrow(
    /The data folder .*taken.store cannot be used: .*\. Change its rights, or choose another folder\./,
  );
});
