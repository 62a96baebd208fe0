import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { runningStoreUri, startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { TEXTS } from './p20-texts.ts';

const DROPPED = ['records in the wrong order of marks', 'ten million rows of one letter', 'quotes', 'NULs', 'a million columns'];
const SLOWEST = 'records in the wrong order of marks';
const bytesOf = (name: string) => new Uint8Array(TEXTS.find((kind) => kind.name === `csv: ${name}`)!.bytes());
/** A file waits for those dropped before it; each has ten seconds, and Slack's stand-in some. */
const TOLD_WITHIN_MS = 15_000 * DROPPED.length;
/** People who ask for something meanwhile. */
const ANSWER_MS = 3_000;
const START_MS = 60_000;
const STOP_MS = 8_000;
const KILLS = 5;
/** Where others compute, too, everything takes longer by this. */
const busy = Math.max(1, (os.loadavg()[0] ?? 0) / os.availableParallelism());

/** The whole bot as a process: hostile files at once, SIGTERM and SIGKILL while one is read, restarts. */
export async function killedBot(src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const figures = {
    dropped: 0,
    untold: 0,
    toldTwice: 0,
    slowestAnswerMs: 0,
    slowAnswers: 0,
    slowStops: 0,
    slowStarts: 0,
    kills: 0,
    survivedFiveTries: 0,
  };
  const data = await mkdtemp(path.join(os.tmpdir(), 'arrears-p20-bot-'));
  let bot = await start(src, data);
  try {
    const ines = await PersonOnPage.open(bot.page, 'U0INES');
    for (const [n, name] of DROPPED.entries()) await ines.upload('C0COLLECT', `hostile${n}.csv`, bytesOf(name));
    figures.dropped = DROPPED.length;
    const toldOf = (name: string) => ines.shown.filter(({ text }) => text.includes(name) && text.includes('Nothing was imported')).length;
    const end = performance.now() + TOLD_WITHIN_MS * busy;
    const names = DROPPED.map((_, n) => `hostile${n}.csv`);
    while (performance.now() < end && names.some((name) => toldOf(name) === 0)) {
      const took = await answerTime(ines);
      figures.slowestAnswerMs = Math.max(figures.slowestAnswerMs, Math.round(took));
      if (took > ANSWER_MS * busy) figures.slowAnswers += 1;
      await sleep(500);
    }
    figures.untold = names.filter((name) => toldOf(name) === 0).length;
    figures.toldTwice = names.filter((name) => toldOf(name) > 1).length;

    await ines.upload('C0COLLECT', 'poison.csv', bytesOf(SLOWEST));
    await sleep(1_000);
    ines.close();
    const stopping = performance.now();
    bot.child.kill('SIGTERM');
    await Promise.race([bot.exited, sleep(STOP_MS * busy, null, { ref: false })]);
    if (performance.now() - stopping >= STOP_MS * busy) figures.slowStops += 1;
    bot.child.kill('SIGKILL');
    await bot.exited;
    for (; figures.kills < KILLS; figures.kills += 1) {
      await letLeasesLapse(data);
      bot = await start(src, data);
      if (bot.startMs > START_MS * busy) figures.slowStarts += 1;
      await sleep(500);
      bot.child.kill('SIGKILL');
      await bot.exited;
    }
    await letLeasesLapse(data);
    bot = await start(src, data);
    if (!(await endedAndTold(data))) figures.survivedFiveTries += 1;
  } finally {
    bot.child.kill('SIGKILL');
    await bot.exited;
    await rm(data, { recursive: true, force: true });
  }
  const { untold, toldTwice, slowAnswers, slowStops, slowStarts, survivedFiveTries } = figures;
  return { held: untold + toldTwice + slowAnswers + slowStops + slowStarts + survivedFiveTries === 0, figures };
}

interface Bot {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly page: string;
  readonly startMs: number;
}

async function start(src: string, data: string): Promise<Bot> {
  const { PATH = '', HOME = '' } = process.env;
  const before = performance.now();
  const child = spawn(process.execPath, [path.join(src, 'main.ts')], {
    cwd: data,
    env: { PATH, HOME, DATA_DIR: data, WORKSPACE_PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const page = /Open (http\S+)/.exec(line)?.[1];
    if (page) {
      child.stdout.resume();
      return { child, exited, page, startMs: performance.now() - before };
    }
  }
  throw new Error('the bot ended before it ran');
}

/** How long a command takes until its answer is there. */
async function answerTime(person: PersonOnPage): Promise<number> {
  const before = performance.now();
  const seen = new Set(person.shown.map(({ ts }) => ts));
  await person.command('C0COLLECT', '/collections help');
  await person.message(({ ts, text }) => !seen.has(ts) && text === 'What you can ask for');
  return performance.now() - before;
}

/** The poisoned event is ended, and the message to whoever caused it has been posted. */
async function endedAndTold(data: string): Promise<boolean> {
  const client = await MongoClient.connect((await runningStoreUri(path.join(data, 'store')))!);
  const jobs = client.db().collection<{ _id: string; kind: string; state: string }>('jobs');
  try {
    for (const until = performance.now() + 90_000; performance.now() < until; await sleep(100)) {
      const ended = await jobs.findOne({ kind: 'slack-event', state: 'failed' });
      if (ended && (await jobs.findOne({ _id: `given-up:${ended._id}`, state: 'done' }))) return true;
    }
    return false;
  } finally {
    await client.close();
  }
}

/** As time does: the dead instance's jobs are free. */
async function letLeasesLapse(data: string): Promise<void> {
  const store = await startEmbeddedStore({ dir: path.join(data, 'store') });
  const client = await MongoClient.connect(store.uri);
  await client
    .db()
    .collection('jobs')
    .updateMany({ state: 'open' }, { $set: { leaseUntil: new Date(0), dueAt: new Date(0) } });
  await client.close();
  await store.stop();
}
