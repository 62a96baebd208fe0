/**
 * `npm run backup -- --to FOLDER`: a copy of the data folder, consistent while the bot runs. The store is copied by the process that holds it;
 * the folder appears when everything in it is on the disk, with a list of hashes that `sha256sum -c SHA256SUMS` checks.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BackupProblem } from './backup/content.ts';
import { writeBackup } from './backup/write-backup.ts';
import { withStoreUri } from './with-store.ts';

if (fs.existsSync('.env')) process.loadEnvFile('.env');

const USAGE = 'Usage: npm run backup -- --to FOLDER   (a new folder, outside the data folder)';
const TOOLS = `The database in MONGODB_URI is not in this backup: MongoDB's own tools copy it.
  of a replica set:  mongodump --uri="$MONGODB_URI" --oplog --gzip --archive=arrears.archive.gz   (an address without a database name)
  to put it back:    mongorestore --uri="$MONGODB_URI" --oplogReplay --gzip --archive=arrears.archive.gz
  of a single server, stop Arrears first and leave out --oplog and --oplogReplay; or use snapshots of the disk or of your provider.
Then \`npm run restore -- --verify\` checks what came back.`;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  const { to, dataDir } = readArguments();
  const { MONGODB_URI } = process.env;
  const made = MONGODB_URI
    ? await writeBackup(dataDir, to, null, stop.signal)
    : await withStoreUri(process.env, (uri) => writeBackup(dataDir, to, uri, stop.signal));
  const size = `${(made.bytes / 1_000_000).toFixed(1)} MB`;
  console.log(`Backed up ${dataDir} to ${to}: ${made.files} files, ${size}. \`sha256sum -c SHA256SUMS\` checks it.`);
  if (made.leftOut.length > 0) console.log(`Left out, since they are links or no plain files: ${made.leftOut.join(', ')}.`);
  console.log('It holds customers’ data: keep it as safe as the original, on another machine. Your .env is not in it.');
  if (MONGODB_URI) console.log(TOOLS);
} catch (error) {
  console.error(error instanceof BackupProblem ? error.message : `No backup was made: ${(error as Error).message}`);
  process.exitCode = 1;
}

function readArguments(): { to: string; dataDir: string } {
  const dataDir = process.env.DATA_DIR || 'data';
  let given: string | undefined;
  try {
    given = parseArgs({ options: { to: { type: 'string' } } }).values.to;
  } catch (error) {
    throw new BackupProblem(`${(error as Error).message}\n${USAGE}`);
  }
  if (!given) throw new BackupProblem(USAGE);
  const to = path.resolve(given);
  if (!fs.existsSync(dataDir)) throw new BackupProblem(`There is no data folder ${dataDir}, so no backup was made. Set DATA_DIR.`);
  if (fs.existsSync(to)) throw new BackupProblem(`${given} is there already. Nothing was changed. Give a new name.`);
  if (to.startsWith(path.resolve(dataDir) + path.sep))
    throw new BackupProblem(`${given} is inside the data folder, so no backup was made. Choose a place outside, best on another disk.`);
  return { to, dataDir };
}
