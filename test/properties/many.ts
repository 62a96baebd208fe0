import { setTimeout as pause } from 'node:timers/promises';
import { LogLevel, WebClient } from '@slack/web-api';
import { MongoClient } from 'mongodb';
import type { Answered } from '../../src/embedded/slack/delivery/delivery.ts';
import { KEEP_DRAFTS_JOB } from '../../src/mails/keep-drafts.op.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { randomFrom } from '../support/random-from.ts';
import { type Instance, type ServerRoom, serverRoom } from '../support/server-room.ts';
import { ACTS, dealCards, type Floor, nothingMade, review } from './many-acts.ts';
import { counted } from './many-count.ts';
import { furnish } from './many-house.ts';

/** A Monday, past the digest's hour in London. */
const MORNING = Temporal.Instant.from('2026-11-23T09:05:00Z');
/** Every lease and claim of who died in the day has lapsed by then. */
const EVENING = Temporal.Instant.from('2026-11-23T16:30:00Z');
const TOMORROW = Temporal.Instant.from('2026-11-24T09:05:00Z');

const SIZES = {
  test: {
    accounts: 40,
    due: 8,
    instances: 2,
    blows: 3,
    dayMs: 60_000,
    acts: { vote: 6, say: 6, post: 6, note: 5, promise: 3, request: 2 },
  },
  full: {
    accounts: 10_000,
    due: 300,
    instances: 5,
    blows: 24,
    /** Then nothing new is begun, on however slow a machine. */
    dayMs: 150_000,
    acts: { vote: 100, say: 100, post: 60, note: 60, promise: 30, request: 30 },
  },
};
type Size = (typeof SIZES)['test'];
type Figures = Record<string, number>;

/**
 * MANY: several processes of the bot on one store do a day's work over HTTP behind a load balancer, while some of them are killed, stopped, paused and
 * added, answers of Slack are lost and deliveries come twice. Nothing is doubled, and what Slack was told had arrived is done.
 */
