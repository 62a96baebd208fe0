import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Collection, MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { type OpenStore, openStore } from '../../src/store/open-store.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { runScript } from '../support/run-script.ts';

const WRITERS = 8;
/** Two hundred writes a second: each of the writers waits this long between two of its own. */
const PAUSE_MS = (WRITERS * 1000) / 200;
/** Several pages of the file each, so that the log beside it is folded into it every second or so. */
const TEXT = 'x'.repeat(24_000);

/** What a writer wrote as its number `n`, and how far the others had come, as far as it had been told: a later state holds all of that. */
interface Row {
  readonly _id: string;
  readonly writer: number;
  readonly n: number;
  readonly seen: readonly number[];
  readonly text: string;
}

interface Load {
  /** By writer: numbers confirmed, and numbers sent. */
  readonly confirmed: number[];
  readonly sent: number[];
  facts: number;
}

interface Figures {
  backups: number;
  writes: number;
  /** The store or the backup was killed meanwhile. */
  killed: number;
  /** Backups that hold less than was confirmed before they began, or more than was sent. */
  lost: number;
  /** Backups that hold a write without another that had been confirmed before it. */
  neverExisted: number;
  brokenTrails: number;
  /** Whole backups that could not be restored or opened. */
  unopened: number;
  /** Something was left where a backup had failed, or it failed without a sentence. */
  halfLeft: number;
  /** The data folder itself did not open, or its trail is not whole, after the kill. */
  damaged: number;
}

/**
 * What a backup brings back is a state that existed: the store of `src` is written to 200 times a second, backed up by another process, and killed;
 * then what was restored is compared with what was confirmed and sent.
 */
export async function p21(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const figures: Figures = {
    backups: 0,
    writes: 0,
    killed: 0,
    lost: 0,
    neverExisted: 0,
    brokenTrails: 0,
    unopened: 0,
    halfLeft: 0,
    damaged: 0,
  };
  const rounds = size === 'full' ? 24 : 4;
  for (let round = 0; round < rounds; round += 1) await backUpUnderLoad(src, round, figures);
  const { backups, writes, lost, neverExisted, brokenTrails, unopened, halfLeft, damaged } = figures;
  return {
    held: lost + neverExisted + brokenTrails + unopened + halfLeft + damaged === 0 && backups > 0 && writes > 0,
    figures: { ...figures },
  };
}

async function backUpUnderLoad(src: string, round: number, figures: Figures): Promise<void> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p21-'));
  const data = path.join(dir, 'data');
  const store = await startStore(src, path.join(data, 'store'));
  const load: Load = { confirmed: Array(WRITERS).fill(0), sent: Array(WRITERS).fill(0), facts: 0 };
  const end = new AbortController();
  const writing = await write(store.uri, load, end.signal);
  try {
    while (load.facts === 0 || load.confirmed.some((n) => n === 0)) await sleep(5);
    // Long enough for the log beside the file to be folded into it at times.
    await sleep(500 + Math.random() * 1_500);
    const before = [...load.confirmed];
    const facts = load.facts;
    const backup = startBackup(src, data, path.join(dir, 'b'));
    // Every third time the store dies under the backup, every third time the backup itself.
    if (round % 3 > 0) {
      await sleep(200 + Math.random() * 800);
      (round % 3 === 1 ? store.child : backup.child).kill('SIGKILL');
      figures.killed += 1;
    }
    const { code, said } = await backup.ended;
    store.child.kill('SIGKILL');
    await store.exited;
    end.abort();
    await writing.ended;
    const sent = [...load.sent];
    figures.writes += load.confirmed.reduce((sum, n) => sum + n, 0);
    const made = (await fs.readdir(dir)).includes('b');
    if (made !== (code === 0) && code !== null) figures.halfLeft += 1;
    if (code !== null && code !== 0 && !/^No backup was made: .*\n$/.test(said)) figures.halfLeft += 1;
    if (code !== null && (await fs.readdir(dir)).some((name) => name.includes('partial'))) figures.halfLeft += 1;
    if (made) await compare(path.join(dir, 'b'), path.join(dir, 'back'), src, { before, sent, facts }, figures);
    if (!(await opens(data))) figures.damaged += 1;
  } finally {
    end.abort();
    store.child.kill('SIGKILL');
    await writing.ended;
    await fs.rm(dir, { recursive: true, force: true });
  }
}

