import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { holidayPlaces } from '../../src/schedule/holidays.ts';
import { changeSettings, type SettingsChange } from '../../src/team/change-settings.op.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

const NAMES = { overdue: 'overdue', account: 'account', collections: 'collections' };
const NOW: SettingsChange = {
  digestChannel: 'C0COLLECT',
  escalationsChannel: '',
  digestHour: 9,
  zone: 'Europe/London',
  company: '',
  country: 'GB',
  region: '',
  commands: NAMES,
};
let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place.close());
beforeEach(async () => {
  await place.empty();
  await place.stores.settings.load({
    digestChannel: 'C0COLLECT',
    digestHour: 9,
    zone: 'Europe/London',
    company: '',
    country: 'GB',
    region: '',
    commands: NAMES,
  });
});

const change = (wanted: Partial<SettingsChange>, command = crypto.randomUUID() as string) =>
  changeSettings({ ...place.stores, places: holidayPlaces }, { ...NOW, ...wanted }, 'U0ALEX', command);

test('what changed is one fact with who, from what and to what; the same command again records nothing', async () => {
  expect(await change({ digestHour: 7, zone: 'Europe/Berlin' }, 'once')).toMatchObject({ done: true });
  expect(await change({ digestHour: 7, zone: 'Europe/Berlin' }, 'once')).toMatchObject({ done: true });
  const facts = await place.stores.outboxes.pending(10);
  expect(facts).toMatchObject([
    {
      type: 'settings-changed',
      aggregate: 'settings',
      by: 'U0ALEX',
      changes: { digestHour: { from: 9, to: 7 }, zone: { from: 'Europe/London', to: 'Europe/Berlin' } },
    },
  ]);
  await place.stores.outboxes.clear(facts);
  expect(await place.stores.outboxes.pending(10)).toEqual([]);
});

test('saving without a change records nothing', async () => {
  expect(await change({})).toMatchObject({ done: true });
  expect(await place.stores.outboxes.pending(10)).toEqual([]);
});

test('of two changes at once both are decided one after the other, and neither is lost', async () => {
  await Promise.all([change({ digestHour: 7 }), change({ digestHour: 8 })]);
  expect((await place.stores.settings.read()).version).toBe(3);
  expect(await place.stores.outboxes.pending(10)).toHaveLength(2);
});

test.each<[string, Partial<SettingsChange>, string]>([
  ['an hour that is none', { digestHour: 24 }, 'digestHour'],
  ['an offset in place of a zone', { zone: '+01:00' }, 'zone'],
  ['a zone that does not exist', { zone: 'Europe/Atlantis' }, 'zone'],
  ['a country without known holidays', { country: 'ZZ' }, 'country'],
  ['a region of another country', { country: 'DE', region: 'SCT' }, 'region'],
  ['a command with a capital', { commands: { ...NAMES, overdue: 'Overdue' } }, 'overdue'],
  ['two commands of one name', { commands: { ...NAMES, overdue: 'account' } }, 'account'],
])('%s is refused under its field, and nothing is saved', async (_what, wanted, field) => {
  const result = await change(wanted);
  expect(result.done === false && Object.keys(result.faults ?? {})).toContain(field);
  expect((await place.stores.settings.read()).version).toBe(1);
});

test.each(['Europe/Berlin', 'America/New_York', 'UTC', 'Asia/Kolkata'])('%s is a zone', async (zone) => {
  expect(await change({ zone })).toMatchObject({ done: true });
});
