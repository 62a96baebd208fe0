import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { App } from '@slack/bolt';
import { pino } from 'pino';
import type * as EmbeddedStore from '../../src/embedded/mongo/embedded-store.ts';
import type * as Inbox from '../../src/slack/inbox.ts';
import type * as OpenStore from '../../src/store/open-store.ts';
import { killedBot } from './p20-bot.ts';

const DEATHS = 5;
const WITHIN_MS = 5_000;

/** An event that kills whoever works on it, here as the store shows it: taken five times, never ended. Others come behind it. */
export async function poisoned(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const figures = { poisoned: 1, triedAgain: 0, notEnded: 0, notTold: 0, othersHeldUp: 0 };
  const load = (file: string) => import(pathToFileURL(path.join(src, file)).href);
  const { startEmbeddedStore } = (await load('embedded/mongo/embedded-store.ts')) as typeof EmbeddedStore;
  const { openStore } = (await load('store/open-store.ts')) as typeof OpenStore;
  const { keepEvents } = (await load('slack/inbox.ts')) as typeof Inbox;
  const dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-p20-jobs-'));
  const store = await startEmbeddedStore({ dir, onDeath: () => {} });
  const stores = await openStore(store.uri);
  try {
    let now = Temporal.Instant.from('2026-11-28T10:00:00Z');
    const receiver = { init: () => {}, start: async () => {}, stop: async () => {} };
    const app = new App({ token: 'xoxb-1', botUserId: 'U0BOT', botId: 'B0BOT', receiver, tokenVerificationEnabled: false });
    const heard: string[] = [];
    app.event('file_shared', async ({ event }) => void heard.push(event.file_id));
    const event = (id: string) => ({ type: 'file_shared', file_id: id, user_id: 'U0INES', channel_id: 'C0COLLECT' });
    const add = (id: string) =>
      stores.jobs.add({
        id: `event:${id}`,
        kind: 'slack-event',
        payload: { body: { type: 'event_callback', team_id: 'T1', event_id: id, event: event(id) } },
        dueAt: now,
      });
    await add('poison');
    for (let died = 0; died < DEATHS; died += 1) {
      await stores.jobs.claimOne('event:poison', `dead ${died}`, now, 30);
      now = now.add({ minutes: 2 });
    }
    for (const id of ['other 1', 'other 2', 'other 3']) await add(id);
    const inbox = keepEvents(app, {
      jobs: stores.jobs,
      clock: { now: () => now },
      owner: 'us',
      log: pino({ level: 'silent' }),
      worthKeeping: async () => true,
      unkept: async () => {},
    });
    inbox.replay();
    const end = performance.now() + WITHIN_MS;
    const state = async (id: string) => (await stores.jobs.get(id))?.state;
    while (performance.now() < end && ((await state('event:poison')) === 'open' || heard.length < 3))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await inbox.stop();
    if (heard.includes('poison')) figures.triedAgain += 1;
    if ((await state('event:poison')) !== 'failed') figures.notEnded += 1;
    if ((await state('given-up:event:poison')) === undefined) figures.notTold += 1;
    figures.othersHeldUp = 3 - heard.filter((id) => id.startsWith('other')).length;
  } finally {
    await stores.close();
    await store.stop();
    await rm(dir, { recursive: true, force: true });
  }
  const bot = size === 'full' ? await killedBot(src) : { held: true, figures: {} };
  const { triedAgain, notEnded, notTold, othersHeldUp } = figures;
  return { held: bot.held && triedAgain + notEnded + notTold + othersHeldUp === 0, figures: { ...figures, ...bot.figures } };
}
