import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleSource } from '../../src/importing/sample-ledger.ts';
import { day } from '../../src/kernel/day.ts';
import { SourceUnreadable } from '../../src/ledger/import.port.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { contact, invoice, type LedgerPlace, ledgerPlace, payment, rejections, source } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
beforeEach(() => place.empty());
afterAll(() => place.close());

describe('balances are right after any order of files', () => {
  const events = [
    [invoice('I1'), invoice('I2', { total: 5_000 })],
    [payment('P1', 12_000, { I1: 7_000, I2: 5_000 })],
    [payment('N1', 1_500, { I1: 1_500 }, { kind: 'credit-note' })],
  ];
  test.each([
    [0, 1, 2],
    [1, 0, 2],
    [2, 1, 0],
    [1, 2, 0],
  ])('%i, %i, %i', async (...order) => {
    for (const i of order) await place.load(events[i]!);
    expect(await place.openOf('I1')).toBe(1_500);
    expect(await place.openOf('I2')).toBe(0);
    expect(await place.openCredits()).toEqual([]);
  });

  test('an allocation waits for its invoice as unapplied cash', async () => {
    await place.load([payment('P1', 4_000, { LATER: 4_000 })]);
    expect(await place.openCredits()).toEqual([
      { account: accountId('C1'), entity: 'MAIN', currency: 'EUR', unappliedCash: 4_000, openCredit: 0 },
    ]);
    await place.load([invoice('LATER')]);
    expect(await place.openOf('LATER')).toBe(6_000);
    expect(await place.openCredits()).toEqual([]);
  });

  test('what is paid or credited too much becomes credit, never a negative balance', async () => {
    await place.load([
      invoice('I1'),
      payment('P1', 13_000, { I1: 11_000 }),
      payment('N1', 500, { I1: 500 }, { kind: 'credit-note', date: day('2026-03-01') }),
    ]);
    expect(await place.openOf('I1')).toBe(0);
    expect(await place.openCredits()).toMatchObject([{ unappliedCash: 3_000, openCredit: 500 }]);
  });

  test('a reversal opens the invoice again, a cancelled invoice frees the money', async () => {
    await place.load([invoice('I1'), invoice('I2'), payment('P1', 10_000, { I1: 10_000 }), payment('P2', 10_000, { I2: 10_000 })]);
    await place.load([payment('P1', 10_000, { I1: 10_000 }, { annulled: true }), invoice('I2', { cancelled: true })]);
    expect(await place.openOf('I1')).toBe(10_000);
    expect(await place.openOf('I2')).toBe(0);
    expect(await place.openCredits()).toMatchObject([{ unappliedCash: 10_000, openCredit: 0 }]);
  });

  test('a payment that moves to another invoice leaves the first', async () => {
    await place.load([invoice('I1'), invoice('I2'), payment('P1', 10_000, { I1: 10_000 })]);
    await place.load([payment('P1', 10_000, { I2: 10_000 })]);
    expect([await place.openOf('I1'), await place.openOf('I2')]).toEqual([10_000, 0]);
  });

  test('an invoice that moves to another account leaves the payments of the first behind', async () => {
    await place.load([invoice('I1'), payment('P1', 10_000, { I1: 10_000 })]);
    await place.load([invoice('I1', { account: 'C2' })]);
    expect(await place.openOf('I1')).toBe(10_000);
    expect(await place.stores.ledger.openCredits(accountId('C1'))).toMatchObject([{ unappliedCash: 10_000 }]);
    const accounts = await place.raw.collection('accounts').find({}).sort({ 'ledger.number': 1 }).toArray();
    expect(accounts.map(({ ledgerRevision, dirty }) => [ledgerRevision, dirty])).toEqual([
      [2, null],
      [1, null],
    ]);
  });
});

