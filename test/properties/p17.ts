import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Collection, MongoClient } from 'mongodb';

interface Row {
  readonly _id: number;
  /** Raised together by every update: two that differ are a torn write. */
  readonly version: number;
  readonly copy: number;
  readonly length: number;
  readonly text: string;
}

/** What the writers sent and what was confirmed to them. */
interface Book {
  /** Versions confirmed, by _id. */
  readonly confirmed: Map<number, number>;
  /** Versions sent, by _id; never below the confirmed ones. */
  readonly sent: Map<number, number>;
  incrementsConfirmed: number;
  incrementsSent: number;
  nextId: number;
}

const WRITERS = 8;

/** Acknowledged writes survive SIGKILL, whole: the store of `src` is killed under load and at first replies, opened again, and compared. */
export async function p17(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const rounds = size === 'full' ? 150 : 8;
  const firstReplies = size === 'full' ? 100 : 4;
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p17-'));
  const figures = {
    kills: 0,
    confirmed: 0,
    increments: 0,
    unconfirmedKept: 0,
    lost: 0,
    torn: 0,
    countersBehind: 0,
    countersAhead: 0,
    unopened: 0,
  };
  const book: Book = { confirmed: new Map(), sent: new Map(), incrementsConfirmed: 0, incrementsSent: 0, nextId: 1 };
  try {
    for (let round = 0; round < rounds + firstReplies; round++) {
      const store = await startStore(src, dir);
      if (!store) {
        figures.unopened++;
        break;
      }
      await compareAll(store.uri, book, figures);
      const kill = () => store.child.kill('SIGKILL');
      if (round < rounds) await writeUntilKilled(store.uri, book, kill);
      else await writeOneAndKill(store.uri, book, kill);
      await store.exited;
      figures.kills++;
    }
    const last = await startStore(src, dir);
    if (last) await compareAll(last.uri, book, figures);
    else figures.unopened++;
    last?.child.kill('SIGKILL');
    await last?.exited;
  } finally {
    await fs.rm(dir, { recursive: true, force: true });
  }
  figures.confirmed = book.confirmed.size;
  figures.increments = book.incrementsConfirmed;
  const faults = figures.lost + figures.torn + figures.countersBehind + figures.countersAhead + figures.unopened;
  return { held: faults === 0 && figures.confirmed > 0 && figures.increments > 0, figures };
}

/** Starts the store as a process of its own; null if it does not open its folder. */
async function startStore(src: string, dir: string): Promise<{ uri: string; child: ChildProcess; exited: Promise<unknown> } | null> {
  const script = path.join(src, '..', 'scripts/store.ts');
  const child = spawn(process.execPath, [script, '--dir', dir, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout! })) return { uri: JSON.parse(line).uri, child, exited };
  return null;
}

async function connect(
  uri: string,
  poolSize: number,
): Promise<{ client: MongoClient; rows: Collection<Row>; counters: Collection<{ _id: string; n: number }> }> {
  const client = await MongoClient.connect(uri, { maxPoolSize: poolSize, serverSelectionTimeoutMS: 5_000, heartbeatFrequencyMS: 60_000 });
  return { client, rows: client.db().collection<Row>('rows'), counters: client.db().collection('counters') };
}

async function compareAll(
  uri: string,
  book: Book,
  figures: Record<'unconfirmedKept' | 'lost' | 'torn' | 'countersBehind' | 'countersAhead', number>,
) {
  const { client, rows, counters } = await connect(uri, 1);
  const seen = new Set<number>();
  for await (const row of rows.find()) {
    seen.add(row._id);
    if (row.version !== row.copy || row.text.length !== row.length) figures.torn++;
    const confirmed = book.confirmed.get(row._id) ?? 0;
    if (row.version < confirmed) figures.lost++;
    if (row.version > confirmed) figures.unconfirmedKept++;
    if (row.version > (book.sent.get(row._id) ?? 0)) figures.countersAhead++;
    book.confirmed.set(row._id, row.version);
  }
  for (const id of book.confirmed.keys()) if (!seen.has(id)) figures.lost++;
  const n = (await counters.findOne({ _id: 'shared' }))?.n ?? 0;
  if (n < book.incrementsConfirmed) figures.countersBehind++;
  if (n > book.incrementsSent) figures.countersAhead++;
  book.incrementsConfirmed = n;
  book.incrementsSent = n;
  await client.close();
}

function newRow(book: Book): Row {
  const _id = book.nextId++;
  book.sent.set(_id, 1);
  // Some rows span many pages of the file.
  const length = _id % 20 === 0 ? 60_000 : 300;
  return { _id, version: 1, copy: 1, length, text: 'x'.repeat(length) };
}

async function writeUntilKilled(uri: string, book: Book, kill: () => void): Promise<void> {
  const { client, rows, counters } = await connect(uri, WRITERS);
  let killed = false;
  const writer = async () => {
    while (!killed) {
      const batch = Array.from({ length: Math.random() < 0.2 ? 20 : 1 }, () => newRow(book));
      await rows.insertMany(batch);
      for (const { _id } of batch) book.confirmed.set(_id, 1);
      const { _id } = batch[0]!;
      const version = 2;
      book.sent.set(_id, version);
      await rows.updateOne({ _id }, { $set: { version, copy: version } });
      book.confirmed.set(_id, version);
      book.incrementsSent++;
      await counters.updateOne({ _id: 'shared' }, { $inc: { n: 1 } }, { upsert: true });
      book.incrementsConfirmed++;
    }
  };
  // A writer ends when the store is gone; what it had not been told counts as unconfirmed.
  const writers = Array.from({ length: WRITERS }, () => writer().catch(() => {}));
  await sleep(20 + Math.random() * 200);
  kill();
  killed = true;
  await client.close(true);
  await Promise.all(writers);
}

/** The kill comes as soon as the first reply is in: a reply sent before COMMIT would be found out. */
async function writeOneAndKill(uri: string, book: Book, kill: () => void): Promise<void> {
  const { client, rows } = await connect(uri, 1);
  const row = newRow(book);
  await rows.insertOne(row);
  kill();
  book.confirmed.set(row._id, 1);
  await client.close(true);
}
