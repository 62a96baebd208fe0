/**
 * `npm run verify-trail [-- --file trail.jsonl | --export trail.jsonl] [--anchor 120:<hash>]`: is every entry of the paper trail as it was
 * written? Works on the store or, offline, on a copy of it or on an export from Slack. Exit code 1 when not, with the first wrong entry and why.
 */
import fs from 'node:fs';
import readline from 'node:readline';
import { parseArgs } from 'node:util';
import { connectStore } from '../src/store/connect.ts';
import { type ExportHeader, verifyExport } from '../src/store/verify-export.ts';
import { type Anchor, type TrailLine, trailLines, verifyTrail } from '../src/store/verify-trail.ts';
import { withStoreUri } from './with-store.ts';

if (fs.existsSync('.env')) process.loadEnvFile('.env');
const { values } = parseArgs({ options: { file: { type: 'string' }, export: { type: 'string' }, anchor: { type: 'string' } } });

type Line = TrailLine | { readonly export: ExportHeader };

async function* readLines(file: string): AsyncGenerator<Line> {
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) }))
    if (line.trim() !== '') yield JSON.parse(line) as Line;
}

/** A copy of the whole trail, or what people export in Slack, which says so in its first line. */
async function checkFile(file: string): Promise<void> {
  const lines = readLines(file);
  const first = await lines.next();
  if (first.done) throw new Error(`${file} is empty`);
  const start = first.value;
  if ('export' in start) return checkExport(start.export, lines as AsyncGenerator<TrailLine>);
  return check(
    (async function* () {
      yield start;
      yield* lines as AsyncGenerator<TrailLine>;
    })(),
  );
}

async function checkExport(header: ExportHeader, lines: AsyncIterable<TrailLine>): Promise<void> {
  const verdict = await verifyExport(header, lines);
  if (!verdict.fits) {
    console.error(
      `This export was tampered with or damaged. First wrong entry: ${verdict.seq}: ${verdict.why}.\nThose before it are as they were written. Ask for a new export of the same account and period and compare the two.`,
    );
    process.exitCode = 1;
    return;
  }
  const erased = verdict.erased > 0 ? ` (${verdict.erased} with their text erased)` : '';
  const left = header.whole ? 'none in between is missing' : 'others of the trail were not asked for and stand between them';
  console.log(
    `Export of ${header.title}, ${header.period}: ${verdict.entries} entries${erased}, from ${verdict.first} to ${verdict.last}, each as it was written; ${left}.`,
  );
}

async function* copied(lines: AsyncIterable<TrailLine>, file: string): AsyncIterable<TrailLine> {
  const out = fs.createWriteStream(file, { flags: 'wx' });
  for await (const line of lines) {
    out.write(`${JSON.stringify(line)}\n`);
    yield line;
  }
  await new Promise<void>((resolve, reject) => out.on('error', reject).end(resolve));
}

function readAnchor(text: string): Anchor {
  const found = /^(\d+):([0-9a-f]{64})$/.exec(text);
  if (!found) throw new Error(`--anchor takes an entry's number and its hash, such as 120:${'0'.repeat(8)}…, not ${text}`);
  return { seq: Number(found[1]), hash: found[2]! };
}

const check = async (lines: AsyncIterable<TrailLine>) => {
  const verdict = await verifyTrail(
    values.export ? copied(lines, values.export) : lines,
    values.anchor ? readAnchor(values.anchor) : undefined,
  );
  if (!verdict.whole) {
    console.error(
      `The trail was tampered with or damaged. First wrong entry: ${verdict.seq}: ${verdict.why}.\nThose before it are as they were written; nothing was changed by this check. Keep a copy of the store as it is now, find out who can write to it, and compare entry ${verdict.seq} with a backup.`,
    );
    process.exitCode = 1;
    return;
  }
  const erased = verdict.erased > 0 ? ` (${verdict.erased} with their text erased)` : '';
  console.log(
    `The trail is whole: ${verdict.entries} entries${erased}.\nNote this elsewhere to see later whether its end was cut off:\n  --anchor ${verdict.entries}:${verdict.head}`,
  );
};

try {
  if (values.file) await checkFile(values.file);
  else {
    await withStoreUri(process.env, async (uri) => {
      const connection = await connectStore(uri);
      await check(trailLines(connection)).finally(() => connection.close());
    });
  }
} catch (error) {
  console.error(`The trail could not be read: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
