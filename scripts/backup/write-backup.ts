import fs from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import mongoose from 'mongoose';
import program from '../../package.json' with { type: 'json' };
import { ABOUT, type About, BackupProblem, copyHashed, diskTrouble, FORMAT, hashOf, SUMS, syncFolder } from './content.ts';

export interface BackupMade {
  readonly files: number;
  readonly bytes: number;
  /** What was passed over: links, sockets, names that a list of hashes cannot hold. */
  readonly leftOut: readonly string[];
}

/**
 * Copies a data folder into a new folder `to`, which appears only when it is whole. `storeUri` is the running store of this folder, null with a
 * MongoDB server. Throws BackupProblem.
 */
export async function writeBackup(dataDir: string, to: string, storeUri: string | null, signal: AbortSignal): Promise<BackupMade> {
  const partial = await fs.mkdtemp(`${to}.partial-`).catch((error) => {
    throw new BackupProblem(`No backup was made: ${path.dirname(to)} cannot take it: ${diskTrouble(error)}. Nothing was changed.`);
  });
  try {
    const schema = storeUri === null ? null : await copyStore(storeUri, path.join(partial, 'store'));
    const { files, leftOut } = await listFiles(dataDir);
    const sums = new Map<string, string>();
    if (storeUri !== null) sums.set('store/store.sqlite', await hashOf(path.join(partial, 'store', 'store.sqlite')));
    for (const file of files) {
      signal.throwIfAborted();
      const sum = await copyFile(dataDir, partial, file);
      if (sum !== null) sums.set(file, sum);
    }
    const about: About = {
      format: FORMAT,
      made: new Date().toISOString(),
      program: program.version,
      schema,
      store: storeUri === null ? 'mongodb' : 'embedded',
    };
    await writeWhole(path.join(partial, ABOUT), `${JSON.stringify(about, null, 2)}\n`);
    sums.set(ABOUT, await hashOf(path.join(partial, ABOUT)));
    await writeWhole(path.join(partial, SUMS), [...sums].map(([file, sum]) => `${sum}  ${file}\n`).join(''));
    signal.throwIfAborted();
    const sizes = await Promise.all([...sums.keys()].map(async (file) => (await fs.stat(path.join(partial, file))).size));
    await syncFolder(partial);
    await fs.rename(partial, to);
    await syncFolder(path.dirname(to));
    return { files: sums.size, bytes: sizes.reduce((sum, size) => sum + size, 0), leftOut };
  } catch (error) {
    await fs.rm(partial, { recursive: true, force: true });
    if (error instanceof BackupProblem) throw error;
    const why = signal.aborted ? 'it was stopped' : diskTrouble(error);
    throw new BackupProblem(`No backup was made: ${why}. Nothing was changed, and nothing is left in ${path.dirname(to)}.`, {
      cause: error,
    });
  }
}

/** Asks the process that holds the store for a copy; answers the schema of its documents. */
async function copyStore(uri: string, folder: string): Promise<number | null> {
  await fs.mkdir(folder, { mode: 0o700 });
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise();
  try {
    await connection.db!.admin().command({ arrearsSnapshot: path.join(path.resolve(folder), 'store.sqlite') });
    const meta = await connection.collection<{ _id: string; version: number }>('meta').findOne({ _id: 'schema' });
    return meta?.version ?? null;
  } catch (error) {
    if ((error as { code?: number }).code !== 238) throw error;
    throw new BackupProblem(
      'No backup was made: the Arrears that runs on this folder is of an earlier version, which cannot be copied while it runs. ' +
        'Stop it, make the backup, then start it again.',
    );
  } finally {
    await connection.close();
  }
}

/** Everything in the data folder but the store, which is copied by the one who holds it. Paths with slashes, in order. */
async function listFiles(dataDir: string): Promise<{ files: string[]; leftOut: string[] }> {
  const files: string[] = [];
  const leftOut: string[] = [];
  for (const entry of await fs.readdir(dataDir, { recursive: true, withFileTypes: true })) {
    const file = path.relative(dataDir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
    if (file.split('/')[0] === 'store' || entry.isDirectory() || file.endsWith('.partial') || /\.sqlite-(wal|shm)$/.test(file)) continue;
    (entry.isFile() && !/[\r\n\\]/.test(file) ? files : leftOut).push(file);
  }
  return { files: files.sort(), leftOut: leftOut.sort() };
}

/** Null when the file has gone since the folder was listed. */
async function copyFile(dataDir: string, partial: string, file: string): Promise<string | null> {
  const from = path.join(dataDir, file);
  const to = path.join(partial, file);
  try {
    if (!file.endsWith('.sqlite')) return await copyHashed(from, to);
    await fs.mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
    await writeWhole(to, '');
    const database = new DatabaseSync(from, { timeout: 10_000 });
    try {
      database.prepare('VACUUM INTO ?').run(to);
    } finally {
      database.close();
    }
    return await hashOf(to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const writeWhole = (file: string, text: string) => fs.writeFile(file, text, { flag: 'wx', mode: 0o600, flush: true });
