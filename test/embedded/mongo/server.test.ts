import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { deserialize, serialize } from 'bson';
import { type Document, MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Database } from '../../../src/embedded/mongo/database.ts';
import { Disk } from '../../../src/embedded/mongo/disk.ts';
import { DiskFailure } from '../../../src/embedded/mongo/errors.ts';
import { Server } from '../../../src/embedded/mongo/server.ts';
import { sweepExpired } from '../../../src/embedded/mongo/ttl.ts';

let dir: string;
let disk: Disk;
let database: Database;
let server: Server;
let socketPath: string;
const onFailure = vi.fn();

beforeEach(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-test-'));
  socketPath = path.join(dir, 's.sock');
  disk = new Disk(dir);
  database = new Database(disk);
  onFailure.mockReset();
  server = new Server(database, onFailure);
  await server.listen({ path: socketPath });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
  disk.close();
  await fs.rm(dir, { recursive: true, force: true });
});

const int = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeInt32LE(value, i * 4);
  return bytes;
};
const message = (code: number, body: Buffer) => Buffer.concat([int(16 + body.length, 7, 0, code), body]);
const msg = (doc: Document, flags = 0, after = Buffer.alloc(0)) =>
  message(2013, Buffer.concat([int(flags), Buffer.from([0]), serialize(doc), after]));
const query = (doc: Document) => message(2004, Buffer.concat([int(0), Buffer.from('admin.$cmd\0'), int(0, -1), serialize(doc)]));

/** Sends bytes on a connection of its own; resolves with all that came back until the other side closed or `replies` were there. */
async function exchange(pieces: readonly Buffer[], replies: number): Promise<Buffer[]> {
  const socket = net.connect(socketPath);
  const closed = once(socket, 'close');
  let received = Buffer.alloc(0);
  const messages: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
      messages.push(received.subarray(0, received.readInt32LE(0)));
      received = received.subarray(received.readInt32LE(0));
    }
    if (messages.length >= replies) socket.destroy();
  });
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise(setImmediate);
  }
  await closed;
  return messages;
}

const bodyOf = (reply: Buffer): Document => deserialize(reply.subarray(reply.readInt32LE(12) === 1 ? 36 : 21));

describe('the wire', () => {
  test('a hello in the old form and in the new', async () => {
    const [old, recent] = await exchange([query({ ismaster: 1, helloOk: true }), msg({ hello: 1, $db: 'admin' })], 2);
    expect(old!.readInt32LE(12)).toBe(1);
    expect(old!.readInt32LE(8)).toBe(7);
    for (const reply of [bodyOf(old!), bodyOf(recent!)]) {
      expect(reply).toMatchObject({ ok: 1, ismaster: true, isWritablePrimary: true, maxWireVersion: 25, maxWriteBatchSize: 1_000 });
      expect(reply.localTime).toBeInstanceOf(Date);
      expect(reply).not.toHaveProperty('setName');
      expect(reply).not.toHaveProperty('topologyVersion');
    }
  });
  test('a message in pieces, and several in one', async () => {
    const ping = msg({ ping: 1, $db: 'admin' });
    const pieces = [ping.subarray(0, 2), ping.subarray(2, 20), Buffer.concat([ping.subarray(20), ping, ping])];
    const replies = await exchange(pieces, 3);
    expect(replies.map(bodyOf)).toEqual([{ ok: 1 }, { ok: 1 }, { ok: 1 }]);
  });
  test('documents in a sequence of their own, and a checksum', async () => {
    const docs = [{ _id: 1 }, { _id: 2 }].map((doc) => Buffer.from(serialize(doc)));
    const content = Buffer.concat([Buffer.from('documents\0'), ...docs]);
    const sequence = Buffer.concat([Buffer.from([1]), int(4 + content.length), content]);
    const [reply] = await exchange([msg({ insert: 'c', $db: 't' }, 1, Buffer.concat([sequence, int(0)]))], 1);
    expect(bodyOf(reply!)).toEqual({ n: 2, ok: 1 });
  });
  test('an unacknowledged write gets no reply and is done', async () => {
    const write = msg({ insert: 'c', documents: [{ _id: 1 }], $db: 't' }, 2);
    const [reply] = await exchange([write, msg({ count: 'c', $db: 't' })], 1);
    expect(bodyOf(reply!)).toEqual({ n: 1, ok: 1 });
  });
  test('BSON that cannot be read gets an error', async () => {
    const broken = msg({ ping: 1, text: 'abc', $db: 'admin' });
    broken[broken.length - 30] = 0x77;
    const [reply] = await exchange([broken], 1);
    expect(bodyOf(reply!)).toMatchObject({ ok: 0 });
  });
  test.each([
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a length below the header', int(3, 0, 0, 2013)],
    ['a length of two gigabytes', int(2_000_000_000, 0, 0, 2013)],
    ['a kind of message that is not known', message(2001, int(0))],
  ])('%s is hung up on', async (_, bytes) => {
    expect(await exchange([bytes], 1)).toEqual([]);
    expect((await exchange([msg({ ping: 1, $db: 'admin' })], 1)).map(bodyOf)).toEqual([{ ok: 1 }]);
  });
});

