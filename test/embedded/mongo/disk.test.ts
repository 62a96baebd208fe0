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
  fill();
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  const disk = new Disk(dir);
  const database = exec.mock.contexts[0] as DatabaseSync;
  exec.mockRestore();
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  expect([pragma('synchronous'), pragma('journal_mode'), pragma('locking_mode'), pragma('secure_delete')]).toEqual([
    2,
    'wal',
    'exclusive',
    1,
  ]);
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

test.each([0, 100, 4096, 8192])('a file cut off after %i bytes is told and kept', async (length) => {
  fill();
  await fs.truncate(file(), length);
  const bytes = await fs.readFile(file());
  expect(load).toThrow(/cannot be read: .*\. Nothing was changed or deleted\. Put back a backup of store\.sqlite/);
  expect((await fs.readFile(file())).equals(bytes)).toBe(true);
});

test('an empty file is no new store, nor is a log without its file', async () => {
  await fs.writeFile(file(), '');
  expect(load).toThrow('store.sqlite is empty (0 bytes)');
  await fs.rm(file());
  await fs.writeFile(`${file()}-wal`, 'x');
  expect(load).toThrow('store.sqlite is missing, but its log store.sqlite-wal is there');
  await fs.rm(`${file()}-wal`);
  expect(load().documents()).toBe(0);
  expect(await fs.readdir(dir)).toEqual(['store.sqlite']);
});

test('what was deleted or replaced is in no byte of the folder', async () => {
  const bytes = async () => Buffer.concat(await Promise.all((await fs.readdir(dir)).map((name) => fs.readFile(path.join(dir, name)))));
  const disk = new Disk(dir);
  const collection = new Database(disk).ensure('db.c');
  for (let i = 0; i < 200; i++) collection.insert({ _id: i, text: `${i % 2 ? 'SECRET7731' : 'kept'} ${'long '.repeat(i * 20)}` });
  disk.commit();
  disk.leaveNoTrace();
  expect((await bytes()).includes('SECRET7731')).toBe(true);
  for (const [n, stored] of [...collection.documents.values()].entries()) {
    if (n % 4 === 1) collection.remove(stored);
    if (n % 4 === 3) collection.replace(stored, { _id: n, text: 'erased' });
  }
  disk.leaveNoTrace();
  expect((await bytes()).includes('SECRET7731')).toBe(false);
  disk.close();
  expect(load().documents()).toBe(150);
});

test('a file that an earlier version left traces in is rewritten once', async () => {
  fill();
  const old = new DatabaseSync(file());
  old.exec(
    "PRAGMA secure_delete=OFF; PRAGMA user_version=0; INSERT INTO c1 VALUES(1000, 0, CAST(replace(hex(zeroblob(5000)), '00', 'SECRET7731') AS BLOB)); DELETE FROM c1 WHERE row=1000",
  );
  old.close();
  expect((await fs.readFile(file())).includes('SECRET7731')).toBe(true);
  expect(load().documents()).toBe(50);
  expect((await fs.readFile(file())).includes('SECRET7731')).toBe(false);
});
