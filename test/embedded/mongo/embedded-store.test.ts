import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runningStoreUri, startEmbeddedStore } from '../../../src/embedded/mongo/embedded-store.ts';

let dir: string;
const children = new Set<ChildProcess>();
beforeEach(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-test-'));
});
afterEach(async () => {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  children.clear();
  await fs.rm(dir, { recursive: true, force: true });
});

const script = path.resolve(import.meta.dirname, '../../../scripts/store.ts');

interface Run {
  readonly child: ChildProcess;
  /** Resolves with the first line it prints, or all it complains of if it ends before. */
  readonly first: Promise<string>;
  readonly ended: Promise<{ code: number | null; complaint: string }>;
}

function run(command: string, args: readonly string[]): Run {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, complaint }));
  const line = once(child.stdout, 'data').then(([chunk]) => String(chunk).trim());
  return { child, ended, first: Promise.race([line, ended.then((end) => end.complaint)]) };
}

const runStore = (...args: string[]) => run(process.execPath, [script, '--dir', dir, ...args]);

async function insert(uri: string, count: number, text = 'x'): Promise<void> {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 2_000 });
  try {
    for (let i = 0; i < count; i++) await client.db().collection('c').insertOne({ i, text });
  } finally {
    await client.close(true);
  }
}

describe('npm run store', () => {
  test('prints its URI, keeps what it was given, and stops on SIGTERM', async () => {
    const store = runStore('--json');
    const { uri } = JSON.parse(await store.first);
    await insert(uri, 3);
    expect(await runningStoreUri(dir)).toBe(uri);
    store.child.kill('SIGTERM');
    expect(await store.ended).toEqual({ code: 0, complaint: '' });
    expect(await runningStoreUri(dir)).toBeNull();
    expect(await fs.readdir(dir)).toEqual(['store.sqlite']);
    const again = await startEmbeddedStore({ dir });
    expect(await again.documents()).toBe(3);
    await again.stop();
  });

  test('listens on a loopback port', async () => {
    const store = runStore('--port', '0');
    const uri = await store.first;
    expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/arrears\?directConnection=true$/);
    await insert(uri, 1);
    expect(await runningStoreUri(dir)).toBe(uri);
    const port = /:(\d+)\//.exec(uri)![1]!;
    const second = run(process.execPath, [script, '--dir', path.join(dir, 'other'), '--port', port]);
    expect(await second.ended).toMatchObject({ code: 1, complaint: expect.stringContaining(`port ${port} is taken`) });
  });

  test('the folder is refused to a second process, and free again after SIGKILL', async () => {
    const first = runStore();
    await insert(await first.first, 1);
    const second = runStore();
    expect(await second.ended).toEqual({
      code: 1,
      complaint: `The data folder ${dir} is in use by another process. Stop that one first, or choose another folder.\n`,
    });
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await runningStoreUri(dir)).toBeNull();
    const third = runStore();
    await insert(await third.first, 1);
    third.child.kill('SIGTERM');
    expect(await third.ended).toMatchObject({ code: 0 });
  });

  test('a damaged folder is told in words', async () => {
    await fs.writeFile(path.join(dir, 'store.sqlite'), 'damaged '.repeat(1_000));
    const store = runStore();
    const { code, complaint } = await store.ended;
    expect(code).toBe(1);
    expect(complaint).toMatch(/^The data folder .* cannot be read: .* Nothing was changed or deleted\. .*\n$/);
  });

  test('wrong arguments are told', async () => {
    expect(await run(process.execPath, [script]).ended).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('Usage: npm run store'),
    });
    expect(await runStore('--port', 'x').ended).toMatchObject({ code: 1, complaint: expect.stringContaining('Usage: npm run store') });
  });

  test.skipIf(process.platform === 'win32')('a full disk: the write is refused, the process ends, what was confirmed is kept', async () => {
    // Files may grow to two megabytes: the disk says no, as when it is full.
    const store = run('/bin/sh', ['-c', 'ulimit -f 4096; exec "$0" "$@"', process.execPath, script, '--dir', dir]);
    const client = await MongoClient.connect(await store.first, { serverSelectionTimeoutMS: 2_000 });
    const collection = client.db().collection<{ _id: number; text: string }>('c');
    let confirmed = 0;
    const filling = async () => {
      for (;;) {
        await collection.insertOne({ _id: confirmed, text: 'x'.repeat(100_000) });
        confirmed++;
      }
    };
    await expect(filling()).rejects.toThrow(/could not be written/);
    await client.close(true);
    const { code, complaint } = await store.ended;
    expect(code).toBe(1);
    expect(complaint).toMatch(/^The data folder .* could not be written: .* all that it confirmed is kept\..*\n$/);
    const again = await startEmbeddedStore({ dir });
    expect(confirmed).toBeGreaterThan(5);
    expect(await again.documents()).toBe(confirmed);
    await again.stop();
  });
});

describe('startEmbeddedStore', () => {
  test('makes the folder for its owner alone', async () => {
    const inside = path.join(dir, 'deep', 'store');
    const store = await startEmbeddedStore({ dir: inside });
    const mode = async (name: string) => (await fs.stat(path.join(inside, name))).mode & 0o777;
    expect([await mode('.'), await mode('socket'), await mode('store.uri')]).toEqual([0o700, 0o700, 0o600]);
    await store.stop();
  });

  test('a path too long for a socket gets one elsewhere, gone after the stop', async () => {
    const inside = path.join(dir, 'x'.repeat(100));
    const store = await startEmbeddedStore({ dir: inside });
    const socket = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(store.uri)![1]!);
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(107);
    await insert(store.uri, 1);
    await store.stop();
    await expect(fs.access(path.dirname(socket))).rejects.toThrow('ENOENT');
  });

  test('counts documents and tells what was asked of it when it records', async () => {
    const store = await startEmbeddedStore({ dir, record: true });
    await insert(store.uri, 2);
    expect(await store.documents()).toBe(2);
    expect((await store.usage()).commands).toContain('insert');
    await store.stop();
    await store.stop();
    await expect(store.documents()).rejects.toThrow('has stopped');
  });

  test('a start that fails rejects, calls nobody dead, and lets the folder go', async () => {
    const deaths: string[] = [];
    await fs.writeFile(path.join(dir, 'store.sqlite'), 'damaged '.repeat(1_000));
    await expect(startEmbeddedStore({ dir, onDeath: (error) => deaths.push(error.message) })).rejects.toThrow('cannot be read');
    expect(deaths).toEqual([]);
    await fs.rm(path.join(dir, 'store.sqlite'));
    await (await startEmbeddedStore({ dir })).stop();
  });

  test('runningStoreUri: nothing, nonsense and a store that is gone are no store', async () => {
    expect(await runningStoreUri(dir)).toBeNull();
    await fs.writeFile(path.join(dir, 'store.uri'), 'nonsense');
    expect(await runningStoreUri(dir)).toBeNull();
    const gone = encodeURIComponent(path.join(dir, 'gone.sock'));
    await fs.writeFile(path.join(dir, 'store.uri'), `mongodb://${gone}/arrears?directConnection=true`);
    expect(await runningStoreUri(dir)).toBeNull();
  });
});
