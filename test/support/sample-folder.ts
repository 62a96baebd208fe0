import { rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/kernel/clock.port.ts';
import { createLog } from '../../src/log.ts';

/** Made once a process and day: loading the sample and seating its team is most of what a first start takes. */
const made = new Map<string, Promise<string>>();
const folders: string[] = [];
process.once('exit', () => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

/** Puts into a data folder what a first start on the clock's day writes there before anything listens: the sample, its team, its history. */
export async function fillWithSample(dir: string, clock?: Clock): Promise<void> {
  const today = new Date(clock?.now().epochMilliseconds ?? Date.now()).toDateString();
  if (!made.has(today)) made.set(today, make(clock));
  await fs.cp(path.join(await made.get(today)!, 'store'), path.join(dir, 'store'), { recursive: true });
}

async function make(clock?: Clock): Promise<string> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-sample-'));
  folders.push(dir);
  const standing = { now: () => Temporal.Now.instant(), sleep: asleep };
  const running = await compose(readConfig({ DATA_DIR: dir, WORKSPACE_PORT: '0' }), {
    log: createLog('silent'),
    ...(clock ? { clock } : {}),
    waits: standing,
    onDeath: (error) => {
      throw error;
    },
  });
  const began = running.health().some(({ lastSuccess, runningSince }) => lastSuccess || runningSince);
  await running.stop();
  // The minute turned meanwhile, and its work was done.
  return began ? make(clock) : dir;
}

/** Nothing is posted meanwhile. */
const asleep = (_: number, signal: AbortSignal) =>
  new Promise<void>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
