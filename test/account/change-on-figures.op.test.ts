import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { logCall } from '../../src/account/log-call.op.ts';
import { recordDispute } from '../../src/arrangements/record-dispute.op.ts';
import { recordPlan } from '../../src/arrangements/record-plan.op.ts';
import { recordPromise } from '../../src/arrangements/record-promise.op.ts';
import { recordSettlement } from '../../src/arrangements/record-settlement.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';
import { worldOf } from '../support/world.ts';

// Monday 23 November 2026: one invoice of 1,000.00 pounds, long overdue.
const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') };
let place: LedgerPlace;
let n = 0;
let number = '';
const ports = () => worldOf({ ...place.stores, clock, holidays: () => new Set<string>() });
const account = () => accountId(number);
const invoices = () => [{ entity: 'NWUK', number: `I-${number}` }];
const work = async () => (await place.stores.accounts.load(account()))!.work;

beforeAll(async () => {
  place = await ledgerPlace();
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await place.stores.settings.load({ ...where, commands: { overdue: 'overdue', account: 'account', collections: 'collections' } });
});
afterAll(() => place.close());

beforeEach(async () => {
  number = `C-${++n}`;
  const of = { number, name: `Customer ${n}`, country: 'GB', language: 'en', zone: 'Europe/London', entity: 'NWUK' };
  const more = { account: number, entity: 'NWUK', currency: 'GBP', total: 100_000, issued: day('2026-09-01'), due: day('2026-10-10') };
  await place.load([{ kind: 'account', account: of }, invoice(`I-${number}`, more)]);
});

const promised = (id: string) =>
  recordPromise(
    ports(),
    { id, account: account(), invoices: invoices(), amount: 100_000, date: day('2026-11-27'), saidBy: 'Ms Larch' },
    `U0${id}`,
    `command:${id}`,
  );
const called = (id: string) =>
  logCall(
    ports(),
    {
      account: account(),
      contact: '',
      outcome: 'promise',
      reason: null,
      note: '',
      promise: { id, invoices: invoices(), amount: 100_000, date: day('2026-11-27'), saidBy: 'Ms Larch' },
      dispute: null,
    },
    false,
    `U0${id}`,
    `command:${id}`,
  );
const planned = (id: string) =>
  recordPlan(
    ports(),
    {
      id,
      account: account(),
      invoices: invoices(),
      amount: null,
      agreedWith: 'Ms Larch',
      instalments: ({ amount }) => [
        { agreed: day('2026-12-01'), date: day('2026-12-01'), amount: amount / 2 },
        { agreed: day('2027-01-04'), date: day('2027-01-04'), amount: amount / 2 },
      ],
    },
    `U0${id}`,
    `command:${id}`,
  );
const offered = (id: string) =>
  recordSettlement(
    ports(),
    { id, account: account(), kind: 'settlement', invoices: invoices(), terms: { pay: 90_000 }, until: day('2026-12-10') },
    `U0${id}`,
    `command:${id}`,
  );
const disputed = (id: string) =>
  recordDispute(
    ports(),
    { id, account: account(), invoice: invoices()[0]!, amount: 100_000, reason: 'quality', note: 'broken', owner: 'U0MARA' },
    `U0${id}`,
    `command:${id}`,
  );

it.each([
  ['promises', promised],
  ['calls with a promise', called],
  ['plans', planned],
  ['offers', offered],
  ['disputes', disputed],
] as const)('of two %s over the same money at once, one is recorded', async (_, record) => {
  const results = await Promise.all([record('a'), record('b')]);
  expect(results.filter((result) => result.done)).toHaveLength(1);
  const { promises, plans, offers, disputes } = await work();
  expect(promises.length + plans.length + offers.length + disputes.length).toBe(1);
});

it('of a promise, a plan, an offer and a dispute over the same money at once, one is recorded', async () => {
  const results = await Promise.all([promised('a'), planned('b'), offered('c'), disputed('d')]);
  const { promises, plans, offers, disputes } = await work();
  // A dispute is about what is open and takes precedence over what was promised; it is counted by itself.
  expect(promises.length + plans.length + offers.length).toBeLessThanOrEqual(1);
  expect(disputes.length).toBeLessThanOrEqual(1);
  expect(results.filter((result) => result.done)).toHaveLength(promises.length + plans.length + offers.length + disputes.length);
});

it('the same command once more is the same promise, although nothing of the invoice is free any more', async () => {
  expect(await promised('a')).toMatchObject({ done: true, again: false });
  expect(await promised('a')).toMatchObject({ done: true, again: true });
  expect((await work()).promises).toHaveLength(1);
});
