import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import type { compose as Compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import type { ControlOrder } from '../../src/embedded/slack/control.ts';
import type { Answered } from '../../src/embedded/slack/delivery/delivery.ts';
import { startWorkspace } from '../../src/embedded/slack/workspace.ts';
import { createLog } from '../../src/log.ts';
import { manifest } from '../../src/slack/manifest.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { randomFrom } from '../support/random-from.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { type Act, actsOf, type Desk, effectsOf, KINDS, openDesk } from './p19-acts.ts';

const NAMES = { overdue: 'overdue', account: 'account', collections: 'collections' };
const SIZES = { test: { outages: 8, acts: 24 }, full: { outages: 200, acts: 500 } } as const;
const SHORTEST_MS = 1_000;
const LONGEST_MS = 2 * 3600_000;
const WITHIN_MS = 10_000;

type Figures = Record<string, number>;

/**
 * P19: after each of many outages of socket, API or both, of a second to two hours, the bot answers within ten seconds of Slack's return, and what
 * was acknowledged or had to be posted is done once: clicks, commands, what is said in a decision's thread, messages of the bot.
 */
export async function p19(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Figures }> {
  const random = randomFrom(19);
  const { outages, acts } = SIZES[size];
  return withBot(src, async (place) => {
    const figures: Figures = { outages: 0, hoursAway: 0, late: 0, slowestMs: 0, acts: 0, inTheMiddle: 0 };
    for (let n = 0; n < outages; n += 1) {
      const share = Math.floor((acts * (n + 1)) / outages) - Math.floor((acts * n) / outages);
      const planned = await actsOf(place.desk, share, figures.acts!);
      figures.acts! += share;
      const late = await outage(place, planned, random, figures);
      // Whoever is deaf stays so: the next outages would only say it again.
      if (late) break;
    }
    Object.assign(figures, await judged(place));
    const wrong = figures.late! + KINDS.reduce((sum, kind) => sum + figures[`${kind}Lost`]! + figures[`${kind}Doubled`]!, 0);
    return { held: wrong === 0 && figures.outages === outages, figures };
  });
}

/** One outage, with acts before, in the middle and behind it. @returns whether the bot came back too late */
async function outage(place: Place, acts: readonly Act[], random: () => number, figures: Figures): Promise<boolean> {
  const { time, workspace, desk } = place;
  const of = pick(['api', 'socket', 'both'] as const, random);
  const lasts = Math.round(SHORTEST_MS * (LONGEST_MS / SHORTEST_MS) ** random());
  const as = pick<Extract<ControlOrder, { do: 'outage' }>['as'] & object>(
    [{ how: 'cut' }, { how: 'cut' }, { how: 'error', status: 503 }, { how: 'rate-limit', retryAfter: 1 + Math.floor(random() * 5) }],
    random,
  );
  const begun = acts.map((act) => ({ act, at: random() * 1.4 - 0.3 }));
  const running: Promise<unknown>[] = [];
  const some = async (from: number, to: number) => {
    for (const { act, at } of begun) if (at >= from && at < to) running.push(act.run());
    // Anywhere between the click and its effect.
    for (let turns = Math.floor(random() * 40); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
  };
  await some(-1, 0);
  workspace.control({ do: 'outage', of, as });
  if (of !== 'socket') for (const { act, at } of begun) if (at < 1) place.untellable.add(act.id);
  const half = Math.floor(lasts / 2);
  await time.pass(half);
  figures.inTheMiddle! += begun.filter(({ at }) => at >= 0 && at < 1).length;
  await some(0, 1);
  await time.pass(lasts - half);
  workspace.control({ do: 'outage-over' });
  await some(1, 2);
  const passed = await time.pass(WITHIN_MS, () => answers(place));
  await Promise.all(running);
  figures.outages! += 1;
  figures.hoursAway = Math.round((figures.hoursAway! + lasts / 3600_000) * 1000) / 1000;
  figures.slowestMs = Math.max(figures.slowestMs!, passed);
  const late = !(await answers(place));
  if (late) figures.late! += 1;
  else await desk.settled(time);
  return late;
}

/** A command is answered, and nothing that had to be posted still waits. */
async function answers({ desk, asker }: Place): Promise<boolean> {
  asker.seen.length = 0;
  await asker.command('C0COLLECT', '/collections help');
  const answer = await asker.message(({ ephemeralTo }) => ephemeralTo === asker.id);
  return !answer.text.includes('failed with the error') && (await desk.waiting()) === 0;
}

/**
 * Of every act: done more than once, or not at all though Slack was told it had arrived (or the message was due). A command is acknowledged before
 * it is looked at: where the Web API is away and it cannot be done, nobody can be told either, which is counted apart.
 */
async function judged({ desk, acked, untellable, tick }: Place): Promise<Figures> {
  await tick();
  const figures: Figures = { commandUntold: 0 };
  const done = await effectsOf(desk);
  for (const kind of KINDS) {
    const made = desk.made.get(kind) ?? [];
    figures[`${kind}s`] = made.length;
    const owed = (id: string) => kind === 'post' || acked.has(id);
    figures[`${kind}Acked`] = made.filter(owed).length;
    figures[`${kind}Lost`] = figures[`${kind}Doubled`] = 0;
    for (const id of made) {
      const effects = done(kind, id);
      if (effects > 1) figures[`${kind}Doubled`]! += 1;
      if (effects > 0 || !owed(id)) continue;
      if (kind === 'command' && untellable.has(id)) figures.commandUntold! += 1;
      else figures[`${kind}Lost`]! += 1;
    }
  }
  return figures;
}

interface Place {
  readonly time: VirtualTime;
  readonly workspace: Awaited<ReturnType<typeof startWorkspace>>;
  readonly desk: Desk;
  /** Looks whether the bot answers. */
  readonly asker: PersonOnPage;
  readonly tick: () => Promise<void>;
  /** Ids of acts that Slack was told had arrived. */
  readonly acked: Set<string>;
  /** Ids of acts that met an outage of the Web API. */
  readonly untellable: Set<string>;
}

async function withBot<T>(src: string, use: (place: Place) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-p19-'));
  const stops: (() => unknown)[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    const acked = new Set<string>();
    const answered: Answered = (kind, payload, answer) => {
      const { text, actions, event } = payload as { text?: string; actions?: { value?: string }[]; event?: { text?: string } };
      const said = kind === 'slash_commands' ? text : kind === 'interactive' ? actions?.[0]?.value : event?.text;
      const id = /p19-[a-z]+-\d+/.exec(said ?? '')?.[0];
      if (answer.acked && id) acked.add(id);
    };
    const workspace = await startWorkspace({ dir: null, limits: 'off', answered });
    stops.push(() => workspace.stop());
    workspace.install(manifest(NAMES));
    workspace.control({ do: 'timing', eventRetries: [0, 20, 50] });
    const store = await startEmbeddedStore({ dir: path.join(dir, 'store'), port: 0, onDeath: () => {} });
    stops.push(() => store.stop());
    const time = new VirtualTime(Temporal.Instant.from('2026-11-23T10:00:00Z').epochMilliseconds);
    const { compose } = (await import(path.join(src, 'compose.ts'))) as { compose: typeof Compose };
    const { botToken, appToken, apiUrl } = workspace;
    const env = {
      DATA_DIR: dir,
      MONGODB_URI: store.uri,
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: apiUrl,
      SLACK_GIVE_UP_MINUTES: '0',
      SAMPLE_LEDGER: 'yes',
      HEALTH_ADDRESS: 'off',
    };
    const log = createLog('fatal', { write: () => {} });
    const bot = await compose(readConfig(env), { log, clock: time, waits: time, onDeath: () => {} });
    stops.push(() => bot.stop());
    const client = await new MongoClient(store.uri).connect();
    stops.push(() => client.close());
    const people = await Promise.all(['U0INES', 'U0MARA', 'U0SARA'].map((id) => PersonOnPage.open(workspace.pageLink(), id)));
    stops.push(() => people.map((each) => each.close()));
    await bot.tick();
    const db: Db = client.db();
    const [ines, mara, asker] = people as [PersonOnPage, PersonOnPage, PersonOnPage];
    const desk = await openDesk({ db, workspace, time, mara, ines });
    return await use({ time, workspace, desk, asker, acked, untellable: new Set(), tick: bot.tick });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)]!;