describe('an import is idempotent', () => {
  const rows = [invoice('I1'), invoice('I2'), payment('P1', 5_000, { I1: 5_000 }), contact('Ann')];

  test('the same rows again change nothing, not even a version', async () => {
    expect(await place.load(rows)).toMatchObject({ rowsIn: 4, accepted: 4, new: 4, changed: 0, unchanged: 0 });
    const accounts = await place.raw.collection('accounts').find({}).toArray();
    const dump = await place.dump();
    expect(await place.load(rows)).toMatchObject({ rowsIn: 4, accepted: 4, new: 0, changed: 0, unchanged: 4 });
    expect(await place.raw.collection('accounts').find({}).toArray()).toEqual(accounts);
    expect(await place.dump()).toBe(dump);
  });

  test('one changed row is counted and raises the revision of its account alone', async () => {
    await place.load([...rows, invoice('X1', { account: 'C2' })]);
    expect(await place.load([...rows, invoice('X1', { account: 'C2', total: 1 })])).toMatchObject({ new: 0, changed: 1, unchanged: 4 });
    const accounts = await place.raw.collection('accounts').find({}).sort({ 'ledger.number': 1 }).toArray();
    expect(accounts.map(({ ledgerRevision, version }) => [ledgerRevision, version])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test('a row that stands twice with the same content counts once', async () => {
    expect(await place.load([invoice('I1'), invoice('I1')])).toMatchObject({
      rowsIn: 2,
      accepted: 2,
      new: 1,
      unchanged: 1,
      openInvoices: 1,
    });
  });
});

describe('the order of rows does not matter', () => {
  test('where two rows contradict each other, neither is taken', async () => {
    const { lines, onRejected } = rejections();
    const summary = await place.load([invoice('I1'), invoice('I2'), invoice('I1', { total: 1 }), invoice('I1')], { onRejected });
    expect(summary).toMatchObject({ rowsIn: 4, accepted: 1, rejected: 3 });
    const why = 'stands more than once in this file with different content; none of these rows was taken';
    expect(lines).toEqual([`2 number: ${why}`, `4 number: ${why}`, `5 number: ${why}`]);
    expect(await place.openOf('I1')).toBeUndefined();
  });

  test('an invoice in two currencies is refused, within a file and against the ledger', async () => {
    expect(await place.load([invoice('I1'), invoice('I1', { currency: 'USD' })])).toMatchObject({ accepted: 0, rejected: 2 });
    await place.load([invoice('I1')]);
    const { lines, onRejected } = rejections();
    expect(await place.load([invoice('I1', { currency: 'USD' })], { onRejected })).toMatchObject({ accepted: 0, rejected: 1 });
    expect(lines).toEqual(['2 currency: I1 is held in EUR; the currency of a document never changes']);
  });

  test('the rows of one payment need not stand together', async () => {
    const rows = [
      invoice('I1'),
      payment('P1', 9_000, { I1: 6_000 }),
      payment('P2', 100),
      invoice('I2'),
      payment('P1', 9_000, { I2: 3_000 }),
    ];
    expect(await place.load(rows)).toMatchObject({ rowsIn: 5, accepted: 5, new: 5 });
    expect([await place.openOf('I1'), await place.openOf('I2')]).toEqual([4_000, 7_000]);
    expect(await place.load([...rows].reverse())).toMatchObject({ unchanged: 5 });
  });

  test('rows of one payment that allocate more than it is are refused together', async () => {
    const { lines, onRejected } = rejections();
    await place.load([payment('P1', 9_000, { I1: 6_000 }), payment('P1', 9_000, { I2: 3_001 })], { onRejected });
    expect(lines).toEqual([2, 3].map((line) => `${line} allocated: more is allocated to invoices than its amount`));
    expect(await place.openCredits()).toEqual([]);
  });

  test('of two descriptions of an account the one of the later invoice counts', async () => {
    const early = { ...invoice('I1'), account: { number: 'C1', name: 'Old Name' } };
    const late = { ...invoice('I2', { issued: day('2026-01-02') }), account: { number: 'C1', name: 'New Name' } };
    for (const rows of [
      [early, late],
      [late, early],
    ]) {
      await place.empty();
      await place.load(rows);
      expect(await place.stores.ledger.account(accountId('C1'))).toMatchObject({ name: 'New Name', number: 'C1' });
    }
  });

  test('an invoice that says less of its account leaves what is known', async () => {
    await place.load([{ kind: 'account', account: { number: 'C1', name: 'Acme', country: 'DE', parent: 'C0' } }]);
    await place.load([invoice('I1'), { ...invoice('I2'), account: { number: 'C1', country: 'FR' } }]);
    expect(await place.stores.ledger.account(accountId('C1'))).toMatchObject({
      name: 'Acme',
      country: 'FR',
      parent: accountId('C0'),
      collector: null,
    });
  });
});

describe('a file of all open invoices', () => {
  const ten = Array.from({ length: 10 }, (_, i) => invoice(`I${i}`));
  const allOpen = { declares: 'all-open' } as const;

  test('closes what vanished from its selling entities, a fifth without asking', async () => {
    await place.load([...ten, invoice('OTHER', { entity: 'EU' })]);
    expect(await place.load(ten.slice(2), allOpen)).toMatchObject({ closedVanished: 2, openInvoices: 9, unchanged: 8 });
    expect([await place.openOf('I0'), await place.openOf('I2'), await place.openOf('OTHER')]).toEqual([0, 10_000, 10_000]);
  });

  test('asks when more than a fifth would vanish, and changes nothing until confirmed', async () => {
    await place.load(ten);
    const dump = await place.dump();
    const rows = [...ten.slice(3), invoice('NEW')];
    expect(await place.run({ source: source(rows, allOpen) })).toEqual({
      kind: 'refused',
      refusal: { reason: 'vanished', vanished: 3, open: 10 },
    });
    expect(await place.load(rows, { ...allOpen, dryRun: true })).toMatchObject({ asksToConfirm: true, closedVanished: 3, new: 1 });
    expect(await place.dump()).toBe(dump);
    // Agreed to when there were two; a third has vanished since.
    expect(await place.run({ source: source(rows, allOpen), confirmVanished: 2 })).toMatchObject({ kind: 'refused' });
    expect(await place.load(rows, { ...allOpen, confirmVanished: 3 })).toMatchObject({ closedVanished: 3, openInvoices: 8 });
  });

  test('opens again what comes back, leaving no trace', async () => {
    await place.load(ten);
    const dump = await place.dump();
    await place.load(ten.slice(1), allOpen);
    expect(await place.load(ten, allOpen)).toMatchObject({ changed: 1, unchanged: 9, closedVanished: 0 });
    expect(await place.dump()).toBe(dump);
  });

  test('does not take a rejected or a later row for a vanished one', async () => {
    await place.load(ten);
    const faults = [{ column: 'total', value: 'x', reason: 'not an amount' }];
    const rejected = { line: 20, faults, invoice: { entity: 'MAIN', number: 'I0' } };
    const later = { line: 21, later: true as const, invoice: { entity: 'MAIN', number: 'I1' } };
    expect(await place.load([...ten.slice(2), rejected, later], allOpen)).toMatchObject({
      closedVanished: 0,
      rejected: 1,
      later: 1,
      openInvoices: 10,
    });
  });

  test('closes nothing while a row without a readable number may be the missing one', async () => {
    await place.load(ten);
    const unreadable = { line: 20, faults: [{ column: 'number', value: '', reason: 'is missing' }], invoice: null };
    expect(await place.load([...ten.slice(1), unreadable], allOpen)).toMatchObject({
      closedVanished: 0,
      vanishedUnsure: 1,
      openInvoices: 10,
    });
  });
});

describe('nothing is written', () => {
  test('by a dry run, which counts as the import will', async () => {
    await place.load([invoice('I1'), invoice('I2')]);
    const rows = [invoice('I1'), invoice('I2', { total: 5 }), invoice('I3'), invoice('I4', { currency: 'USD' }), invoice('I4')];
    const dump = await place.dump();
    const runs = await place.raw.collection('importruns').countDocuments({});
    const dry = await place.load(rows, { dryRun: true });
    expect(await place.dump()).toBe(dump);
    expect(await place.raw.collection('importruns').countDocuments({})).toBe(runs);
    const { rowsIn, accepted, rejected, new: fresh, changed, unchanged } = await place.load(rows);
    expect(dry).toMatchObject({ rowsIn, accepted, rejected, new: fresh, changed, unchanged });
    expect([rowsIn, accepted, rejected, fresh, changed, unchanged]).toEqual([5, 3, 2, 1, 1, 1]);
  });

  test('of a source that cannot be read to its end', async () => {
    const broken = {
      ...source([]),
      async *rows() {
        yield { line: 2, record: invoice('I1') };
        throw new SourceUnreadable('Line 3 has a quote in the middle of a text.');
      },
    };
    expect(await place.run({ source: broken })).toEqual({
      kind: 'refused',
      refusal: { reason: 'unreadable', sentence: 'Line 3 has a quote in the middle of a text.' },
    });
    expect(await place.dump()).toBe('');
  });

  test('when the store would run full; what exists is counted once', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => invoice(`I${i}`, { account: `C${i % 2}` }));
    const held = await place.stores.intake.documents();
    const refused = await place.run({ source: source(rows), documentLimit: held + 11 });
    expect(refused).toMatchObject({ kind: 'refused', refusal: { reason: 'too-many-documents', limit: held + 11 } });
    expect(await place.dump()).toBe('');
    expect(await place.load(rows, { documentLimit: held + 12 })).toMatchObject({ new: 10 });
    expect(await place.load(rows, { documentLimit: held + 13 })).toMatchObject({ unchanged: 10 });
  });
});

describe('the sample', () => {
  const today = day('2026-06-15');

  test('is replaced by the first real import, and only then', async () => {
    const sample = sampleSource(today);
    expect(await place.run({ source: sample, sample: true })).toMatchObject({ kind: 'imported', summary: { openInvoices: 225 } });
    expect(await place.stores.ledger.freshness()).toMatchObject({ sample: true, applying: false });
    expect(await place.load([invoice('I1')], { dryRun: true })).toMatchObject({ sampleReplaced: true, openInvoices: 0, new: 1 });
    expect(await place.stores.intake.hasSample()).toBe(true);
    expect(await place.load([invoice('I1')])).toMatchObject({ sampleReplaced: true, openInvoices: 1 });
    expect(await place.stores.ledger.accounts()).toHaveLength(1);
    expect(await place.stores.ledger.freshness()).toMatchObject({ sample: false });
    expect(await place.load([invoice('I1')])).toMatchObject({ sampleReplaced: false });
  });

  test('is never loaded over a real ledger', async () => {
    await place.load([invoice('I1')]);
    expect(await place.run({ source: sampleSource(today), sample: true })).toEqual({ kind: 'refused', refusal: { reason: 'real-ledger' } });
    expect(await place.stores.ledger.accounts()).toHaveLength(1);
  });

  test('replaced by a file that tells no balances, leaves no freshness behind', async () => {
    await place.run({ source: sampleSource(today), sample: true });
    await place.load([contact('Ann')], { tellsBalances: false });
    expect(await place.stores.ledger.freshness()).toEqual({ asOf: null, sample: false, applying: false });
  });
});
