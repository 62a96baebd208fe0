import { afterAll, beforeAll, expect, test } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { openStore } from '../../src/store/open-store.ts';
import { invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place.close());

const open = async ({ ledger } = place.stores) => {
  const { items, credits } = await ledger.openBooks();
  return [
    ...[...items.values()].flat().map(({ number, open }) => `${number} ${open}`),
    ...[...credits.values()].flat().map(({ unappliedCash }) => `cash ${unappliedCash}`),
  ].sort();
};

test('the open books are read once, and anew after each import, whichever process ran it', async () => {
  await place.load([invoice('I1'), invoice('I2')]);
  const before = await place.stores.ledger.openBooks();
  expect(await place.stores.ledger.openBooks()).toBe(before);
  expect(await open()).toEqual(['I1 10000', 'I2 10000']);
  const other = await openStore(place.uri);
  expect(await open(other)).toEqual(['I1 10000', 'I2 10000']);
  await place.load([payment('P1', 12_000, { I1: 10_000 })]);
  for (const stores of [place.stores, other]) expect(await open(stores)).toEqual(['I2 10000', 'cash 2000']);
  await other.close();
});

test('while a run writes, and after it was killed, nothing is kept; completing it is a write', async () => {
  const now = place.stores.clock.now();
  const run = await place.stores.intake.begin({ source: 'killed.csv', now, sample: false, tellsBalances: true });
  if (!('write' in run)) throw new Error('another run is alive');
  expect(await open()).toContain('I2 10000');
  await run.write([{ ...invoice('I3'), kind: 'invoice' }]);
  expect(await open()).toContain('I3 10000');
  await place.raw.collection('invoices').updateOne({ number: 'I3' }, { $set: { open: 1 } });
  await place.raw.collection('importruns').updateOne({ state: 'applying' }, { $set: { state: 'interrupted' } });
  expect(await open()).toContain('I3 1');
  expect(await place.stores.intake.heal(now)).toEqual(['killed.csv']);
  expect(await open()).toContain('I3 10000');
});

test('names are of the last import, collectors of this moment', async () => {
  const of = async () => (await place.stores.ledger.accounts()).map(({ name, collector }) => [name, collector]);
  expect(await of()).toEqual([['C1', null]]);
  await place.raw.collection('accounts').updateOne({}, { $set: { collector: 'U0MARA' } });
  expect(await of()).toEqual([['C1', 'U0MARA']]);
  await place.load([{ kind: 'account', account: { number: 'C1', name: 'Acme' } }]);
  expect(await of()).toEqual([['Acme', 'U0MARA']]);
  expect((await place.stores.ledger.customers()).map(({ name }) => name)).toEqual(['Acme']);
});

test('what retention removes is not remembered', async () => {
  await place.load([invoice('OLD', { issued: day('2010-01-01'), stated: 10_000, settled: day('2010-02-01') })]);
  const first = async () => (await place.stores.ledger.openBooks()).origins.get(accountId('C1'))?.firstIssued;
  expect(await first()).toBe('2010-01-01');
  const cutOffs = { bookkeeping: day('2020-01-01') };
  const found = await place.stores.oldRecords.page('', cutOffs);
  expect((await place.stores.oldRecords.remove(found, place.stores.clock.now())).bookkeeping).toHaveLength(1);
  expect(await first()).toBe('2026-01-01');
});
