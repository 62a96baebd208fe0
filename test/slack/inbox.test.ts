import { App } from '@slack/bolt';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TRIES } from '../../src/kernel/work-job.op.ts';
import { type Inbox, keepEvents } from '../../src/slack/inbox.ts';
import { until } from '../embedded/slack/until.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
let app: App;
let inbox: Inbox;
let events = 0;
const time = { now: Temporal.Instant.from('2026-11-28T10:00:00Z') };
const clock = { now: () => time.now };
let heard: (event: Record<string, unknown>) => Promise<void>;

beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place.close());
beforeEach(async () => {
  await inbox?.stop();
  const receiver = { init: () => {}, start: async () => {}, stop: async () => {} };
  app = new App({ token: 'xoxb-1', botUserId: 'U0BOT', botId: 'B0BOT', receiver, tokenVerificationEnabled: false });
  app.event('file_shared', ({ event }) => heard(event as unknown as Record<string, unknown>));
  app.error(async (error) => {
    throw error;
  });
  inbox = keepEvents(app, {
    jobs: place.stores.jobs,
    clock,
    owner: 'us',
    log: pino({ level: 'silent' }),
    worthKeeping: async () => true,
    unkept: async () => {},
  });
});

/** Slack sends an event; answers its job's id. */
async function send(fileId = 'F1'): Promise<string> {
  events += 1;
  const event = { type: 'file_shared', file_id: fileId, user_id: 'U0INES', channel_id: 'C0COLLECT' };
  const body = { type: 'event_callback', team_id: 'T1', event_id: `Ev${events}`, event };
  await app.processEvent({ body, ack: async () => {} });
  return `event:Ev${events}`;
}
const stateOf = async (id: string) => (await place.stores.jobs.get(id))?.state;
const later = (minutes = 2) => {
  time.now = time.now.add({ minutes });
};

test('an event whose process died with it five times is not tried again, and whoever caused it is told', async () => {
  const tried: unknown[] = [];
  heard = async ({ file_id }) => void tried.push(file_id);
  events += 1;
  const id = `event:Ev${events}`;
  const event = { type: 'file_shared', file_id: 'F0POISON', user_id: 'U0INES', channel_id: 'C0COLLECT' };
  await place.stores.jobs.add({ id, kind: 'slack-event', payload: { body: { event } }, dueAt: time.now });
  // Each instance takes it and is gone before it can say so.
  for (let died = 0; died < TRIES; died += 1) {
    expect(await place.stores.jobs.claimOne(id, `dead ${died}`, time.now, 30)).not.toBeNull();
    later();
  }
  inbox.replay();
  await until(async () => (await stateOf(id)) === 'failed');
  expect(tried).toEqual([]);
  const owed = await place.stores.jobs.get(`given-up:${id}`);
  expect(owed).toMatchObject({ state: 'open', kind: 'event-given-up', payload: { user: 'U0INES', file: 'F0POISON' } });
});

test('one that fails is tried five times, then its person is told', async () => {
  let tries = 0;
  heard = async () => {
    tries += 1;
    throw new Error('no');
  };
  const id = await send();
  for (let n = 1; n < TRIES; n += 1) {
    await until(async () => (await place.stores.jobs.get(id))?.problem !== '');
    later();
    inbox.replay();
    await until(() => tries === n + 1);
  }
  await until(async () => (await stateOf(id)) === 'failed');
  later();
  inbox.replay();
  expect(await place.stores.jobs.get(`given-up:${id}`)).not.toBeNull();
  expect(tries).toBe(TRIES);
});

test('nobody waits for events left behind, and one that lasts holds up no other', async () => {
  const release = Promise.withResolvers<void>();
  const done: unknown[] = [];
  heard = async ({ file_id }) => {
    if (file_id === 'F0SLOW') await release.promise;
    done.push(file_id);
  };
  for (const file of ['F0SLOW', 'F2', 'F3']) {
    const event = { type: 'file_shared', file_id: file, user_id: 'U0INES', channel_id: 'C1' };
    const body = { type: 'event_callback', team_id: 'T1', event_id: file, event };
    await place.stores.jobs.add({ id: `event:${file}`, kind: 'slack-event', payload: { body }, dueAt: time.now });
  }
  inbox.replay();
  await until(() => done.length === 2);
  expect(done).toEqual(expect.arrayContaining(['F2', 'F3']));
  expect(await stateOf('event:F0SLOW')).toBe('open');
  release.resolve();
  await until(async () => (await stateOf('event:F0SLOW')) === 'done');
});

test('an instance that stops takes up nothing more; the event stays for the next', async () => {
  heard = async () => {};
  await inbox.stop();
  const id = await send();
  inbox.replay();
  expect(await stateOf(id)).toBe('open');
});
