import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import type { compose as Compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { startWorkspace } from '../../src/embedded/slack/workspace.ts';
import { createLog } from '../../src/log.ts';
import { fingerprint } from '../../src/store/fingerprint.ts';
import { opened } from '../support/cases.ts';
import { freePort } from '../support/free-port.ts';
import { type KillProxy, killProxy } from '../support/kill-proxy.ts';
import { crowd } from './p4-crowd.ts';
import { postSigned } from './p13-slack.ts';

const SECRET = 'a signing secret of thirty-two characters';
const TEAM = 'T0NORTHWIND';
const START = '2026-11-23T10:00:00Z';
/** Later than any lease: what a dead instance held is taken up. */
const LATER = Temporal.Instant.from(START).add({ minutes: 10 });
const SIZES = { test: { crowds: 4, kills: [2] }, full: { crowds: 100, kills: Array.from({ length: 14 }, (_, n) => n) } } as const;

/** P4: the same click or event four times on two instances, one of them killed in between, has one effect and none is lost; a crowd ends in one state. */
export async function p4(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  return withStore(async (uri) => {
    const crowds = await crowded(size, src, uri);
    const kills = await redelivered(SIZES[size].kills, src, uri);
    const faults = kills.doubled + kills.lostEvents + kills.lostClicks;
    return { held: crowds.held && faults === 0, figures: { ...crowds.figures, ...kills } };
  });
}

/** What the control takes away is the guard of the crowd; nobody need die for it. */
export const p4Control = (size: 'test' | 'full', src: string) => withStore((uri) => crowded(size, src, uri));

async function crowded(size: 'test' | 'full', src: string, uri: string) {
  const figures = await crowd(SIZES[size].crowds, src, uri.replace(/\/[^/?]*(\?|$)/, '/crowd$1'));
  const { notFinal, doubleVoters, twoEnds, wronglyExecuted, lost, counted } = figures;
  return { held: notFinal + doubleVoters + twoEnds + wronglyExecuted + lost === 0 && counted > 0, figures };
}

async function withStore<T>(use: (uri: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-p4-'));
  const store = await startEmbeddedStore({ dir, port: 0, onDeath: () => {} });
  try {
    return await use(store.uri);
  } finally {
    await store.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Strikes at the n-th message to the store behind the request's arrival, for an event and for a click. */
async function redelivered(strikes: readonly number[], src: string, uri: string) {
  const figures = { kills: 0, deliveries: 0, doubled: 0, lostEvents: 0, lostClicks: 0 };
  const workspace = await startWorkspace({ dir: null, limits: 'off' });
  const proxy = await killProxy(Number(new URL(uri).port));
  const survivor = await freePort();
  const env = {
    MONGODB_URI: uri,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: workspace.apiUrl,
    SAMPLE_LEDGER: 'yes',
  };
  const { compose } = (await import(path.join(src, 'compose.ts'))) as { compose: typeof Compose };
  const time = { now: Temporal.Instant.from(START) };
  const log = createLog('fatal', { write: () => {} });
  const heir = await compose(readConfig({ ...env, PORT: String(survivor) }), { log, clock: { now: () => time.now }, onDeath: () => {} });
  const client = await new MongoClient(uri).connect();
  try {
    await heir.tick();
    for (const n of strikes) {
      for (const kind of ['event', 'click'] as const) {
        time.now = Temporal.Instant.from(START);
        const id = `c-${kind}-${n}`;
        await client
          .db()
          .collection<{ _id: string }>('cases')
          .insertOne(documentOf(id) as never);
        const port = await freePort();
        const child = await startChild(src, { ...env, PORT: String(port), MONGODB_URI: proxy.uri(new URL(uri).pathname.slice(1)) });
        const request = kind === 'event' ? said(id) : click(id);
        const taken = await deliver(`http://127.0.0.1:${port}/slack/events`, request, proxy, child, n);
        figures.kills += 1;
        time.now = LATER;
        // What Slack was told is there, it does not deliver again: that much must not be lost.
        if (taken && kind === 'event') await heir.tick();
        const seen = await effects(client, id, kind);
        if (taken && seen === 0) figures[kind === 'event' ? 'lostEvents' : 'lostClicks'] += 1;
        for (let again = 0; again < 3; again += 1)
          await postSigned(`http://127.0.0.1:${survivor}/slack/events`, SECRET, request.contentType, request.content);
        await heir.tick();
        const after = await effects(client, id, kind);
        figures.deliveries += 4;
        if (after > 1) figures.doubled += 1;
        if (after === 0) figures[kind === 'event' ? 'lostEvents' : 'lostClicks'] += 1;
      }
    }
  } finally {
    await client.close();
    await heir.stop();
    await proxy.close();
    await workspace.stop();
  }
  return figures;
}

/** True when Slack was told that the request has arrived. */
async function deliver(url: string, request: Sent, proxy: KillProxy, child: ChildProcess, at: number): Promise<boolean> {
  const gone = once(child, 'exit');
  let struck = false;
  proxy.arm(
    (name, n) => n >= at && !/^(find|aggregate) (settings|team)/.test(name),
    () => {
      struck = true;
      child.kill('SIGKILL');
    },
  );
  const taken = await postSigned(url, SECRET, request.contentType, request.content).then(
    (response) => response.status === 200,
    () => false,
  );
  // Fewer messages than the strike waits for: the work is done, and the instance dies behind it.
  if (!struck) setTimeout(() => child.kill('SIGKILL'), 300);
  await gone;
  // What did not strike must not strike the next one at its start.
  proxy.arm(
    () => false,
    () => {},
  );
  return taken;
}

async function effects(client: MongoClient, id: string, kind: 'event' | 'click'): Promise<number> {
  if (kind === 'event') return client.db().collection('casetexts').countDocuments({ case: id });
  const found = await client.db().collection<{ _id: string; case: { votes: unknown[] } }>('cases').findOne({ _id: id });
  return found?.case.votes.length ?? 0;
}

interface Sent {
  readonly contentType: string;
  readonly content: string;
}

const said = (id: string): Sent => ({
  contentType: 'application/json',
  content: JSON.stringify({
    type: 'event_callback',
    event_id: `Ev-${id}`,
    team_id: TEAM,
    api_app_id: 'A0ARREARS',
    event: {
      type: 'message',
      user: 'U0INES',
      text: 'They will not pay.',
      channel: 'C0COLLECT',
      ts: `9.${1000 + Number(id.split('-')[2])}`,
      thread_ts: id,
    },
  }),
});

function click(id: string): Sent {
  const payload = {
    type: 'block_actions',
    user: { id: 'U0INES', team_id: TEAM, username: 'ines' },
    team: { id: TEAM },
    api_app_id: 'A0ARREARS',
    token: 't',
    trigger_id: 't4',
    container: { type: 'message', message_ts: id, channel_id: 'C0COLLECT' },
    channel: { id: 'C0COLLECT', name: 'collections' },
    actions: [{ type: 'button', action_id: 'case-approve', block_id: 'b', action_ts: '1.0', value: JSON.stringify({ c: id, r: 1 }) }],
  };
  return {
    contentType: 'application/x-www-form-urlencoded',
    content: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  };
}

function documentOf(id: string) {
  const expiresAt = LATER.add({ hours: 48 }).toString();
  const plain = opened({
    id,
    kind: 'credit-limit',
    basis: fingerprint(null),
    needed: { people: 2, financeLeads: 0 },
    requester: 'U0MARA',
    expiresAt,
  });
  const of = { ...plain, openedAt: START, barred: { requester: [], editor: [] } };
  const state = {
    state: 'open',
    asks: id,
    waiting: true,
    account: 'A1',
    case: of,
    place: { channel: 'C0COLLECT', ts: id },
    claimedUntil: new Date(0),
  };
  return { _id: id, version: 1, facts: 1, commands: [], outbox: [], pending: false, ...state };
}

async function startChild(src: string, env: Record<string, string>): Promise<ChildProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(path.join(import.meta.dirname, '../support/http-bot-child.ts'), [src, START], {
    env: { PATH, HOME, ...env },
    // Whoever is struck down has nothing to say that matters.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`an instance ended at its start, with ${code}`)));
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return child;
}