describe('the commit', () => {
  test('comes before the replies, one for all commands that arrived together', async () => {
    const events: string[] = [];
    const commit = disk.commit.bind(disk);
    vi.spyOn(disk, 'commit').mockImplementation(() => {
      commit();
      events.push('commit');
    });
    const write = net.Socket.prototype.write;
    vi.spyOn(net.Socket.prototype, 'write').mockImplementation(function (this: net.Socket, data: unknown, ...rest: unknown[]) {
      if (data instanceof Uint8Array && Buffer.from(data).includes('ok\0')) events.push('reply');
      return Reflect.apply(write, this, [data, ...rest]);
    } as typeof write);
    const inserts = [1, 2, 3].map((_id) => msg({ insert: 'c', documents: [{ _id }], $db: 't' }));
    await exchange([Buffer.concat(inserts)], 3);
    expect(events).toEqual(['commit', 'reply', 'reply', 'reply']);
  });

  test('that fails turns replies into errors, and the store stops', async () => {
    vi.spyOn(disk, 'commit').mockImplementation(() => {
      throw new DiskFailure('The data folder could not be written');
    });
    const insert = msg({ insert: 'c', documents: [{ _id: 1 }], $db: 't' });
    const find = msg({ find: 'c', $db: 't' });
    const replies = await exchange([Buffer.concat([insert, find])], 2);
    for (const reply of replies.map(bodyOf))
      expect(reply).toMatchObject({ ok: 0, errmsg: expect.stringContaining('could not be written') });
    await vi.waitFor(() => expect(onFailure).toHaveBeenCalledOnce());
    const [later] = await exchange([find], 1);
    expect(bodyOf(later!)).toMatchObject({ ok: 0, code: 91 });
  });
});

describe('what expires', () => {
  test('documents go when their time has come, the earliest of several dates counting', async () => {
    const client = await MongoClient.connect(`mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`);
    const collection = client.db('t').collection<{ _id: number; at?: unknown }>('c');
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const now = Date.parse('2026-03-01T12:00:00Z');
    const ago = (seconds: number) => new Date(now - seconds * 1000);
    await collection.insertMany([
      { _id: 1, at: ago(61) },
      { _id: 2, at: ago(60) },
      { _id: 3, at: ago(59) },
      { _id: 4, at: [ago(10), ago(100)] },
      { _id: 5, at: 'long ago' },
      { _id: 6 },
    ]);
    sweepExpired(database, now);
    disk.commit();
    expect((await collection.find().toArray()).map((doc) => doc._id)).toEqual([3, 5, 6]);
    await client.close();
  });

  test('the server sweeps every minute', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const other = new Server(database, onFailure);
      await other.listen({ path: path.join(dir, 'o.sock') });
      const collection = database.ensure('t.c');
      collection.addIndex({ v: 2, key: { at: 1 }, name: 'at_1', expireAfterSeconds: 0 });
      collection.insert({ _id: 1, at: new Date(Date.now() - 1_000) });
      vi.advanceTimersByTime(59_000);
      expect(collection.documents.size).toBe(1);
      vi.advanceTimersByTime(1_000);
      expect(collection.documents.size).toBe(0);
      await other.close();
    } finally {
      vi.useRealTimers();
    }
  });
});
