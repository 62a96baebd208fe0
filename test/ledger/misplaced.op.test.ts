import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { divideItems } from '../../src/arrangements/collectable.ts';
import { day } from '../../src/kernel/day.ts';
import { weekendOf } from '../../src/kernel/working-days.ts';
import { placeReceipts, placingOf } from '../../src/ledger/place-receipts.op.ts';
import { invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
beforeEach(() => place.empty());
afterAll(() => place.close());

/** What may be asked for of an invoice, as follow-up divides it. */
async function askedOf(number: string): Promise<number> {
  for (const item of await place.openItems())
    if (item.number === number)
      return divideItems(
        [item],
        { promises: [], disputes: [] },
        [],
        day('2026-11-30'),
        { weekend: weekendOf('DE'), holidays: new Set() },
        3,
      )[0]!.ask;
  return 0;
}
const unapplied = async (number: string) => (await place.raw.collection('payments').findOne({ number }))?.unapplied as number;

describe('a payment that names an invoice of another customer', () => {
  const rows = [invoice('I1', { account: 'C1' }), payment('P1', 10_000, { I1: 10_000 }, { account: 'C2' })];

  test('holds its reminder back, and is told, whichever of the two came first', async () => {
    for (const order of [rows, [...rows].reverse()]) {
      await place.empty();
      const { misplaced } = await place.load(order);
      expect(misplaced).toMatchObject([
        { number: 'P1', account: 'C2', amount: 10_000, invoiceNumber: 'I1', invoiceAccount: 'C1', open: 10_000 },
      ]);
      expect(await place.openOf('I1')).toBe(10_000);
      expect(await askedOf('I1')).toBe(0);
    }
  });

  test('pays it when a person says so, also when the file comes again, and no longer covers what the payer owes', async () => {
    const [found] = (await place.load(rows)).misplaced;
    expect(await placeReceipts(place.stores, [placingOf(found!, true)], 'U0INES')).toEqual({ placed: 1 });
    expect(await placeReceipts(place.stores, [placingOf(found!, true)], 'U0INES')).toEqual({ placed: 0 });
    expect([await place.openOf('I1'), await unapplied('P1')]).toEqual([0, 0]);
    await place.load([payment('P1', 10_000, { I1: 10_000 }, { account: 'C2', reason: 'late' })]);
    expect([await place.openOf('I1'), await unapplied('P1')]).toEqual([0, 0]);
  });

  test('stays apart when a person says so: the invoice is asked for again, the payer keeps the credit', async () => {
    const [found] = (await place.load(rows)).misplaced;
    await placeReceipts(place.stores, [placingOf(found!, false)], 'U0INES');
    expect([await place.openOf('I1'), await askedOf('I1'), await unapplied('P1')]).toEqual([10_000, 10_000, 10_000]);
    expect(await place.stores.intake.misplaced(10)).toEqual([]);
  });

  test('is no question any more once the accounting system has put it right, or the payment bounced', async () => {
    await place.load(rows);
    await place.load([payment('P1', 10_000, { I1: 10_000 }, { account: 'C1' })]);
    expect([await place.openOf('I1'), await place.stores.intake.misplaced(10)]).toEqual([0, []]);
    await place.load([payment('P1', 10_000, { I1: 10_000 }, { account: 'C2', annulled: true })]);
    expect([await askedOf('I1'), await place.stores.intake.misplaced(10)]).toEqual([10_000, []]);
  });
});

test('a payment in another currency holds the invoice back, and takes of it what a person confirms', async () => {
  const rows = [invoice('I1', { account: 'C1' }), payment('P1', 11_500, { I1: 11_500 }, { account: 'C1', currency: 'USD' })];
  const [found] = (await place.load(rows)).misplaced;
  expect(found).toMatchObject({ currency: 'USD', amount: 11_500, invoiceCurrency: 'EUR', open: 10_000 });
  expect(await askedOf('I1')).toBe(0);
  await placeReceipts(place.stores, [placingOf(found!, true)], 'U0INES');
  expect([await place.openOf('I1'), await unapplied('P1')]).toEqual([0, 0]);
});

test('an invoice that the accounting system blocks is open, and nobody is reminded of it', async () => {
  await place.load([invoice('I1', { dunningBlock: 'A', reference: 'R-1' })]);
  expect([await place.openOf('I1'), await askedOf('I1')]).toEqual([10_000, 0]);
  await place.load([invoice('I1', { reference: 'R-1' })]);
  expect(await askedOf('I1')).toBe(10_000);
  const [account] = await place.stores.ledger.accounts();
  expect(await place.stores.ledger.invoices(account!.id, 10)).toMatchObject([{ reference: 'R-1' }]);
});
