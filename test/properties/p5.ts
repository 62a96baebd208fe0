import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LogLevel, WebClient } from '@slack/web-api';
import { pino } from 'pino';
import type { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import type { startWorkspace, Workspace } from '../../src/embedded/slack/workspace.ts';
import type { Clock } from '../../src/kernel/clock.port.ts';
import type { outbound } from '../../src/slack/outbound.ts';
import type { OpenStore, openStore } from '../../src/store/open-store.ts';
import { threeMessages } from '../support/three-messages.ts';

const PARTS = 3;

/** No message is posted twice when Slack's answer is lost, late or a refusal, or when the instance is killed while it waits for one. */
export async function p5(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const load = <T>(file: string): Promise<T> => import(path.join(src, file));
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p5-'));
  const { startEmbeddedStore: startStore } = await load<{ startEmbeddedStore: typeof startEmbeddedStore }>(
    'embedded/mongo/embedded-store.ts',
  );
  const { startWorkspace: openWorkspace } = await load<{ startWorkspace: typeof startWorkspace }>('embedded/slack/workspace.ts');
  const { openStore: open } = await load<{ openStore: typeof openStore }>('store/open-store.ts');
  const { outbound: out } = await load<{ outbound: typeof outbound }>('slack/outbound.ts');
  const store = await startStore({ dir: path.join(dir, 'store') });
  const workspace = await openWorkspace({ dir: null, limits: 'off' });
  const stores = await open(store.uri);
  try {
    const faulty = await underFaults(size === 'full' ? 200 : 12, stores, workspace, out);
    const killed = await underKills(size === 'full' ? 40 : 3, src, store.uri, stores, workspace, out);
    const figures = {
      jobs: faulty.jobs + killed.jobs,
      lostReplies: faulty.lost,
      kills: killed.kills,
      ...(await count(workspace, faulty.jobs + killed.jobs)),
    };
    return { held: figures.doubled === 0 && figures.missing === 0 && figures.misplaced === 0, figures };
  } finally {
    await stores.close();
    await workspace.stop();
    await store.stop();
    await fs.rm(dir, { recursive: true, force: true });
  }
}

const clientFor = (workspace: Workspace, timeout: number) =>
  new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    timeout,
    logLevel: LogLevel.ERROR,
    rejectRateLimitedCalls: true,
  });

/** A clock that jumps, so that waiting times pass at once. */
function jumpingClock(): Clock & { jump(minutes: number): void } {
  let ahead = 0;
  return {
    now: () => Temporal.Now.instant().add({ milliseconds: ahead }),
    jump: (minutes) => {
      ahead += minutes * 60_000;
    },
  };
}

async function finish(
  id: string,
  stores: OpenStore,
  clock: ReturnType<typeof jumpingClock>,
  worker: { work(): Promise<number> },
): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if ((await stores.jobs.get(id))?.state === 'done') return;
    clock.jump(10);
    await worker.work();
  }
  throw new Error(`${id} was never done`);
}

async function underFaults(jobs: number, stores: OpenStore, workspace: Workspace, out: typeof outbound) {
  const clock = jumpingClock();
  const worker = out({
    jobs: stores.jobs,
    uploads: stores.uploads,
    clock,
    client: clientFor(workspace, 5_000),
    owner: 'faults',
    log: pino({ level: 'silent' }),
    renderers: { three: threeMessages },
  });
  let lost = 0;
  for (let n = 0; n < jobs; n += 1) {
    const faults = [
      { do: 'fault', fault: { fault: 'lose-reply', method: 'chat.postMessage', next: 1 + (n % 3) } },
      { do: 'fault', fault: { fault: 'rate-limit', method: 'chat.postMessage', next: 1, retryAfter: 1 } },
      { do: 'fault', fault: { fault: 'refuse', method: 'conversations.history', next: 1, error: 'internal_error' } },
    ] as const;
    workspace.control(faults[0]);
    lost += 1 + (n % 3);
    if (n % 4 === 1) workspace.control(faults[1]);
    if (n % 5 === 2) workspace.control(faults[2]);
    const id = `three:${n}`;
    await stores.jobs.add({ id, kind: 'three', payload: { name: `job ${n}` }, dueAt: clock.now() });
    await finish(id, stores, clock, worker);
    workspace.control({ do: 'clear-faults' });
  }
  return { jobs, lost };
}

/** A child posts; its answer is delayed, and it is killed while it waits. Another instance takes over after the lease. */
async function underKills(kills: number, src: string, uri: string, stores: OpenStore, workspace: Workspace, out: typeof outbound) {
  const observer = clientFor(workspace, 5_000);
  for (let n = 0; n < kills; n += 1) {
    const id = `killed:${n}`;
    const before = await posts(observer);
    workspace.control({ do: 'fault', fault: { fault: 'delay-reply', method: 'chat.postMessage', next: 1, ms: 4_000 } });
    await stores.jobs.add({ id, kind: 'three', payload: { name: id }, dueAt: Temporal.Now.instant() });
    const child = fork(path.resolve(import.meta.dirname, '../support/outbound-child.ts'), [
      src,
      uri,
      workspace.apiUrl,
      workspace.botToken,
      '0',
    ]);
    while ((await posts(observer)) === before) await new Promise((resolve) => setImmediate(resolve));
    await kill(child);
    workspace.control({ do: 'clear-faults' });
    const clock = jumpingClock();
    const worker = out({
      jobs: stores.jobs,
      uploads: stores.uploads,
      clock,
      client: clientFor(workspace, 5_000),
      owner: 'heir',
      log: pino({ level: 'silent' }),
      renderers: { three: threeMessages },
    });
    await finish(id, stores, clock, worker);
  }
  return { jobs: kills, kills };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function posts(client: WebClient): Promise<number> {
  return ((await client.conversations.history({ channel: 'C0COLLECT', limit: 999 })).messages ?? []).length;
}

async function count(workspace: Workspace, jobs: number) {
  const client = clientFor(workspace, 5_000);
  const parents = (await client.conversations.history({ channel: 'C0COLLECT', limit: 999 })).messages ?? [];
  let doubled = 0;
  let misplaced = 0;
  const seen = new Set<string>();
  for (const parent of parents) {
    if (!parent.text?.endsWith(': parent')) misplaced += 1;
    const thread = (await client.conversations.replies({ channel: 'C0COLLECT', ts: parent.ts!, limit: 999 })).messages ?? [];
    for (const { text = '' } of thread) {
      if (seen.has(text)) doubled += 1;
      seen.add(text);
    }
  }
  return { doubled, misplaced, missing: jobs * PARTS - seen.size };
}
