import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose, { type Connection } from 'mongoose';
import { chance } from '../../src/importing/random.ts';
import type { TrailDocument } from '../../src/store/trail.ts';
import type { Anchor, TrailLine } from '../../src/store/verify-trail.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';
import { type KillProxy, killProxy } from '../support/kill-proxy.ts';
import { damage } from './p11-damage.ts';

interface Figures {
  kills: number;
  facts: number;
  aggregates: number;
  /** Facts that are neither in the trail nor in their aggregate's outbox, or numbered twice, after a kill or at the end. */
  gaps: number;
  /** Times the trail did not verify although nobody touched it. */
  broken: number;
  damages: number;
  /** Of these, how many the verifier passed over. */
  unnoticed: number;
  /** Of these, how many it named at another entry. */
  misplaced: number;
  erased: number;
}

type Program = Awaited<ReturnType<typeof loadProgram>>;

/** Long enough that a worker reaches the wire's message it dies at, however busy the machine is. */
const PATIENCE_MS = 60_000;

/** Kills instances that record and copy facts, counts every aggregate's facts, then damages the trail in a thousand ways. */
export async function p11(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const figures: Figures = {
    kills: 0,
    facts: 0,
    aggregates: 0,
    gaps: 0,
    broken: 0,
    damages: 0,
    unnoticed: 0,
    misplaced: 0,
    erased: 0,
  };
  const place = await openPlace(src);
  try {
    await writeAndKill(place, size === 'full' ? 80 : 4, figures);
    const { lines, anchor } = await read(place);
    await damageAll(place.program, lines, anchor, size === 'full' ? 1_000 : 200, figures);
    await damageStored(place, anchor, figures);
    await erase(place, anchor, figures);
  } finally {
    await place.close();
  }
  const { gaps, broken, unnoticed, misplaced, kills, facts, erased } = figures;
  return { held: gaps + broken + unnoticed + misplaced === 0 && kills > 0 && facts > 50 && erased > 0, figures: { ...figures } };
}

async function loadProgram(src: string) {
  const load = <T>(file: string): Promise<T> => import(path.join(src, file));
  return {
    ...(await load<typeof import('../../src/store/verify-trail.ts')>('store/verify-trail.ts')),
    ...(await load<typeof import('../../src/store/trail.ts')>('store/trail.ts')),
    ...(await load<typeof import('../../src/store/open-store.ts')>('store/open-store.ts')),
    ...(await load<typeof import('../../src/trail/copy-outboxes.op.ts')>('trail/copy-outboxes.op.ts')),
    ...(await load<typeof import('../../src/ledger/import-ledger.op.ts')>('ledger/import-ledger.op.ts')),
    ...(await load<typeof import('../../src/importing/sample-ledger.ts')>('importing/sample-ledger.ts')),
    ...(await load<typeof import('../../src/kernel/day.ts')>('kernel/day.ts')),
  };
}

interface Place {
  readonly src: string;
  readonly program: Program;
  readonly uri: string;
  readonly proxy: KillProxy;
  readonly stores: Awaited<ReturnType<Program['openStore']>>;
  readonly connection: Connection;
  close(): Promise<void>;
}

