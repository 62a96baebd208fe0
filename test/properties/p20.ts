import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FileAnswer } from '../support/reader-child.ts';
import { ARCHIVES } from './p20-archives.ts';
import { CELLS } from './p20-cells.ts';
import { poisoned } from './p20-jobs.ts';
import { type Kind, SHEETS } from './p20-sheets.ts';
import { TEXTS } from './p20-texts.ts';

const KINDS: readonly Kind[] = [...SHEETS, ...CELLS, ...ARCHIVES, ...TEXTS];
const MOST_MS = 10_000;
const MOST_MEBIBYTES = 300;
/** A person who clicks meanwhile has three seconds (Slack), the clock a minute. */
const MOST_STALL_MS = 1_000;
/** A file is looked at twice, when it is dropped and for the dry run, and each look has its own ten seconds. */
const GIVE_UP_MS = 26_000;
const SLACK_MS = 1_000;
/** Where others compute, too, everything takes longer by this: the limits are those of a machine of one's own. */
const busy = () => Math.max(1, (os.loadavg()[0] ?? 0) / os.availableParallelism());

interface Figures {
  kinds: number;
  read: number;
  refused: number;
  overTime: number;
  overMemory: number;
  stalls: number;
  /** Neither read nor refused with a sentence. */
  threw: number;
  longestMs: number;
  mostMebibytes: number;
  longestStallMs: number;
}

/** P20: no hostile file holds the bot, and none survives its tries; other work goes on meanwhile. */
export async function p20(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const files = await readAll(size, src);
  const jobs = await poisoned(size, src);
  const { kinds } = files;
  const held = faults(files) === 0 && jobs.held && kinds >= (size === 'full' ? 200 : 20);
  return { held, figures: { ...files, ...jobs.figures } };
}

async function readAll(size: 'test' | 'full', src: string): Promise<Figures> {
  const kinds = size === 'full' ? KINDS : KINDS.filter(({ worst }) => worst);
  const dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-p20-'));
  const figures: Figures = {
    kinds: 0,
    read: 0,
    refused: 0,
    overTime: 0,
    overMemory: 0,
    stalls: 0,
    threw: 0,
    longestMs: 0,
    mostMebibytes: 0,
    longestStallMs: 0,
  };
  let child: ChildProcess | null = null;
  try {
    for (const [n, kind] of kinds.entries()) {
      // A control needs no more than that, and each of its faults takes long.
      if (size === 'test' && faults(figures) > 0) break;
      child ??= await startReader(src);
      const file = path.join(dir, `${n}`);
      await writeFile(file, kind.bytes());
      const answer = await ask(child, file, kind.name);
      await rm(file);
      if (answer === null) child = null;
      // Reported, not measured: it had to be killed.
      count(figures, kind.name, answer ?? { ms: Number.POSITIVE_INFINITY, mebibytes: 0, stallMs: 0, end: 'refused' });
    }
  } finally {
    child?.kill('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  }
  return figures;
}

const faults = ({ overTime, overMemory, stalls, threw }: Figures) => overTime + overMemory + stalls + threw;

function count(figures: Figures, name: string, { ms, mebibytes, stallMs, end }: FileAnswer): void {
  const { kinds, longestMs, mostMebibytes, longestStallMs } = figures;
  if (process.env.P20_SHOW)
    console.error(`${Math.round(ms)} ms ${Math.round(mebibytes)} MiB, stall ${Math.round(stallMs)} ms: ${name}: ${end}`);
  figures.kinds = kinds + 1;
  if (end === 'read') figures.read += 1;
  else if (end.startsWith('refused')) figures.refused += 1;
  else figures.threw += 1;
  if (ms > (MOST_MS + SLACK_MS) * busy()) figures.overTime += 1;
  if (mebibytes > MOST_MEBIBYTES) figures.overMemory += 1;
  if (stallMs > MOST_STALL_MS * busy()) figures.stalls += 1;
  figures.longestMs = Math.round(Math.max(longestMs, Number.isFinite(ms) ? ms : GIVE_UP_MS));
  figures.mostMebibytes = Math.round(Math.max(mostMebibytes, mebibytes));
  figures.longestStallMs = Math.round(Math.max(longestStallMs, stallMs));
}

async function startReader(src: string): Promise<ChildProcess> {
  const child = fork(path.resolve(import.meta.dirname, '../support/reader-child.ts'), [src], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

/** Null when the reader had to be killed, or died. */
async function ask(child: ChildProcess, file: string, name: string): Promise<FileAnswer | null> {
  const answered = Promise.withResolvers<FileAnswer | null>();
  const gone = () => answered.resolve(null);
  child.once('message', answered.resolve);
  child.once('exit', gone);
  const tooLong = setTimeout(() => child.kill('SIGKILL'), GIVE_UP_MS * busy());
  child.send({ path: file, name });
  const answer = await answered.promise;
  clearTimeout(tooLong);
  child.off('exit', gone);
  return answer;
}
