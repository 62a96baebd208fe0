/** `npm run bench`: figures as JSON lines, each a ratio within one run. `-- --size tiny` shows in seconds that it works; names choose parts. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { benchBot } from './bench/acks.ts';
import { benchApprovals } from './bench/approvals.ts';
import { benchDigest, benchImport } from './bench/ledger.ts';
import { type BenchLine, type BenchSize, SIZES } from './bench/measure.ts';
import { benchReport } from './bench/reports.ts';
import { benchDecisions, benchDrafts } from './bench/rules.ts';
import { benchSending } from './bench/sending.ts';
import { benchTrail } from './bench/trail.ts';

const src = path.resolve(import.meta.dirname, '../src');
const parts: Readonly<Record<string, (size: BenchSize) => Promise<BenchLine[]>>> = {
  import: benchImport,
  digest: benchDigest,
  report: benchReport,
  decisions: benchDecisions,
  drafts: benchDrafts,
  sending: (size) => benchSending(size, src),
  trail: benchTrail,
  approvals: benchApprovals,
  bot: benchBot,
};

const { values, positionals } = parseArgs({ options: { size: { type: 'string', default: 'full' } }, allowPositionals: true });
const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
if ((values.size !== 'full' && values.size !== 'tiny') || unknown !== undefined) {
  console.error(`Usage: npm run bench -- [--size full|tiny] [${Object.keys(parts).join(' ')}]`);
  process.exit(1);
}
const size = SIZES[values.size];
for (const name of positionals.length > 0 ? positionals : Object.keys(parts))
  for (const line of await parts[name]!(size)) console.log(JSON.stringify(line));
