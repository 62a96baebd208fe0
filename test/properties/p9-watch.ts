import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dumpLedger } from '../support/ledger-place.ts';
import { compare, leftOver, type Place, type Strikes } from './p9.ts';
import { type Files, KINDS } from './p9-files.ts';

/** Messages at which the process dies, by what they do; all of them in full size. */
const STRUCK = ['update invoices', 'insert importruns', 'insert accounts', 'insert invoices', 'insert payments', 'insert creditnotes'];

/**
 * A watched folder with a file of each kind: the process dies at a message of one of them, and another takes the folder up. Every file must end in
 * done, and the ledger be that of a folder whose process lived.
 */
export async function killWatch(place: Place, files: Files, everywhere: boolean): Promise<void> {
  await watch(place, 'watched', await folderOf(place, 'watched', files));
  const wanted = await place.look('watched', dumpLedger);
  for (const struck of everywhere ? STRUCK : STRUCK.slice(0, 1)) {
    const database = `watched${place.figures.kills}`;
    const folder = await folderOf(place, database, files);
    await watch(place, database, folder, (name) => name === struck);
    place.figures.kills += 1;
    await watch(place, database, folder);
    await compare(place, database, wanted);
    const done = await readdir(path.join(folder, 'done'));
    if (!KINDS.every((kind, at) => done.includes(nameOf(kind, at)))) place.figures.differences += 1;
    place.figures.leftOver += await place.look(database, leftOver);
    await place.drop(database);
  }
}

/** Invoices first: a folder is taken in the order of names. */
const nameOf = (kind: string, at: number) => `${at}-${kind}.csv`;

async function folderOf(place: Place, name: string, { header, rows }: Files): Promise<string> {
  const folder = path.join(place.dir, name);
  await mkdir(folder);
  for (const [at, kind] of KINDS.entries())
    await writeFile(path.join(folder, nameOf(kind, at)), `${header[kind]}\n${rows[kind].join('\n')}\n`);
  return folder;
}

/** Watches through the proxy until it is killed at a message, or until nothing lies in the folder any more. */
async function watch(place: Place, database: string, folder: string, strikes?: Strikes): Promise<void> {
  const args = [path.join(place.src, '../scripts/import.ts'), '--watch', folder, '--quiet', '0'];
  const env = { ...process.env, MONGODB_URI: place.proxy.uri(database), DATA_DIR: place.dir };
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  const exit = once(child, 'exit');
  place.proxy.arm(strikes ?? (() => false), () => child.kill('SIGKILL'));
  const lies = async () => (await readdir(folder)).some((name) => name.endsWith('.csv'));
  while (child.exitCode === null && child.signalCode === null && (await lies())) await Promise.race([exit, wait(100)]);
  child.kill('SIGTERM');
  const [code, signal] = await exit;
  if (strikes ? signal !== 'SIGKILL' : code !== 0) throw new Error(`the watching of ${folder} ended with ${code ?? signal}`);
}