/** The store of `src` in a process of its own, filled with the sample. */
async function openPlace(src: string): Promise<Place> {
  const program = await loadProgram(src);
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p11-'));
  const script = path.join(src, '../scripts/store.ts');
  const child = spawn(process.execPath, [script, '--dir', path.join(dir, 'store'), '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const { uri } = JSON.parse(line) as { uri: string };
  const stores = await program.openStore(uri);
  const connection = await mongoose.createConnection(uri).asPromise();
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await stores.settings.load({ ...where, commands });
  const source = program.sampleSource(program.dayIn('Europe/London', stores.clock.now()));
  await program.importLedger(stores, { source, dryRun: false, confirmVanished: false, sample: true });
  const proxy = await killProxy(Number(new URL(uri).port));
  return {
    src,
    program,
    uri,
    proxy,
    stores,
    connection,
    async close() {
      await connection.close();
      await stores.close();
      await proxy.close();
      child.kill('SIGKILL');
      await once(child, 'exit');
      await fs.rm(dir, { recursive: true, force: true });
    },
  };
}

/** Between what was decided and what was copied, and inside the copying: each has a moment at which a fact could be lost. */
const MOMENTS = ['update trailbodies', 'insert trail', 'update accounts'];

/** Two instances at a time: one dies at a chosen message to the store, the other goes on and is now and then killed at any moment. */
async function writeAndKill(place: Place, kills: number, figures: Figures): Promise<void> {
  const proxied = place.proxy.uri(new URL(place.uri).pathname.slice(1));
  let [other, doomed] = await Promise.all([worker(place, place.uri, 1), worker(place, proxied, 2)]);
  try {
    other.send('go');
    for (let kill = 0; kill < kills; kill += 1) {
      const moment = MOMENTS[kill];
      const struck = once(doomed, 'exit', { signal: AbortSignal.timeout(PATIENCE_MS) });
      place.proxy.arm(
        (name, at) => (moment ? name === moment : at >= kill),
        () => doomed.kill('SIGKILL'),
      );
      // Nobody else may copy what the doomed one has at that moment; woken up, the other one goes on with what it read before.
      if (moment) other.kill('SIGSTOP');
      doomed.send('go');
      await struck;
      other.kill('SIGCONT');
      figures.kills += 1;
      const next = kill + 1 < kills ? worker(place, proxied, 2_000 + kill) : null;
      if (kill % 8 === 7) {
        other.kill('SIGKILL');
        await once(other, 'exit');
        figures.kills += 1;
        other = await worker(place, place.uri, 1_000 + kill);
        other.send('go');
      }
      figures.gaps += await gapsNow(place);
      if (next) doomed = await next;
    }
  } finally {
    for (const child of [other, doomed]) await end(child);
  }
  await place.program.copyOutboxes({ ...place.stores, told: {} });
  figures.gaps += await gapsNow(place, true);
}

async function worker({ src }: Place, uri: string, own: number): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, '../support/trail-child.ts'), [src, uri, String(own)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/**
 * Facts missing between 1 and the number that the aggregate itself counted, in its outbox and the trail together; `copied`: in the trail alone.
 * Others go on writing meanwhile: aggregates are read first, and read again where something seems to be missing.
 */
async function gapsNow({ connection }: Place, copied = false): Promise<number> {
  let gaps = 0;
  for (let look = 0; look < 20; look += 1) {
    gaps = 0;
    const counted = await countedFacts(connection);
    const kept = new Set<string>();
    for await (const { fact } of connection.collection<TrailDocument>('trail').find({}, { projection: { fact: 1 } })) kept.add(fact);
    for (const { aggregate, facts, outbox } of counted) {
      for (let n = 1; n <= facts; n += 1) {
        const id = `${aggregate}:${n}`;
        if (!kept.has(id) && (copied || !outbox.includes(id))) gaps += 1;
      }
    }
    if (gaps === 0) return 0;
    await wait(100);
  }
  return gaps;
}

async function countedFacts(connection: Connection): Promise<{ aggregate: string; facts: number; outbox: string[] }[]> {
  const counted: { aggregate: string; facts: number; outbox: string[] }[] = [];
  for (const [name, kind] of [
    ['accounts', 'account:'],
    ['team', ''],
    ['settings', ''],
  ] as const) {
    const documents = connection.collection<{ _id: string; facts?: number; outbox?: RecordedFact[] }>(name).find({ facts: { $gt: 0 } });
    for await (const { _id, facts = 0, outbox = [] } of documents)
      counted.push({ aggregate: kind === '' ? name : `${kind}${_id}`, facts, outbox: outbox.map(({ id }) => id) });
  }
  return counted;
}

async function read({ program, connection }: Place): Promise<{ lines: TrailLine[]; anchor: Anchor }> {
  const lines = await Array.fromAsync(program.trailLines(connection));
  const { _id: seq, hash } = lines.at(-1)!.document;
  return { lines, anchor: { seq, hash } };
}

async function damageAll(program: Program, whole: TrailLine[], anchor: Anchor, count: number, figures: Figures): Promise<void> {
  figures.facts = whole.length;
  figures.aggregates = new Set(whole.map(({ document }) => document.entry.aggregate)).size;
  if (!(await program.verifyTrail(whole, anchor)).whole) figures.broken += 1;
  const random = chance(11);
  const below = (limit: number) => random.between(0, limit - 1);
  for (let n = 0; n < count; n += 1) {
    const { lines, wrong, anchored } = damage(whole, below, program.entryHash);
    const verdict = await program.verifyTrail(lines, anchored && anchor);
    figures.damages += 1;
    if (verdict.whole) figures.unnoticed += 1;
    else if (verdict.seq !== wrong) figures.misplaced += 1;
  }
}

/** The same by hand in the store itself, each put right again afterwards. */
async function damageStored({ program, connection }: Place, anchor: Anchor, figures: Figures): Promise<void> {
  const trail = connection.collection<TrailDocument>('trail');
  const bodies = connection.collection<{ _id: string }>('trailbodies');
  const named = async (wrong: number) => {
    const verdict = await program.verifyTrail(program.trailLines(connection), anchor);
    figures.damages += 1;
    if (verdict.whole) figures.unnoticed += 1;
    else if (verdict.seq !== wrong) figures.misplaced += 1;
  };
  const seq = Math.floor(anchor.seq / 2);
  const document = (await trail.findOne({ _id: seq }))!;
  await trail.updateOne({ _id: seq }, { $set: { 'entry.by': 'U0NOBODY' } });
  await named(seq);
  await trail.deleteOne({ _id: seq });
  await named(seq);
  await trail.insertOne(document);
  const body = (await bodies.findOne({ _id: document.fact }))!;
  await bodies.updateOne({ _id: document.fact }, { $set: { 'body.reason': 'never said' } });
  await named(seq);
  await bodies.replaceOne({ _id: document.fact }, body);
  const last = (await trail.findOne({ _id: anchor.seq }))!;
  await trail.deleteOne({ _id: anchor.seq });
  await named(anchor.seq);
  await trail.insertOne(last);
}

/** Bodies may go one by one: what is left still verifies, and what was erased is counted. */
async function erase({ program, connection }: Place, anchor: Anchor, figures: Figures): Promise<void> {
  const all = await connection.collection<TrailDocument>('trail').find().toArray();
  const gone = all.filter(({ _id }) => _id % 7 === 0).map(({ fact }) => fact);
  await connection.collection<{ _id: string }>('trailbodies').deleteMany({ _id: { $in: gone } });
  const verdict = await program.verifyTrail(program.trailLines(connection), anchor);
  if (!verdict.whole || verdict.erased !== gone.length) figures.broken += 1;
  figures.erased = gone.length;
}
