import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import mongoose from 'mongoose';
import { chance } from '../../src/importing/random.ts';
import type { ImportSummary } from '../../src/ledger/import.port.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { type KillProxy, killProxy } from '../support/kill-proxy.ts';
import { dumpLedger } from '../support/ledger-place.ts';
import { AS_OF, type Files, KINDS, type Kind, makeFiles } from './p9-files.ts';
import { lists } from './p9-lists.ts';
import { killWatch } from './p9-watch.ts';

interface Figures {
  imports: number;
  rows: number;
  repeats: number;
  shuffles: number;
  cuts: number;
  kills: number;
  /** Of these, how many ended in another ledger. */
  differences: number;
  /** Invoices or credit that an independent count finds wrong. */
  wrongBalances: number;
  /** Imports whose rows in are not accepted + rejected + later. */
  lostRows: number;
  /** Repeated imports that changed something. */
  notIdempotent: number;
  /** Marks or runs that were still there after the import that followed a kill. */
  leftOver: number;
}

/**
 * Imports the same files again, in other orders, cut off and redone, and after SIGKILL of the importing process at chosen messages to
 * the store (in full size: at every message of the run), and compares the ledgers. So with lists of everything open, and out of a watched folder.
 */
export async function p9(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const figures: Figures = {
    imports: 0,
    rows: 0,
    repeats: 0,
    shuffles: 0,
    cuts: 0,
    kills: 0,
    differences: 0,
    wrongBalances: 0,
    lostRows: 0,
    notIdempotent: 0,
    leftOver: 0,
  };
  const full = size === 'full';
  const place = await openPlace(src, figures);
  try {
    const files = makeFiles(full ? 2_400 : 400, 1);
    const wanted = await importAll(place, 'wanted', files);
    figures.wrongBalances += await wrongBalances(place, 'wanted', files);
    await repeat(place, files, wanted);
    for (let seed = 1; seed <= (full ? 10 : 1); seed += 1) await shuffle(place, files, wanted, seed);
    for (let seed = 1; seed <= (full ? 10 : 1); seed += 1) await cutOff(place, files, wanted, seed);
    await cutOffAllOpen(place, files);
    await killAll(place, full ? files : makeFiles(200, 2), full);
    await lists(place, full);
    await killWatch(place, full ? files : makeFiles(200, 3), full);
  } finally {
    await place.close();
  }
  const { differences, wrongBalances: wrong, lostRows, notIdempotent, leftOver } = figures;
  return { held: differences + wrong + lostRows + notIdempotent + leftOver === 0 && figures.kills > 0, figures: { ...figures } };
}

export type Place = Awaited<ReturnType<typeof openPlace>>;

