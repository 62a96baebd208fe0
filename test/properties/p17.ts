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

interface Figures {
  kills: number;
  confirmed: number;
  increments: number;
  /** Written, but the kill came before the reply: allowed. */
  unconfirmedKept: number;
  lost: number;
  torn: number;
  /** Documents or counters that hold more than was ever sent. */
  invented: number;
  /** Times the store did not open its folder again. */
  unopened: number;
}

/** Acknowledged writes survive SIGKILL, whole: the store of `src` is killed under load and at first replies, opened again, and compared. */
export async function p17(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const figures: Figures = { kills: 0, confirmed: 0, increments: 0, unconfirmedKept: 0, lost: 0, torn: 0, invented: 0, unopened: 0 };
  // A folder grows with every kill, and all of it is compared each time: several small ones are quicker than one.
  for (let folder = 0; folder < (size === 'full' ? 10 : 1); folder++)
    await killRepeatedly(src, size === 'full' ? 15 : 6, size === 'full' ? 6 : 3, figures);
  const { lost, torn, invented, unopened, confirmed, increments } = figures;
  return { held: lost + torn + invented + unopened === 0 && confirmed > 0 && increments > 0, figures: { ...figures } };
}

async function killRepeatedly(src: string, underLoad: number, atFirstReply: number, figures: Figures): Promise<void> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p17-'));
  const book: Book = { confirmed: new Map(), sent: new Map(), incrementsConfirmed: 0, incrementsSent: 0, nextId: 1 };
  try {
    for (let round = 0; round <= underLoad + atFirstReply; round++) {
      const store = await startStore(src, dir);
      if (!store) {
        figures.unopened++;
        return;
      }
      const kill = () => store.child.kill('SIGKILL');
      try {
        await compareAll(store.uri, book, figures);
        if (round < underLoad) await writeUntilKilled(store.uri, book, kill);
        else if (round < underLoad + atFirstReply) await writeOneAndKill(store.uri, book, kill);
      } finally {
        kill();
        await store.exited;
      }
      figures.kills++;
    }
  } finally {
    figures.confirmed += book.confirmed.size;
    figures.increments += book.incrementsConfirmed;
    await fs.rm(dir, { recursive: true, force: true });
  }
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

async function compareAll(uri: string, book: Book, figures: Figures): Promise<void> {
  const { client, rows, counters } = await connect(uri, 1);
  const seen = new Set<number>();
  for await (const row of rows.find()) {
    seen.add(row._id);
    if (row.version !== row.copy || row.text.length !== row.length) figures.torn++;
    const confirmed = book.confirmed.get(row._id) ?? 0;
    if (row.version < confirmed) figures.lost++;
    if (row.version > confirmed) figures.unconfirmedKept++;
    if (row.version > (book.sent.get(row._id) ?? 0)) figures.invented++;
    book.confirmed.set(row._id, row.version);
  }
  for (const id of book.confirmed.keys()) if (!seen.has(id)) figures.lost++;
  const n = (await counters.findOne({ _id: 'shared' }))?.n ?? 0;
  if (n < book.incrementsConfirmed) figures.lost++;
  if (n > book.incrementsSent) figures.invented++;
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
  const incrementsBefore = book.incrementsConfirmed;
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
  // At any moment once something was confirmed: on a busy machine that may take a while.
  while (book.incrementsConfirmed === incrementsBefore) await sleep(2);
  await sleep(Math.random() * 200);
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
