import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { accountId, recordId } from '../../src/ledger/ledger-ids.op.ts';
import { contact, invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
  await place.load([
    { kind: 'account', account: { number: 'C1', name: 'Acme', country: 'DE', language: 'de', parent: 'C2', autopay: true } },
    contact('Bea', { rank: 2, salutation: 'Ms Bea' }),
    contact('Ann', { rank: 1, email: 'ann@acme.example' }),
    contact('Other', { account: 'C2' }),
    invoice('OLD', { issued: day('2026-01-01'), disputed: 10_000 }),
    invoice('NEW', { issued: day('2026-02-01'), due: day('2026-03-01') }),
    invoice('PAID', { issued: day('2026-03-01'), due: day('2026-03-31'), stated: 10_000, settled: day('2026-03-10') }),
    invoice('USD', { account: 'C2', currency: 'USD', entity: 'US' }),
    payment('P1', 2_500, { OLD: 2_500 }, { date: day('2026-02-01') }),
    payment('P2', 700, {}, { date: day('2026-03-31') }),
    payment('P3', 9_999, {}, { date: day('2026-03-15'), annulled: true }),
    payment('N1', 300, {}, { kind: 'credit-note', reason: 'returned' }),
  ]);
});
afterAll(() => place.close());

const c1 = accountId('C1');

describe('the ledger', () => {
  test('knows its accounts, with defaults for what the source did not say', async () => {
    const { ledger } = place.stores;
    const rest = { region: '', zone: '', segment: '', kind: 'unknown', entity: '', owner: '', collector: null };
    expect(await ledger.account(c1)).toEqual({
      id: c1,
      number: 'C1',
      name: 'Acme',
      country: 'DE',
      language: 'de',
      parent: accountId('C2'),
      autopay: true,
      ...rest,
    });
    expect((await ledger.accounts()).map(({ name }) => name).sort()).toEqual(['Acme', 'C2']);
    expect(await ledger.account('acc_none')).toBeNull();
  });

  test('gives the contacts of an account by rank', async () => {
    const contacts = await place.stores.ledger.contacts(c1);
    expect(contacts.map(({ name, salutation }) => [name, salutation])).toEqual([
      ['Ann', undefined],
      ['Bea', 'Ms Bea'],
    ]);
    expect(contacts[0]).toEqual({
      id: recordId(contact('Ann', { email: 'ann@acme.example' })),
      account: c1,
      name: 'Ann',
      email: 'ann@acme.example',
      phone: '',
      role: 'accounts-payable',
      rank: 1,
      doNotContact: false,
    });
  });

  test('streams the open items, of all or of one account', async () => {
    const all = await place.openItems();
    expect(all.map(({ number, open }) => [number, open]).sort()).toEqual([
      ['NEW', 10_000],
      ['OLD', 7_500],
      ['USD', 10_000],
    ]);
    const own = await place.stores.ledger.openItems(c1);
    expect(own.find(({ number }) => number === 'OLD')).toEqual({
      account: c1,
      entity: 'MAIN',
      number: 'OLD',
      currency: 'EUR',
      issued: '2026-01-01',
      due: '2026-01-31',
      open: 7_500,
      disputed: 7_500,
      misplaced: [],
    });
    expect(own).toHaveLength(2);
  });

  test('lists invoices open first, then newest first, up to the limit', async () => {
    const numbers = async (limit: number) => (await place.stores.ledger.invoices(c1, limit)).map(({ number }) => number);
    expect(await numbers(10)).toEqual(['NEW', 'OLD', 'PAID']);
    expect(await numbers(2)).toEqual(['NEW', 'OLD']);
    expect(await numbers(1)).toEqual(['NEW']);
  });

  test('tells payments and dated statements of payment alike, newest first', async () => {
    const payments = await place.stores.ledger.payments(c1, 10);
    expect(payments.map(({ number, received, amount, reversed }) => [number, received, amount, reversed])).toEqual([
      ['P2', '2026-03-31', 700, false],
      ['P3', '2026-03-15', 9_999, true],
      ['PAID', '2026-03-10', 10_000, false],
      ['P1', '2026-02-01', 2_500, false],
    ]);
    expect(payments[3]!.allocations).toEqual([{ invoice: 'OLD', amount: 2_500 }]);
    expect(await place.stores.ledger.payments(c1, 2)).toHaveLength(2);
  });

  test('tells credit notes and what credit is open', async () => {
    expect(await place.stores.ledger.creditNotes(c1, 10)).toMatchObject([
      { number: 'N1', amount: 300, cancelled: false, reason: 'returned' },
    ]);
    expect(await place.openCredits()).toEqual([{ account: c1, entity: 'MAIN', currency: 'EUR', unappliedCash: 700, openCredit: 300 }]);
    expect(await place.stores.ledger.openCredits(accountId('C2'))).toEqual([]);
  });

  test('sums the cash of a period, both days included, without what was reversed', async () => {
    const cash = async (from: string, to: string) => Object.fromEntries(await place.stores.ledger.cashReceived(day(from), day(to)));
    expect(await cash('2026-03-10', '2026-03-31')).toEqual({ EUR: 10_700 });
    expect(await cash('2026-03-11', '2026-03-30')).toEqual({});
    expect(await cash('2026-02-01', '2026-02-01')).toEqual({ EUR: 2_500 });
    // The same payments one by one, so that each can be told of.
    const between = await place.stores.ledger.paymentsBetween(day('2026-03-10'), day('2026-03-31'));
    expect(between.reduce((sum, { amount }) => sum + amount, 0)).toBe(10_700);
    expect(await place.stores.ledger.paymentsBetween(day('2026-03-11'), day('2026-03-30'))).toEqual([]);
  });
});
