import { afterAll, beforeAll, expect, it } from 'vitest';
import { TRIES } from '../../src/kernel/work-job.op.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place?.close());

const time = { now: Temporal.Instant.from('2026-11-23T09:00:00Z') };
const clock = { now: () => time.now };

it('jobs are counted by kind and state, with the oldest, and those that fail again and again', async () => {
  const { jobs, figures } = place.stores;
  const add = (id: string, kind: string, minutes: number) => jobs.add({ id, kind, payload: {}, dueAt: time.now.add({ minutes }) });
  for (const [id, kind, minutes] of [
    ['due-1', 'digest', -10],
    ['due-2', 'digest', -3],
    ['later', 'digest', 5],
    ['running', 'worklist', -1],
    ['given-up', 'worklist', -1],
    ['stuck', 'raise-alert', -1],
  ] as const)
    await add(id, kind, minutes);
  await jobs.claimOne('running', 'this one', time.now, 60);
  await jobs.fail((await jobs.claimOne('given-up', 'this one', time.now, 60))!, 'refused');
  for (let tries = 0; tries < TRIES; tries += 1)
    await jobs.retry((await jobs.claimOne('stuck', 'this one', time.now, 60))!, time.now, 'no team');
  const counted = await figures.count(clock);
  const by = Object.fromEntries(counted.jobs.map(({ kind, state, count, oldest }) => [`${kind} ${state}`, [count, oldest.toString()]]));
  expect(by).toEqual({
    'digest due': [2, '2026-11-23T08:50:00Z'],
    'digest later': [1, '2026-11-23T09:05:00Z'],
    'worklist running': [1, '2026-11-23T08:59:00Z'],
    'worklist given-up': [1, '2026-11-23T08:59:00Z'],
    'raise-alert due': [1, '2026-11-23T09:00:00Z'],
  });
  expect(counted).toMatchObject({ stuck: { 'raise-alert': 1 }, alertsWaiting: 0, ledgerAsOf: null });
  await figures.ping();
});