/** The store of `src` in a process of its own, and the importer of `src` in this one. */
async function openPlace(src: string, figures: Figures) {
  const load = (file: string) => import(pathToFileURL(path.join(src, file)).href);
  const [{ importLedger }, { fileSource }, { openStore }, { mappingSchema }, { BUILT_IN_MAPPINGS }, { day }] = await Promise.all(
    [
      'ledger/import-ledger.op.ts',
      'importing/file-source.ts',
      'store/open-store.ts',
      'importing/mapping.ts',
      'importing/built-in-mappings.ts',
      'kernel/day.ts',
    ].map(load),
  );
  const dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-p9-'));
  const script = path.join(src, '../scripts/store.ts');
  const store = spawn(process.execPath, [script, '--dir', path.join(dir, 'store'), '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(store.stdout), 'line');
  const { uri } = JSON.parse(line);
  const proxy = await killProxy(Number(new URL(uri).port));
  const allOpen = mappingSchema.parse({ ...BUILT_IN_MAPPINGS.get('invoices'), name: 'all-open', declares: 'all-open' });
  const through = (database: string) => uri.replace(/\/(\w*)(\?|$)/, `/${database}$2`);
  // A database's first opening builds its indexes: most of the time of a small import.
  const opened = new Map<string, { stores: OpenStore; connection: mongoose.Connection }>();
  const open = async (database: string) => {
    const known = opened.get(database);
    if (known) return known;
    const stores: OpenStore = await openStore(through(database));
    const made = { stores, connection: await mongoose.createConnection(through(database)).asPromise() };
    opened.set(database, made);
    return made;
  };
  const shut = async (database: string) => {
    const { stores, connection } = opened.get(database)!;
    opened.delete(database);
    await Promise.all([stores.close(), connection.close()]);
  };

  return {
    src,
    dir,
    figures,
    proxy,
    write: async (name: string, header: string, rows: readonly string[]) => {
      const file = path.join(dir, `${name}.csv`);
      await writeFile(file, `${header}\n${rows.join('\n')}\n`);
      return file;
    },
    async import(
      database: string,
      file: string,
      mapping: Kind | 'all-open' | 'open-items',
      confirmVanished = false,
      on: string = AS_OF,
    ): Promise<ImportSummary> {
      const known = mapping === 'all-open' ? allOpen : BUILT_IN_MAPPINGS.get(mapping);
      const source = await fileSource({ path: file, mapping: known, asOf: day(on), today: day(on) });
      const outcome = await importLedger((await open(database)).stores, { source, dryRun: false, confirmVanished, sample: false });
      if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.refusal.reason}`);
      const { rowsIn, accepted, rejected, later } = outcome.summary;
      figures.imports += 1;
      figures.rows += rowsIn;
      if (rowsIn !== accepted + rejected + later) figures.lostRows += 1;
      return outcome.summary;
    },
    look: async <T>(database: string, at: (connection: mongoose.Connection) => Promise<T>): Promise<T> =>
      at((await open(database)).connection),
    async drop(database: string) {
      await opened.get(database)?.connection.dropDatabase();
      await shut(database);
    },
    async close() {
      for (const database of [...opened.keys()]) await shut(database);
      await proxy.close();
      store.kill('SIGKILL');
      await once(store, 'exit');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function importAll(place: Place, database: string, { header, rows }: Files): Promise<string> {
  for (const kind of KINDS) await place.import(database, await place.write(kind, header[kind], rows[kind]), kind);
  return place.look(database, dumpLedger);
}

async function wrongBalances(place: Place, database: string, { open, unapplied }: Files): Promise<number> {
  return place.look(database, async (connection) => {
    const invoices = await connection.collection('invoices').find({}).toArray();
    const wrong = invoices.filter(({ number, open: held }) => open.get(number) !== held).length + Math.abs(invoices.length - open.size);
    const receipts = [
      ...(await connection.collection('payments').find({}).toArray()),
      ...(await connection.collection('creditnotes').find({}).toArray()),
    ];
    return wrong + (receipts.reduce((sum, receipt) => sum + receipt.unapplied, 0) === unapplied ? 0 : 1);
  });
}

async function repeat(place: Place, { header, rows }: Files, wanted: string): Promise<void> {
  const versions = (connection: mongoose.Connection) => connection.collection('accounts').find({}).sort({ _id: 1 }).toArray();
  const before = await place.look('wanted', versions);
  for (const kind of KINDS) {
    const { new: fresh, changed } = await place.import('wanted', await place.write(kind, header[kind], rows[kind]), kind);
    if (fresh + changed > 0) place.figures.notIdempotent += 1;
  }
  if (JSON.stringify(await place.look('wanted', versions)) !== JSON.stringify(before)) place.figures.notIdempotent += 1;
  place.figures.repeats += 1;
  await compare(place, 'wanted', wanted);
}

async function shuffle(place: Place, { header, rows, ...rest }: Files, wanted: string, seed: number): Promise<void> {
  const random = chance(seed);
  const mixed = Object.fromEntries(KINDS.map((kind) => [kind, random.shuffled(rows[kind])])) as unknown as Files['rows'];
  await importAll(place, `shuffled${seed}`, { header, rows: mixed, ...rest });
  place.figures.shuffles += 1;
  await compare(place, `shuffled${seed}`, wanted);
}

/** Files of which only the first part arrived, then the whole. The last row may be cut in two. */
async function cutOff(place: Place, files: Files, wanted: string, seed: number): Promise<void> {
  const random = chance(seed);
  const { header, rows } = files;
  for (const kind of random.shuffled(KINDS)) {
    const part = rows[kind].slice(0, random.between(1, rows[kind].length));
    const last = part.pop()!;
    await place.import(`cut${seed}`, await place.write(kind, header[kind], [...part, last.slice(0, random.between(1, last.length))]), kind);
  }
  await importAll(place, `cut${seed}`, files);
  place.figures.cuts += 1;
  await compare(place, `cut${seed}`, wanted);
}

/** In an all-open file what is cut off looks as if it had vanished: it must come back. */
async function cutOffAllOpen(place: Place, { header, rows }: Files): Promise<void> {
  const sound = rows.invoices.filter((row) => !row.includes(',,'));
  const next = sound.filter((_, i) => i % 20 !== 0);
  const importOf = async (database: string, part: readonly string[]) =>
    place.import(database, await place.write('open', header.invoices, part), 'all-open', true);
  for (const database of ['straight', 'detour']) await importOf(database, sound);
  await importOf('detour', next.slice(0, Math.floor(next.length * 0.6)));
  for (const database of ['straight', 'detour']) await importOf(database, next);
  place.figures.cuts += 1;
  await compare(place, 'detour', await place.look('straight', dumpLedger));
}

/** Each kind in turn is imported by a process that dies; the kinds before it are there already. */
async function killAll(place: Place, files: Files, everywhere: boolean): Promise<void> {
  const wanted = await importAll(place, 'unkilled', files);
  for (const kind of KINDS) {
    if (!everywhere) {
      // Of payments and credit notes the rows are written by then, of the invoices they name not yet the balances.
      const struck = kind === 'invoices' ? 'insert invoices' : 'update invoices';
      await killAt(place, files, kind, (name) => name === struck, wanted);
      continue;
    }
    await importBefore(place, `count-${kind}`, files, kind);
    await runImport(place, `count-${kind}`, files, kind);
    // Before the run itself the program only looks at the store and builds its indexes.
    const { messages } = place.proxy;
    for (let at = messages.indexOf('insert importruns'); at < messages.length; at += 1)
      await killAt(place, files, kind, (_, number) => number === at, wanted);
  }
}

export type Strikes = Parameters<KillProxy['arm']>[0];

async function killAt(place: Place, files: Files, kind: Kind, strikes: Strikes, wanted: string): Promise<void> {
  const database = `killed${place.figures.kills}`;
  await importBefore(place, database, files, kind);
  await runImport(place, database, files, kind, strikes);
  place.figures.kills += 1;
  for (const rest of KINDS.slice(KINDS.indexOf(kind))) {
    await place.import(database, await place.write(rest, files.header[rest], files.rows[rest]), rest);
  }
  await compare(place, database, wanted);
  place.figures.leftOver += await place.look(database, leftOver);
  await place.drop(database);
}

export async function leftOver(connection: mongoose.Connection): Promise<number> {
  const marks = await connection.collection('accounts').countDocuments({ dirty: { $ne: null } });
  return marks + (await connection.collection('importruns').countDocuments({ state: 'applying' }));
}

async function importBefore(place: Place, database: string, { header, rows }: Files, kind: Kind): Promise<void> {
  for (const before of KINDS.slice(0, KINDS.indexOf(kind)))
    await place.import(database, await place.write(before, header[before], rows[before]), before);
}

async function runImport(place: Place, database: string, { header, rows }: Files, kind: Kind, strikes?: Strikes): Promise<void> {
  const file = await place.write(`killed-${kind}`, header[kind], rows[kind]);
  await runCommand(place, database, ['--file', file, '--map', kind, '--as-of', AS_OF], strikes);
}

/** The command itself, through the proxy; killed at a message, or left to end. */
export async function runCommand(place: Place, database: string, said: readonly string[], strikes?: Strikes): Promise<void> {
  const env = { ...process.env, MONGODB_URI: place.proxy.uri(database), DATA_DIR: place.dir };
  const child = spawn(process.execPath, [path.join(place.src, '../scripts/import.ts'), ...said], { env, stdio: 'ignore' });
  place.proxy.arm(strikes ?? (() => false), () => child.kill('SIGKILL'));
  const [code, signal] = await once(child, 'exit');
  if (strikes ? signal !== 'SIGKILL' : code !== 0) throw new Error(`the import ${said.join(' ')} ended with ${code ?? signal}`);
}

export async function compare(place: Place, database: string, wanted: string): Promise<void> {
  if ((await place.look(database, dumpLedger)) !== wanted) place.figures.differences += 1;
}
