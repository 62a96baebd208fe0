import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reacting } from '../../src/kernel/reactions.op.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place?.close());

const time = { now: Temporal.Instant.from('2026-11-23T09:00:00Z') };
const clock = { now: () => time.now };

it('what follows from an entry is tried for as long as it fails, holds up nothing else, and happens', { timeout: 120_000 }, async () => {
  const done: string[] = [];
  let away = true;
  const book = async ({ what }: Record<string, unknown>) => {
    if (away && what === 'fee') throw new Error('the store is away');
    done.push(String(what));
  };
  const { jobs } = place.stores;
  const work = reacting({ jobs, clock, owner: 'this one', log: pino({ level: 'silent' }) }, { book });
  for (const what of ['fee', 'mark']) await jobs.add({ id: what, kind: 'book', payload: { what }, dueAt: time.now });
  // Two days of a minute each, far more tries than anything else is given.
  for (let minute = 0; minute < 2 * 24 * 60; minute += 5) {
    await work();
    time.now = time.now.add({ minutes: 5 });
  }
  expect(done).toEqual(['mark']);
  away = false;
  time.now = time.now.add({ minutes: 15 });
  await work();
  expect(done).toEqual(['mark', 'fee']);
});
