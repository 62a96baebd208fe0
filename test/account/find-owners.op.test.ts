import { afterAll, beforeAll, expect, it } from 'vitest';
import { findOwners } from '../../src/account/find-owners.op.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import { askableOwner, ownerUser } from '../../src/team/team.ts';
import { type LedgerPlace, ledgerPlace, source } from '../support/ledger-place.ts';

const SARA = 'sara@northwind-trading.example';
const LUCA = 'luca@northwind-trading.example';
const inSlack = new Map([[SARA, 'U0SARA']]);

let place: LedgerPlace;
const time = { now: Temporal.Instant.from('2026-11-23T09:00:00Z') };
let asked: string[] = [];
beforeAll(async () => {
  place = await ledgerPlace();
  const { stores } = place;
  const where = { digestChannel: '', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await stores.settings.load({ ...where, commands: { overdue: 'overdue', account: 'account', collections: 'collections' } });
  const owners = ['Sara@Northwind-Trading.example', LUCA, SARA, 'U0SARA', ''];
  const records = owners.map((owner, n) => ({ kind: 'account' as const, account: { number: `A-${n}`, name: `Customer ${n}`, owner } }));
  await importLedger(stores, { source: source(records), dryRun: false, confirmVanished: false, sample: false });
});
afterAll(() => place?.close());

const find = async () => {
  asked = [];
  const lookUp = async (email: string) => {
    asked.push(email);
    return inSlack.get(email) ?? null;
  };
  const left = await findOwners({ ...place.stores, clock: { now: () => time.now }, lookUp });
  return { left, team: await place.stores.team.read() };
};

it('asks Slack once about each address, in whatever case the ledger writes it; who has the role can be asked', async () => {
  const { left, team } = await find();
  expect([left, asked.sort()]).toEqual([0, [LUCA, SARA]]);
  expect(ownerUser(team, 'SARA@northwind-trading.example')).toBe('U0SARA');
  expect(askableOwner(team, SARA)).toBeNull();
  await changeTeam(place.stores, { do: 'set-roles', user: 'U0SARA', roles: ['owner'] }, 'U0ALEX', 'roles');
  const after = await place.stores.team.read();
  expect([askableOwner(after, SARA), askableOwner(after, 'U0SARA'), askableOwner(after, LUCA)]).toEqual(['U0SARA', 'U0SARA', null]);
});

it('asks again the next day about who was unknown, and after a week about who was found', async () => {
  expect((await find()) && asked).toEqual([]);
  time.now = time.now.add({ hours: 24 });
  inSlack.set(LUCA, 'U0LUCA');
  expect((await find()) && asked).toEqual([LUCA]);
  time.now = time.now.add({ hours: 24 * 6 });
  inSlack.delete(SARA);
  const { team } = await find();
  expect(asked).toEqual([SARA]);
  expect([ownerUser(team, LUCA), ownerUser(team, SARA)]).toEqual(['U0LUCA', null]);
});

it('keeps what it learned before Slack asked for patience', async () => {
  time.now = time.now.add({ hours: 24 * 8 });
  const answers = ['U0LUCA'];
  const lookUp = async () => answers.pop() ?? Promise.reject(new Error('ratelimited'));
  await expect(findOwners({ ...place.stores, clock: { now: () => time.now }, lookUp })).rejects.toThrow('ratelimited');
  expect((await find()) && asked.length).toBe(1);
});
