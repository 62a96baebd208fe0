import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Db, MongoClient } from 'mongodb';
import type { compose as Compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { startWorkspace } from '../../src/embedded/slack/workspace.ts';
import type { Clock } from '../../src/kernel/clock.port.ts';
import { createLog } from '../../src/log.ts';
import { GRANTED, type Permission } from '../../src/team/team.ts';
import { opened } from '../support/cases.ts';
import { freePort } from '../support/free-port.ts';
import { CASE_CARD, type Forgery, postSigned, type Relay, requestTo, startRelay, type Way, waysInto } from './p13-slack.ts';

const HOME = 'T0NORTHWIND';
const SECRET = 'a signing secret of thirty-two characters';

/** Who asks, and what the refusal must say. Tom's roles are taken away before. */
const STRANGERS: [user: string, team: string, said: string][] = [
  ['U0GIA', HOME, 'Guests cannot use Arrears'],
  ['U0ERIK', HOME, 'not for people from shared channels'],
  ['U0INES', 'T0CONTOSO', 'members of its own workspace only'],
  ['U0POLLY', HOME, 'does not take orders from bots'],
  ['U0DORA', HOME, 'This account is deactivated'],
];
const ROLES = { U0MARA: 'collector', U0INES: 'manager', U0PAUL: 'finance-lead', U0SARA: 'owner', U0ALEX: 'admin' } as const;
/** On a stopped clock everything that is due is done some day, and then nothing changes but by what people ask for. */
const STOPPED = { now: () => Temporal.Instant.from('2026-11-22T10:00:00Z') };
const ENOUGH = 3;
const FORGERIES: Forgery[] = ['stale', 'future', 'altered', 'unsigned'];

/** Everybody who may not use this listener. */
function outsiders(may: Permission): [user: string, team: string, said: string][] {
  if (may === 'member') return STRANGERS;
  const wrong = Object.entries(ROLES).filter(([, role]) => !GRANTED[may].includes(role));
  return [...STRANGERS, ['U0TOM', HOME, 'You may not'], ...wrong.map(([user]): [string, string, string] => [user, HOME, 'You may not'])];
}

/** A refusal needs milliseconds, but on a busy machine it can be late, and late is not missing. */
const PATIENCE_MS = 20_000;

/**
 * P13: every registered listener refuses everybody who may not use it, with the reason; no forged request reaches any of them.
 * `patience`: milliseconds to wait for a refusal, short where it is known to be missing.
 */
export async function p13(
  size: 'test' | 'full',
  src: string,
  patience = PATIENCE_MS,
): Promise<{ held: boolean; figures: Record<string, number> }> {
  const bench = await startBench(src);
  const figures = { listeners: 0, asked: 0, notRefused: 0, changed: 0, forged: 0, forgeriesTaken: 0, forgeriesHeard: 0 };
  try {
    const before = await bench.fingerprint();
    for (const way of size === 'full' ? bench.ways : withOneMenuEach(bench.ways)) {
      figures.listeners += 1;
      for (const [user, team, said] of outsiders(way.may as Permission)) {
        figures.asked += 1;
        if (!(await refused(bench, way, user, team, said, patience))) figures.notRefused += 1;
        // It does not hold: going on would find the same again and again.
        if (figures.notRefused >= ENOUGH) return { held: false, figures };
      }
      if (size === 'full' && (await bench.fingerprint()) !== before) figures.changed += 1;
    }
    await quiet(bench.relay);
    for (const way of size === 'full' ? bench.ways : oneOfEach(bench.ways)) {
      for (const forgery of FORGERIES) {
        figures.forged += 1;
        const { contentType, content } = requestTo(way, 'U0ALEX', HOME, bench.relay.answerUrl);
        const { status } = await postSigned(bench.url, SECRET, contentType, content, forgery);
        if (status !== 401) figures.forgeriesTaken += 1;
      }
    }
    figures.forgeriesHeard = bench.relay.take().length;
    if ((await bench.fingerprint()) !== before) figures.changed += 1;
  } finally {
    await bench.stop();
  }
  const held = figures.listeners > 0 && figures.notRefused + figures.changed + figures.forgeriesTaken + figures.forgeriesHeard === 0;
  return { held, figures };
}

async function refused(bench: Bench, way: Way, user: string, team: string, said: string, patience: number): Promise<boolean> {
  bench.relay.take();
  const { contentType, content } = requestTo(way, user, team, bench.relay.answerUrl);
  const response = await postSigned(bench.url, SECRET, contentType, content);
  const heard = [await response.text()];
  // A form is answered in the response itself; everything else is told by a call, which may fail where Slack delivers to nobody.
  const fits = () => {
    heard.push(...bench.relay.take());
    const told = heard.join('\n');
    const nobodyThere = way.kind === 'events' && ['U0POLLY', 'U0DORA'].includes(user) && /^conversations\.open /m.test(told);
    // A list of choices has room for the first 75 characters of a reason, and for nothing else.
    const inList = way.kind === 'options' && told.includes(said.slice(0, 20)) && told.includes('"value":"refused"');
    return told.includes(said) || inList || nobodyThere;
  };
  const end = performance.now() + patience;
  while (!fits()) {
    if (performance.now() > end) return false;
    await wait(5);
  }
  return true;
}

/** Waits until the bot has said nothing for a moment: what it tells in two calls ends with the second. */
async function quiet(relay: Relay): Promise<void> {
  do await wait(200);
  while (relay.take().length > 0);
}

/** A menu runs the buttons' own listeners: for a test one of each permission is enough. */
const withOneMenuEach = (ways: readonly Way[]) =>
  ways.filter((way) => way.kind !== 'menus' || way === ways.find(({ kind, may }) => kind === 'menus' && may === way.may));

const oneOfEach = (ways: readonly Way[]) => [...Map.groupBy(ways, (way) => way.kind).values()].map(([first]) => first!);

export interface Bench {
  readonly db: Db;
  readonly secret: string;
  tick(): Promise<void>;
  readonly ways: Way[];
  readonly relay: Relay;
  readonly url: string;
  /** Of everything that is stored, without the note that an event was received. */
  fingerprint(): Promise<string>;
  stop(): Promise<void>;
}

/** The bot, reached as Slack reaches it, over the sample ledger; nothing but requests changes anything. */
export async function startBench(src: string, clock: Clock = STOPPED): Promise<Bench> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p13-'));
  const stops: (() => Promise<unknown>)[] = [() => fs.rm(dir, { recursive: true, force: true })];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    const store = await startEmbeddedStore({ dir, onDeath: () => {} });
    stops.push(() => store.stop());
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/slack/events`;
    const workspace = await startWorkspace({ dir: null, limits: 'off', http: { requestUrl: url, signingSecret: SECRET } });
    stops.push(() => workspace.stop());
    const relay = await startRelay(workspace.apiUrl);
    stops.push(() => relay.close());
    const { compose } = (await import(path.join(src, 'compose.ts'))) as { compose: typeof Compose };
    const env = {
      MONGODB_URI: store.uri,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: relay.apiUrl,
      PORT: String(port),
      SAMPLE_LEDGER: 'yes',
    };
    const bot = await compose(readConfig(env), { log: createLog('error', { write: () => {} }), clock, onDeath: () => {} });
    stops.push(() => bot.stop());
    const client = await new MongoClient(store.uri).connect();
    stops.push(() => client.close());
    const db = client.db();
    await db.collection<{ _id: string }>('team').updateOne({ _id: 'team', 'members.user': 'U0TOM' }, { $set: { 'members.$.roles': [] } });
    await db
      .collection<{ _id: string }>('cases')
      .insertOne({ _id: 'c-said', place: CASE_CARD, case: opened({ id: 'c-said', account: 'A1' }) } as never);
    await settle(
      () => bot.tick(),
      () => fingerprint(db),
    );
    const tick = () => bot.tick();
    return { db, secret: SECRET, tick, ways: waysInto(bot.listeners), relay, url, fingerprint: () => fingerprint(db), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function settle(tick: () => Promise<void>, look: () => Promise<string>): Promise<void> {
  let before = '';
  for (let turn = 0; turn < 20; turn += 1) {
    await tick();
    const now = await look();
    if (now === before) return;
    before = now;
  }
  throw new Error('the store does not come to rest although the clock stands still');
}

async function fingerprint(db: Db): Promise<string> {
  const hash = createHash('sha256');
  const names = (await db.listCollections().toArray()).map((each) => each.name).sort();
  for (const name of names) {
    const filter = name === 'jobs' ? { kind: { $ne: 'slack-event' } } : {};
    hash.update(name).update(JSON.stringify(await db.collection(name).find(filter).sort({ _id: 1 }).toArray()));
  }
  return hash.digest('hex');
}
