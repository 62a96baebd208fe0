import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import type { Connection } from 'mongoose';
import type { OpenStore } from '../../src/store/open-store.ts';
import { bodyDigest, entryHash, TRAIL_START } from '../../src/store/trail.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';
import { type BenchLine, type BenchSize, median, memory, ratio, timed } from './measure.ts';
import { inFolder, withStores } from './stores.ts';

/** As many as go into the trail at once. */
const BATCH = 200;
const ACCOUNTS = 500;

const factOf = (n: number): RecordedFact => {
  const aggregate = `account:acc_${n % ACCOUNTS}`;
  const stamp = { aggregate, at: '2026-11-20T08:00:00Z', by: 'U0MARA', command: `submit:V${n}` };
  return {
    ...stamp,
    id: `${aggregate}:${Math.floor(n / ACCOUNTS) + 1}`,
    type: 'held',
    until: '2026-12-01',
    reason: `asked by telephone, note ${n}`,
  };
};

/** Appending to the trail against inserting the same documents as they are; verifying it against reading them; and a file of a million entries. */
export async function benchTrail({ runs, trail, trailFile }: BenchSize): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const entries of trail) lines.push(await inStore(Math.min(runs, entries > 10_000 ? 1 : runs), entries));
  lines.push(await inFile(trailFile));
  return lines;
}

async function inStore(runs: number, count: number): Promise<BenchLine> {
  const [appended, inserted, verified, read]: number[][] = [[], [], [], []];
  for (let run = 0; run < runs; run += 1) {
    await inFolder((dir) =>
      withStores(dir, async (stores, plain) => {
        appended!.push(await timed(() => append(stores, count)));
        const documents = await plain.collection('trail').find().toArray();
        const bodies = await plain.collection('trailbodies').find().toArray();
        inserted!.push(
          await timed(async () => {
            for (let from = 0; from < count; from += BATCH) {
              await plain.collection('plain-bodies').insertMany(bodies.slice(from, from + BATCH));
              await plain.collection('plain-trail').insertMany(documents.slice(from, from + BATCH));
            }
          }),
        );
        verified!.push(await timed(() => verifyAll(plain, count)));
        read!.push(
          await timed(async () => {
            for (const name of ['trail', 'trailbodies']) for await (const _ of plain.collection(name).find({}, { batchSize: 1_000 }));
          }),
        );
      }),
    );
  }
  return {
    bench: 'trail',
    entries: count,
    timesInsertMany: ratio(appended!, inserted!),
    timesRead: ratio(verified!, read!),
    appendsPerSecond: perSecond(count, median(appended!)),
    verifiesPerSecond: perSecond(count, median(verified!)),
    appendMs: appended!,
    insertManyMs: inserted!,
    verifyMs: verified!,
    readMs: read!,
    memoryMiB: memory(),
  };
}

async function append({ trail }: OpenStore, count: number): Promise<void> {
  for (let from = 0; from < count; from += BATCH)
    await trail.append(Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => factOf(from + i)));
}

async function verifyAll(plain: Connection, count: number): Promise<void> {
  const verdict = await verifyTrail(trailLines(plain));
  if (!verdict.whole || verdict.entries !== count) throw new Error(`the trail of ${count} entries did not verify`);
}

/** The command itself on an export, against reading its lines as JSON. */
async function inFile(count: number): Promise<BenchLine> {
  return inFolder(async (dir) => {
    const file = path.join(dir, 'trail.jsonl');
    await writeTrail(file, count);
    const parsed = await timed(async () => {
      for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) JSON.parse(line);
    });
    const script = path.resolve(import.meta.dirname, '../verify-trail.ts');
    let said = '';
    const verified = await timed(() => {
      said = spawnSync(process.execPath, [script, '--file', file], { encoding: 'utf8' }).stdout;
    });
    if (!said.includes(`${count} entries`)) throw new Error(`the file did not verify: ${said}`);
    const mebibytes = Math.round(fs.statSync(file).size / 2 ** 20);
    return {
      bench: 'trail-file',
      entries: count,
      mebibytes,
      timesParse: ratio([verified], [parsed]),
      verifiesPerSecond: perSecond(count, verified),
      verifyMs: verified,
      parseMs: parsed,
    };
  });
}

async function writeTrail(file: string, count: number): Promise<void> {
  const out = fs.createWriteStream(file);
  let previous = TRAIL_START;
  for (let n = 0; n < count; n += 1) {
    const { id: fact, type, aggregate, at, by, command, ...body } = factOf(n);
    const kept = { salt: String(n).padStart(32, '0'), body };
    const entry = { seq: n + 1, fact, type, aggregate, at, by, command, body: bodyDigest(kept), marking: 'internal' as const };
    const document = { _id: n + 1, fact, previous, hash: entryHash(previous, entry), entry };
    previous = document.hash;
    if (!out.write(`${JSON.stringify({ document, body: kept })}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

const perSecond = (count: number, ms: number) => Math.round(count / (ms / 1000));