/** Starts the store as a process of its own. */
async function startStore(src: string, dir: string): Promise<{ uri: string; child: ChildProcess; exited: Promise<unknown> }> {
  const child = spawn(process.execPath, [path.join(src, '..', 'scripts/store.ts'), '--dir', dir, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout! })) return { uri: JSON.parse(line).uri, child, exited };
  throw new Error('the store did not start');
}

function startBackup(
  src: string,
  data: string,
  to: string,
): { child: ChildProcess; ended: Promise<{ code: number | null; said: string }> } {
  const child = spawn(process.execPath, [path.join(src, '..', 'scripts/backup.ts'), '--to', to], {
    env: { ...process.env, MONGODB_URI: '', DATA_DIR: data },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, said })) };
}

async function write(uri: string, load: Load, end: AbortSignal): Promise<{ readonly ended: Promise<void> }> {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 2_000 });
  const stores = await openStore(uri);
  const rows = client.db().collection<Row>('rows');
  // A writer ends when the store is gone; what it had not been told counts as unconfirmed.
  const writers = load.sent.map((_, writer) => writeRows(rows, writer, load, end).catch(() => {}));
  const ended = async () => {
    await Promise.all([...writers, appendFacts(stores, load, end).catch(() => {})]);
    await client.close(true);
    await stores.close().catch(() => {});
  };
  return { ended: ended() };
}

async function writeRows(rows: Collection<Row>, writer: number, load: Load, end: AbortSignal): Promise<void> {
  for (let n = 1; !end.aborted; n += 1) {
    const row: Row = { _id: `${writer}:${n}`, writer, n, seen: [...load.confirmed], text: TEXT };
    load.sent[writer] = n;
    await rows.insertOne(row);
    load.confirmed[writer] = n;
    await sleep(PAUSE_MS);
  }
}

/** The trail is written, too: two collections that must fit. */
async function appendFacts({ trail }: OpenStore, load: Load, end: AbortSignal): Promise<void> {
  for (let n = 1; !end.aborted; n += 1) {
    const fact = { id: `test:${n}`, aggregate: 'test', type: 'noted', at: '2026-01-01T00:00:00Z', by: 'U0', command: `c${n}`, text: TEXT };
    await trail.append([fact]);
    load.facts = n;
    await sleep(PAUSE_MS);
  }
}

interface Bounds {
  readonly before: readonly number[];
  readonly sent: readonly number[];
  readonly facts: number;
}

async function compare(from: string, to: string, src: string, bounds: Bounds, figures: Figures): Promise<void> {
  figures.backups += 1;
  const back = await runScript('restore.ts', ['--from', from], { DATA_DIR: to }, src);
  const store = back.code === 0 ? await startEmbeddedStore({ dir: path.join(to, 'store'), onDeath: () => {} }).catch(() => null) : null;
  if (!store) {
    if (/audit trail is not whole/.test(back.stderr)) figures.brokenTrails += 1;
    else figures.unopened += 1;
    return;
  }
  const connection = await mongoose.createConnection(store.uri).asPromise();
  const rows = (await connection.collection('rows').find({}).toArray()) as unknown as Row[];
  const upTo = bounds.sent.map((_, writer) => Math.max(0, ...rows.filter((row) => row.writer === writer).map(({ n }) => n)));
  const gaps = upTo.some((n, writer) => rows.filter((row) => row.writer === writer).length !== n);
  if (upTo.some((n, writer) => n < bounds.before[writer]! || n > bounds.sent[writer]!)) figures.lost += 1;
  if (gaps || rows.some(({ seen }) => seen.some((n, writer) => n > upTo[writer]!))) figures.neverExisted += 1;
  const verdict = await verifyTrail(trailLines(connection));
  if (!verdict.whole || verdict.entries < bounds.facts) figures.brokenTrails += 1;
  await connection.close();
  await store.stop();
}

/** The folder whose process was killed still opens, with its trail whole. */
async function opens(data: string): Promise<boolean> {
  const store = await startEmbeddedStore({ dir: path.join(data, 'store'), onDeath: () => {} }).catch(() => null);
  if (!store) return false;
  const connection = await mongoose.createConnection(store.uri).asPromise();
  const { whole } = await verifyTrail(trailLines(connection));
  await connection.close();
  await store.stop();
  return whole;
}
