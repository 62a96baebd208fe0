/**
 * `npm run restore -- --from FOLDER`: puts a backup into DATA_DIR, which must be empty or absent; every file is compared with its hash before
 * anything is put there. `--verify` with --from only checks the backup; alone it checks the store as it is now, such as after mongorestore.
 */
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { SCHEMA_VERSION } from '../src/store/connect.ts';
import { BackupProblem, diskTrouble, syncFolder } from './backup/content.ts';
import { copyBackup, lookIntoStore, type Restored } from './backup/read-backup.ts';
import { withStoreUri } from './with-store.ts';

if (fs.existsSync('.env')) process.loadEnvFile('.env');

const USAGE = 'Usage: npm run restore -- --from FOLDER [--verify]   or, after mongorestore: npm run restore -- --verify';

try {
  const { from, verify } = readArguments();
  if (from === undefined) await verifyStore();
  else if (verify) await checkOnly(from);
  else await restore(from, process.env.DATA_DIR || 'data');
} catch (error) {
  console.error(error instanceof BackupProblem ? error.message : `Nothing was restored: ${(error as Error).message}`);
  process.exitCode = 1;
}

function readArguments(): { from: string | undefined; verify: boolean } {
  try {
    const { from, verify } = parseArgs({ options: { from: { type: 'string' }, verify: { type: 'boolean', default: false } } }).values;
    if (from !== undefined || verify) return { from, verify };
  } catch (error) {
    throw new BackupProblem(`${(error as Error).message}\n${USAGE}`);
  }
  throw new BackupProblem(USAGE);
}

async function restore(from: string, dataDir: string): Promise<void> {
  const to = path.resolve(dataDir);
  const there = await fsp.readdir(to).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (there && there.length > 0) {
    throw new BackupProblem(
      `The data folder ${dataDir} is not empty, so nothing was restored. Stop Arrears and move the folder away, or set DATA_DIR to a new one.`,
    );
  }
  const beside = path.dirname(to);
  await fsp.mkdir(beside, { recursive: true });
  const partial = await fsp.mkdtemp(`${to}.partial-`).catch((error) => {
    throw new BackupProblem(`Nothing was restored: ${beside} cannot take it: ${diskTrouble(error)}.`);
  });
  const restored = await copyBackup(from, partial);
  await moveInto(partial, to, there !== null);
  say(restored, `Restored ${from} to ${dataDir}`);
  if (restored.about.store === 'mongodb')
    console.log('The database is not in it: put that back with mongorestore, then run `npm run restore -- --verify`.');
  else console.log('Start Arrears as usual.');
}

/** In one step where the system allows it. A folder that is a disk of its own cannot be replaced: then the store goes in first. */
async function moveInto(partial: string, to: string, exists: boolean): Promise<void> {
  try {
    if (exists) await fsp.rmdir(to);
    await fsp.rename(partial, to);
  } catch {
    await copyInto(partial, to);
  }
  await syncFolder(path.dirname(to));
}

async function copyInto(partial: string, to: string): Promise<void> {
  await fsp.mkdir(to, { recursive: true, mode: 0o700 });
  const names = (await fsp.readdir(partial)).sort((a, b) => Number(b === 'store') - Number(a === 'store'));
  try {
    for (const name of names) await fsp.cp(path.join(partial, name), path.join(to, name), { recursive: true });
  } catch (error) {
    for (const name of names) await fsp.rm(path.join(to, name), { recursive: true, force: true });
    throw new BackupProblem(`Nothing was restored: ${diskTrouble(error)}. Nothing is left in ${to}.`);
  } finally {
    await fsp.rm(partial, { recursive: true });
  }
}

async function checkOnly(from: string): Promise<void> {
  const folder = await fsp.mkdtemp(path.join(os.tmpdir(), 'arrears-verify-'));
  try {
    say(await copyBackup(from, path.join(folder, 'data')), `${from} is whole`);
  } finally {
    await fsp.rm(folder, { recursive: true, force: true });
  }
}

async function verifyStore(): Promise<void> {
  await withStoreUri(process.env, async (uri) => {
    const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise();
    try {
      const meta = await connection.collection<{ _id: string; version: number }>('meta').findOne({ _id: 'schema' });
      if (!meta) throw new BackupProblem(`There is nothing of Arrears in the database ${connection.name}. Nothing was changed.`);
      if (meta.version > SCHEMA_VERSION)
        throw new BackupProblem('The store was written by a newer version of Arrears. Nothing was changed. Check it with that version.');
      sayStore(await lookIntoStore(connection));
    } finally {
      await connection.close();
    }
  });
}

function say({ about, files, trail, unsent }: Restored, what: string): void {
  console.log(`${what}: ${files} files, each as it was written on ${about.made} by version ${about.program}.`);
  if (trail) sayStore({ trail, unsent });
}

function sayStore({ trail, unsent }: Pick<Restored, 'unsent'> & { readonly trail: NonNullable<Restored['trail']> }): void {
  if (trail.whole) console.log(`The audit trail is whole: ${trail.entries} entries.`);
  else {
    console.error(
      `The audit trail is not whole. First wrong entry: ${trail.seq}: ${trail.why}. Keep this copy, and compare it with another.`,
    );
    process.exitCode = 1;
  }
  if (unsent > 0) {
    const emails = unsent === 1 ? '1 email is approved and not sent' : `${unsent} emails are approved and not sent`;
    console.log(
      `${emails} in it. What was sent after the backup was made would be sent again: start once without SMTP_URL and look at \`/collections review approved\`.`,
    );
  }
}