export async function many(name: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Figures }> {
  const size = SIZES[name];
  const acked = new Set<string>();
  const room = await serverRoom(src, MORNING, ackedIn(acked));
  const stops: (() => unknown)[] = [() => room.close()];
  try {
    const stores = await furnish(src, room.uri, size.accounts, size.due, MORNING);
    stops.push(() => stores.close());
    const client = await new MongoClient(room.uri).connect();
    stops.push(() => client.close());
    room.workspace.control({ do: 'timing', eventRetries: [0, 1_000, 5_000] });
    const open = (id: string) => PersonOnPage.open(room.workspace.pageLink(), id);
    const ids = ['U0MARA', 'U0TOM', 'U0INES', 'U0SARA', 'U0PAUL'] as const;
    const opened = await Promise.all(ids.map(open));
    stops.push(() => opened.map((each) => each.close()));
    const web = new WebClient(room.workspace.botToken, { slackApiUrl: room.workspace.apiUrl, logLevel: LogLevel.ERROR });
    const floor: Floor = {
      db: client.db(),
      client: web,
      workspace: room.workspace,
      time: stores.clock,
      people: Object.fromEntries(ids.map((id, n) => [id, opened[n]!])) as Floor['people'],
      cards: new Map(),
      random: randomFrom(8),
      quietFrom: size.due,
      made: nothingMade(),
    };
    const blows: Blows = { kills: [], killed: 0, stopped: 0, paused: 0, added: 0 };
    await dealCards(floor, size.acts.vote, size.acts.say);
    await day(room, floor, size, blows);
    await evening(room, floor, blows);
    await tomorrow(room, floor, size);
    const found = await counted({ db: floor.db, uri: room.uri, client: web, sink: room.sink, made: floor.made, kills: blows.kills, acked });
    const { killed, stopped, paused, added } = blows;
    const answers = floor.made.answers.sort((a, b) => a - b);
    const at = (share: number) => Math.round(answers[Math.floor((answers.length - 1) * share)] ?? 0);
    const times = { answers: answers.length, answerP50Ms: at(0.5), answerP95Ms: at(0.95) };
    const figures: Figures = {
      ...found,
      ...times,
      killed,
      stopped,
      paused,
      added,
      crashed: room.crashed.length,
      errors: room.errors.length,
    };
    for (const said of [...room.crashed, ...room.errors.slice(0, 5)]) console.error(said);
    return { held: holds(figures, size), figures };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

function holds(figures: Figures, { due }: Size): boolean {
  const faults = Object.entries(figures).filter(([name]) =>
    /Doubled|Lost|Failed|Unaccounted|Broken|Twice|Left|unassigned|crashed/.test(name),
  );
  const { digests = 0, digestsDecided, cards, cardsOwed, mails, mailsSent = 0, mailsAmbiguous = 0, killed = 0, requests = 0 } = figures;
  return (
    faults.every(([, count]) => count === 0) &&
    digests === 2 &&
    digestsDecided === 2 &&
    cards === cardsOwed &&
    mails === due &&
    mailsSent + mailsAmbiguous === mails &&
    // An instance hands over three mails at a time.
    mailsAmbiguous <= 3 * killed &&
    requests > 0
  );
}

/** `kills`: by performance.now(). */
type Blows = { readonly kills: number[]; killed: number; stopped: number; paused: number; added: number };

/** Everybody works until everything is done; meanwhile instances come and go. */
async function day(room: ServerRoom, floor: Floor, { instances, due, blows, dayMs, acts }: Size, dealt: Blows): Promise<void> {
  const drafts = floor.db.collection('drafts');
  await room.add();
  await until(async () => (await floor.db.collection('accounts').countDocuments({ collector: null })) === 0, 'collectors by rule');
  await Promise.all(Array.from({ length: instances - 1 }, () => room.add()));
  dealt.added += instances;
  await until(async () => {
    await planAnew(floor);
    return (await drafts.countDocuments({})) >= due;
  }, 'the mails of the day');
  const dusk = performance.now() + dayMs;
  const each = async (kind: keyof typeof acts) => {
    for (let n = 0; n < acts[kind] && performance.now() < dusk; n += 1) await ACTS[kind](floor, first[kind] + n);
  };
  const first = { vote: 0, say: 0, post: 0, note: 0, promise: acts.note, request: acts.note + acts.promise };
  const approved = async () => (await drafts.countDocuments({ 'draft.state': 'waiting' })) === 0;
  const work = Promise.all([
    each('vote'),
    each('say').then(() => each('post')),
    each('promise').then(() => review(floor, 'U0MARA', approved)),
    each('note')
      .then(() => each('request'))
      .then(() => review(floor, 'U0TOM', approved)),
  ]);
  let over = false;
  const disturbing = Promise.all([disturb(room, floor, instances, blows, dealt, () => over), misbehave(floor, () => over)]);
  await work.finally(() => {
    over = true;
  });
  await disturbing;
}

/** A large ledger is planned anew only after a while, which has passed then. */
async function planAnew({ db, time }: Floor): Promise<void> {
  const now = new Date(time.now().epochMilliseconds);
  await db.collection<{ _id: string }>('jobs').updateOne({ _id: KEEP_DRAFTS_JOB, dueAt: { $gt: now } }, { $set: { dueAt: now } });
}

/** Kills, stops or pauses one after the other, and adds one for each that is gone. */
async function disturb(
  room: ServerRoom,
  { random }: Floor,
  instances: number,
  most: number,
  dealt: Blows,
  over: () => boolean,
): Promise<void> {
  const adding: Promise<unknown>[] = [];
  for (let n = 0; n < most && !over(); n += 1) {
    await pause(400 + random() * 1_600);
    // One at least answers, as behind every load balancer that is looked after.
    while (room.instances.length < 2 && !over()) await pause(100);
    if (over()) break;
    const victim = room.instances[Math.floor(random() * room.instances.length)]!;
    if (n % 3 === 2) {
      dealt.paused += 1;
      victim.child.kill('SIGSTOP');
      await pause(500 + random() * 3_000);
      victim.child.kill('SIGCONT');
      continue;
    }
    const signal = n % 3 === 0 ? 'SIGKILL' : 'SIGTERM';
    dealt[signal === 'SIGKILL' ? 'killed' : 'stopped'] += 1;
    await (signal === 'SIGKILL' ? killed(victim, dealt) : victim.end(signal));
    if (room.instances.length + 1 <= instances) {
      dealt.added += 1;
      adding.push(room.add());
    }
  }
  await Promise.all(adding);
}

async function killed(victim: Instance, { kills }: Blows): Promise<void> {
  kills.push(performance.now());
  await victim.end('SIGKILL');
}

/** Slack delivers some things more than once, and some of its answers are lost. */
async function misbehave({ workspace, random }: Floor, over: () => boolean): Promise<void> {
  while (!over()) {
    const of = (['events', 'interactions', 'commands'] as const)[Math.floor(random() * 3)]!;
    workspace.control({ do: 'fault', fault: { fault: 'redeliver', of, next: 1, times: 1 + Math.floor(random() * 2) } });
    if (random() < 0.3) workspace.control({ do: 'fault', fault: { fault: 'lose-reply', method: 'chat.postMessage', next: 1 } });
    await pause(150);
  }
  workspace.control({ do: 'clear-faults' });
}

/** All are stopped. Hours later another finishes what was left. */
async function evening(room: ServerRoom, floor: Floor, dealt: Blows): Promise<void> {
  await Promise.all(room.instances.map((each, n) => (n % 2 === 0 ? each.end('SIGTERM') : killed(each, dealt))));
  await room.at(EVENING);
  const instance = await room.add();
  await instance.settled;
  await until(async () => (await left(floor)) === 0, 'everything to be done');
  await instance.end('SIGTERM');
}

/** The next morning they start all at once, and each could post the digest. */
async function tomorrow(room: ServerRoom, floor: Floor, { instances }: Size): Promise<void> {
  await room.at(TOMORROW);
  const started = await Promise.all(Array.from({ length: instances }, () => room.add()));
  await Promise.all(started.map(({ settled }) => settled));
  const digests = floor.db.collection('digests');
  await until(async () => (await digests.countDocuments({})) > 1 && (await left(floor)) === 0, 'the next morning to be done');
  await Promise.all(started.map((each) => each.end('SIGTERM')));
}

/** Messages and events that wait, mails that are approved and have not ended, facts that are not in the trail. */
async function left({ db }: Floor): Promise<number> {
  const jobs = db.collection<{ state: string; kind: string }>('jobs');
  const waiting = await jobs.countDocuments({ state: 'open', kind: { $ne: KEEP_DRAFTS_JOB } });
  const leaving = await db.collection('drafts').countDocuments({ 'draft.state': { $in: ['queued', 'sending'] } });
  const untold = await Promise.all(['accounts', 'drafts', 'cases'].map((name) => db.collection(name).countDocuments({ pending: true })));
  return untold.reduce((sum, count) => sum + count, waiting + leaving);
}

const ackedIn =
  (acked: Set<string>): Answered =>
  (kind, payload, answer) => {
    const { text, event } = payload as { text?: string; event?: { text?: string } };
    const id = /many-[a-z]+-\d+/.exec((kind === 'slash_commands' ? text : event?.text) ?? '')?.[0];
    if (answer.acked && id) acked.add(id);
  };

const MOST_MS = 240_000;

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + MOST_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(100);
  }
}
