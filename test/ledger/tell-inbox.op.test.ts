import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newsReply } from '../../src/ledger/inbox.slack.ts';
import { INBOX_NEWS, tellMissing, tellTaken } from '../../src/ledger/tell-inbox.op.ts';
import { holidayCalendar } from '../../src/schedule/holidays.ts';
import { invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';
import { worldOf } from '../support/world.ts';

const SETTINGS = {
  digestHour: 9,
  country: 'GB',
  region: '',
  zone: 'Europe/London',
  company: '',
  digestChannel: 'c',
  commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
};
const TIME = { now: Temporal.Instant.from('2026-11-27T22:00:00Z') };
let place: LedgerPlace;
const clock = { now: () => TIME.now };
const world = () => worldOf({ ...place.stores, clock, holidays: holidayCalendar() });
const told = async () =>
  (await place.raw.collection<{ kind: string; payload: object }>('jobs').find({ kind: INBOX_NEWS }).toArray()).map(
    ({ payload }) => payload,
  );
const member = (user: string, role: 'manager' | 'admin' | 'collector') => ({ user, roles: [role], absence: null });

beforeAll(async () => {
  place = await ledgerPlace();
  await place.stores.settings.load(SETTINGS as never);
  const members = [member('U1', 'manager'), member('U2', 'admin'), member('U3', 'collector')];
  await place.stores.team.save(await place.stores.team.read(), { members, rules: [] }, [], 'test');
  // On Friday night, out of the folder.
  await place.load([invoice('I1')], { by: 'inbox', name: 'OP_20261127.csv' });
  await place.raw.collection('importruns').updateMany({}, { $set: { finishedAt: new Date('2026-11-27T22:00:00Z') } });
});
afterAll(() => place.close());
beforeEach(async () => void (await place.raw.collection('jobs').deleteMany({})));

describe('a day without a file', () => {
  it.each([
    ['at the weekend', '2026-11-28T12:00:00Z', 0],
    ['on Monday, when Friday night’s has come', '2026-11-30T09:30:00Z', 0],
    ['on Tuesday before the digest’s hour', '2026-12-01T08:59:00Z', 0],
    ['on Tuesday from the digest’s hour on', '2026-12-01T09:00:00Z', 1],
  ])('%s', async (_, now, wanted) => {
    TIME.now = Temporal.Instant.from(now);
    await tellMissing(world());
    await tellMissing(world());
    expect(await told()).toHaveLength(wanted);
  });

  it('is told to the managers, or to whoever imported last in Slack and still may', async () => {
    await tellMissing(world());
    expect(await told()).toEqual([{ user: 'U1', what: 'missing', name: 'OP_20261127.csv' }]);
    await place.raw.collection('jobs').deleteMany({});
    await place.load([invoice('I1')], { by: 'U2', tellsBalances: false });
    await tellMissing(world());
    expect(await told()).toEqual([{ user: 'U2', what: 'missing', name: 'OP_20261127.csv' }]);
  });

  it('is nothing once a file was dropped into Slack instead', async () => {
    await place.load([invoice('I1')], { by: 'U2' });
    await place.raw.collection('importruns').updateMany({ by: 'U2' }, { $set: { finishedAt: new Date('2026-12-01T08:30:00Z') } });
    await tellMissing(world());
    expect(await told()).toEqual([]);
  });
});

it('a refused file is told once, and what it is called formats nothing', async () => {
  const taken = { name: 'OP_*_2026.csv', sha256: 'abc', became: { kind: 'refused', reason: 'No <!channel> here.' } } as const;
  await tellTaken(world(), taken);
  await tellTaken(world(), taken);
  const [news, ...more] = (await told()) as Parameters<typeof newsReply>[0][];
  expect(more).toEqual([]);
  const { text } = newsReply(news!);
  expect(text).toContain('&lt;!channel&gt;');
  expect(text).toContain('was refused');
});
