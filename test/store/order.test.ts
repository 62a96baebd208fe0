import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';

let place: LedgerPlace;
const numbers = Array.from({ length: 12 }, (_, n) => `C${n}`);

beforeAll(async () => {
  place = await ledgerPlace();
  await place.load([
    ...numbers.map((number) => ({ kind: 'account', account: { number, name: 'The same name', parent: 'HEAD' } }) as const),
    ...numbers.flatMap((account) => [invoice(`${account}-2`, { account }), invoice(`${account}-1`, { account })]),
    ...numbers.map((account) => payment(`P-${account}`, 100, {}, { account })),
  ]);
  // A server may give documents in another order each time (MongoDB's manual, "natural order"): here, in the order they were written last.
  for (const name of ['accounts', 'invoices', 'payments']) {
    const collection = place.raw.collection(name);
    const all = await collection.find({}).sort({ _id: -1 }).toArray();
    await collection.deleteMany({});
    await collection.insertMany(all);
  }
});
afterAll(() => place.close());

const sorted = (ids: readonly string[]) => [...ids].sort();

test('lists come in an order of their own, whatever order the server gives', async () => {
  const { ledger, accounts } = place.stores;
  const ids = sorted(numbers.map(accountId));
  expect((await ledger.accounts()).map(({ id }) => id)).toEqual(ids);
  expect([...(await accounts.all()).keys()]).toEqual(ids);
  expect([...(await ledger.openBooks()).origins.keys()]).toEqual(ids);
  expect((await ledger.family(accountId('HEAD'), null)).children.map(({ id }) => id)).toEqual(sorted(numbers.map(accountId)));
  const credits = (await place.openCredits()).map(({ account }) => account);
  expect(credits).toEqual(sorted(credits));
  const payments = (await ledger.paymentsBetween('2000-01-01' as never, '2100-01-01' as never)).map(({ id }) => id);
  expect(payments).toHaveLength(12);
  expect(payments).toEqual(sorted(payments));
});

test('the open items of one account, too', async () => {
  const ids = await place.raw
    .collection('invoices')
    .find({ account: accountId('C3') })
    .sort({ _id: 1 })
    .toArray();
  const items = await place.stores.ledger.openItems(accountId('C3'));
  expect(items.map(({ number }) => number)).toEqual(ids.map(({ number }) => number));
});
