import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFirstHour } from '../../src/follow-up/first-hour.op.ts';
import { planStarts } from '../../src/follow-up/plan-starts.op.ts';
import { BY_AGE } from '../../src/follow-up/start.ts';
import { startMany, startsState, takeBackStarts, workStarts } from '../../src/follow-up/start-many.op.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { holidayCalendar } from '../../src/schedule/holidays.ts';
import { invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';
import { worldOf } from '../support/world.ts';

const TODAY = day('2026-11-30');
const TIME = { now: Temporal.Instant.from('2026-11-30T09:00:00Z') };
const SETTINGS = {
  digestChannel: 'c',
  digestHour: 9,
  company: '',
  country: 'GB',
  region: '',
  zone: 'Europe/London',
  escalationsChannel: '',
  commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
};
const CUSTOMERS = 130;
const HAND = { bands: BY_AGE, aDay: 50, by: 'U1', place: '' };

let place: LedgerPlace;
const worldOn = (owner: string) =>
  worldOf({ ...place.stores, clock: { now: () => TIME.now }, owner, holidays: holidayCalendar(), log: { warn: () => {} } as never });
let world: ReturnType<typeof worldOn>;

beforeAll(async () => {
  place = await ledgerPlace();
  await place.stores.settings.load(SETTINGS as never);
  world = worldOn('one');
  const rows = Array.from({ length: CUSTOMERS }, (_, i) =>
    invoice(`I${i}`, {
      ...{ account: `C${i}`, entity: i % 2 ? 'UK' : 'EU', total: 50_000 },
      ...{ issued: addDays(TODAY, -90), due: addDays(TODAY, -1 - (i % 60)) },
    }),
  );
  await place.load(rows);
  // The ledger came in today; its rows were late by then.
  await place.raw.collection('accounts').updateMany({}, { $set: { importedAt: new Date('2026-11-30T08:00:00Z') } });
});
afterAll(() => place.close());

const started = async () =>
  (
    await place.raw
      .collection('accounts')
      .find({ 'work.ladders.start': { $ne: null } })
      .toArray()
  ).filter(({ work }) => work?.ladders?.[0]?.start).length;

it('counts what waits, by age and currency', async () => {
  const plan = await planStarts(world);
  expect(plan).toMatchObject({ accounts: CUSTOMERS, dunned: 0 });
  expect(plan.bands.reduce((sum, { invoices }) => sum + invoices, 0)).toBe(CUSTOMERS);
  expect(await readFirstHour(world)).toMatchObject({ accounts: CUSTOMERS, withoutCollector: CUSTOMERS, unsetSenders: ['EU', 'UK'] });
});

it('places everybody once although the process dies in a step, and two work at it', async () => {
  expect(await startMany(world, 'starts:1', HAND)).toBe(CUSTOMERS);
  expect(await startMany(world, 'starts:1', HAND)).toBe(0);
  let saves = 0;
  const dying = worldOf({
    ...world,
    accounts: {
      ...world.accounts,
      save: async (...of: Parameters<typeof world.accounts.save>) => {
        saves += 1;
        if (saves > 60) throw new Error('killed');
        return world.accounts.save(...of);
      },
    },
  });
  await expect(workStarts(dying)).rejects.toThrow('killed');
  expect(await started()).toBe(60);
  // Another instance takes over once the dead one's lease has lapsed.
  TIME.now = TIME.now.add({ minutes: 5 });
  await Promise.all([workStarts(worldOn('two')), workStarts(worldOn('three'))]);
  expect(await started()).toBe(CUSTOMERS);
  expect(await startsState(world, 'starts:1')).toMatchObject({ total: CUSTOMERS, done: CUSTOMERS, left: 0 });
  expect((await planStarts(world)).accounts).toBe(0);
  const facts = (await place.raw.collection('accounts').find({}).toArray()).flatMap(
    ({ outbox }) => outbox as { body?: { type?: string } }[],
  );
  expect(facts).toHaveLength(CUSTOMERS);
});

it('lets so many customers begin a day, on working days', async () => {
  const all = await place.raw.collection('accounts').find({}).toArray();
  const begins = Object.groupBy(all, ({ work }) => work.ladders[0].start.from);
  expect(Object.fromEntries(Object.entries(begins).map(([from, each]) => [from, each!.length]))).toEqual({
    '2026-11-30': 50,
    '2026-12-01': 50,
    '2026-12-02': 30,
  });
});

it('takes all of them back within the day, once, and not afterwards', async () => {
  expect(await takeBackStarts(world, 'starts:none', 'U1')).toBe('no-such-starts');
  expect(await takeBackStarts(world, 'starts:1', 'U1')).toBe('begun');
  expect(await takeBackStarts(world, 'starts:1', 'U2')).toBe('begun-before');
  await workStarts(world);
  expect(await started()).toBe(0);
  expect((await planStarts(world)).accounts).toBe(CUSTOMERS);
  expect(await startMany(world, 'starts:2', HAND)).toBe(CUSTOMERS);
  expect(await takeBackStarts(world, 'starts:2', 'U1')).toBe('still-placing');
  await workStarts(world);
  TIME.now = TIME.now.add({ hours: 25 });
  expect(await takeBackStarts(world, 'starts:2', 'U1')).toBe('too-late');
  expect(await started()).toBe(CUSTOMERS);
});
