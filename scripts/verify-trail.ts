/**
 * `npm run verify-trail [-- --file trail.jsonl | --export trail.jsonl] [--anchor 120:<hash>]`: is every entry of the paper trail as it was
 * written? Works on the store or, offline, on an export. Exit code 1 when not, with the first wrong entry and why.
 */
import fs from 'node:fs';
import readline from 'node:readline';
import { parseArgs } from 'node:util';
import { connectStore } from '../src/store/connect.ts';
import { type Anchor, type TrailLine, trailLines, verifyTrail } from '../src/store/verify-trail.ts';
import { withStoreUri } from './with-store.ts';

if (fs.existsSync('.env')) process.loadEnvFile('.env');
const { values } = parseArgs({ options: { file: { type: 'string' }, export: { type: 'string' }, anchor: { type: 'string' } } });

async function* readLines(file: string): AsyncIterable<TrailLine> {
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) }))
    if (line.trim() !== '') yield JSON.parse(line) as TrailLine;
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
    console.error(`The trail was tampered with or damaged. First wrong entry: ${verdict.seq}: ${verdict.why}.`);
    process.exitCode = 1;
    return;
  }
  const erased = verdict.erased > 0 ? ` (${verdict.erased} with their text erased)` : '';
  console.log(
    `The trail is whole: ${verdict.entries} entries${erased}.\nNote this elsewhere to see later whether its end was cut off:\n  --anchor ${verdict.entries}:${verdict.head}`,
  );
};

try {
  if (values.file) await check(readLines(values.file));
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
