import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fileSource } from '../../src/importing/file-source.ts';
import { mappingSchema } from '../../src/importing/mapping.ts';
import { openSheet } from '../../src/importing/open-items/read-sheet.ts';
import { type Day, day } from '../../src/kernel/day.ts';
import { settleInvoice } from '../../src/ledger/balance.ts';
import type { ImportRequest, ImportSummary } from '../../src/ledger/import.port.ts';
import { type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';
import { SHARED_DATA, sharedFiles } from '../support/shared-data.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
beforeEach(() => place.empty());
afterAll(() => place.close());

const mapping = mappingSchema.parse({ name: 'open-items', kind: 'open-items', declares: 'all-open', defaults: { entity: 'MAIN' } });

async function importFile(at: string, today: string, more: Partial<ImportRequest> = {}) {
  const source = await fileSource({ path: at, mapping, asOf: null, today: day(today) });
  return place.run({ source, confirmVanished: true, ...more });
}

const HEAD = 'entity,account,account_name,number,type,currency,open,issued,due';
let files = 0;
async function list(lines: string, today: string, more: Partial<ImportRequest> = {}) {
  files += 1;
  return importFile(await place.file(`list-${files}.csv`, `${HEAD}\n${lines}\n`), today, more);
}

const cash = async (from: string, to: string) => Object.fromEntries(await place.stores.ledger.cashReceived(day(from), day(to)));
const A = '1000,C1,Acme,I1,Invoice,EUR,100.00,2026-09-01,2026-10-01';
const B = '1000,C1,Acme,I2,Invoice,EUR,50.00,2026-09-01,2026-10-01';
const CREDIT = '1000,C1,Acme,G1,Credit Note,EUR,-50.00,2026-09-01,2026-10-01';
const OTHER = '2000,C2,Birch,I3,Invoice,GBP,70.00,2026-09-01,2026-10-01';

describe('a list of everything open', () => {
  test('brings invoices, credit notes and payments on account, and closes all three alike', async () => {
    await list(`${A}\n${B}\n${CREDIT}\n1000,C1,Acme,P1,Payment,EUR,-20.00,2026-09-02,`, '2026-11-30');
    const [credit] = await place.openCredits();
    expect(credit).toMatchObject({ unappliedCash: 2_000, openCredit: 5_000 });
    expect(await list(A, '2026-12-01')).toMatchObject({ summary: { closedVanished: 1, closedCredits: 2 } });
    expect(await place.openCredits()).toEqual([]);
    expect(await place.openOf('I1')).toBe(10_000);
  });

  test('a footer blocks no closing; a row that cannot be read does', async () => {
    await list(`${A}\n${B}`, '2026-11-30');
    expect(await list(`${A}\nTotal,,,,,EUR,100.00,,\nPrinted on 1 December 2026,,,,,,,,`, '2026-12-01')).toMatchObject({
      summary: { closedVanished: 1, rejected: 0 },
    });
    await list(`${A}\n${B}`, '2026-12-02');
    expect(await list(`${A}\n1000,C1,Acme,,Invoice,EUR,?,2026-09-01,2026-10-01`, '2026-12-03')).toMatchObject({
      summary: { closedVanished: 0, vanishedUnsure: 1 },
    });
  });

  test('what was open and is not any more is cash of the day it was seen, once, however often the file comes', async () => {
    await list(`${A}\n${B}`, '2026-11-30');
    const less = A.replace('100.00', '60.00');
    for (let times = 0; times < 2; times += 1) await list(less, '2026-12-01');
    expect(await cash('2026-12-01', '2026-12-01')).toEqual({ EUR: 9_000 });
    const derived = await place.stores.ledger.paymentsBetween(day('2026-12-01'), day('2026-12-01'));
    expect(derived.every((each) => each.derived)).toBe(true);
    expect(derived.map(({ amount, allocations }) => [amount, allocations[0]!.invoice]).sort()).toEqual([
      [4_000, 'I1'],
      [5_000, 'I2'],
    ]);
    await list(A.replace('100.00', '10.00'), '2026-12-01');
    expect(await cash('2026-12-01', '2026-12-01')).toEqual({ EUR: 14_000 });
  });

  test('a payments file that comes later takes the place of what was worked out', async () => {
    await list(`${A}\n${B}`, '2026-11-30');
    await list(A.replace('100.00', '60.00'), '2026-12-01');
    await place.load([payment('P9', 4_000, { I1: 4_000 }, { entity: '1000', date: day('2026-11-28') })]);
    expect(await cash('2026-11-28', '2026-12-01')).toEqual({ EUR: 9_000 });
    expect(await cash('2026-12-01', '2026-12-01')).toEqual({ EUR: 5_000 });
    expect(await place.openOf('I1')).toBe(6_000);
  });

  test('an invoice that comes back takes its receipt back', async () => {
    await list(`${A}\n${B}`, '2026-11-30');
    await list(A, '2026-12-01');
    await list(`${A}\n${B}`, '2026-12-02');
    expect(await cash('2026-12-01', '2026-12-02')).toEqual({ EUR: 0 });
    expect(await place.openOf('I2')).toBe(5_000);
  });

  test('an invoice and a credit of one customer that go together and come to the same are no cash', async () => {
    await list(`${A}\n${B}\n${CREDIT}`, '2026-11-30');
    await list(A, '2026-12-01');
    expect(await cash('2026-12-01', '2026-12-01')).toEqual({});
  });

  test('an entity that is missing is asked about, and nothing is written until somebody answers', async () => {
    await list(`${A}\n${OTHER}`, '2026-11-30');
    expect(await list(A, '2026-12-01')).toEqual({
      kind: 'refused',
      refusal: { reason: 'missing-groups', groups: [{ entity: '2000', currency: 'GBP', invoices: 1 }] },
    });
    expect(await list(A, '2026-12-01', { dryRun: true })).toMatchObject({ summary: { missingGroups: [{ entity: '2000' }] } });
    await list(A, '2026-12-01', { missingGroups: 'keep' });
    expect(await place.openOf('I3')).toBe(7_000);
    expect(await list(A, '2026-12-02', { missingGroups: 'close' })).toMatchObject({ summary: { closedVanished: 1 } });
    expect(await place.openOf('I3')).toBe(0);
  });

  test('a currency that is missing is asked about, too', async () => {
    await list(`${A}\n${A.replace('I1', 'I4').replace('EUR', 'USD')}`, '2026-11-30');
    expect(await list(A, '2026-12-01')).toMatchObject({
      refusal: { reason: 'missing-groups', groups: [{ entity: '1000', currency: 'USD', invoices: 1 }] },
    });
  });

  test('the total of an invoice stays what it was when only what is open falls', async () => {
    await list(A, '2026-11-30');
    await list(A.replace('100.00', '60.00'), '2026-12-01');
    const [account] = await place.stores.ledger.accounts();
    expect(await place.stores.ledger.invoices(account!.id, 5)).toMatchObject([{ total: 10_000, open: 6_000 }]);
  });
});

describe('a list that is not what it should be is told before anything is written', () => {
  const check = (lines: string, head = HEAD) => {
    files += 1;
    return place.file(`bad-${files}.csv`, `${head}\n${lines}\n`).then((at) => importFile(at, '2026-12-01', { dryRun: true }));
  };

  test('the same one again, half of one, and another company’s', async () => {
    await list(`${A}\n${B}\n${OTHER}`, '2026-11-30');
    expect(await check(`${A}\n${B}\n${OTHER}`)).toMatchObject({ summary: { new: 0, changed: 0, closedVanished: 0 } });
    expect(await check(`${A}\n${OTHER}`)).toMatchObject({ summary: { closedVanished: 1, asksToConfirm: false } });
    const half = await place.file('half.csv', `${HEAD}\n${OTHER}\n`);
    expect(await importFile(half, '2026-12-01', { confirmVanished: false })).toMatchObject({ refusal: { reason: 'missing-groups' } });
    const foreign = await check('9000,X1,Other,Z1,Invoice,EUR,10.00,2026-09-01,2026-10-01');
    expect(foreign).toMatchObject({ summary: { missingGroups: [{ entity: '1000' }, { entity: '2000' }] } });
    expect(await place.openOf('I1')).toBe(10_000);
  });

  test('a sum that its rows do not come to, a column that moved, and one that has another name', async () => {
    const told = await check(`${A}\n${B}\nTotal,,,,,EUR,140.00,,`);
    expect(JSON.stringify(told)).toContain('does not agree with the rows above: it says 140.00, the rows come to 150.00');
    const moved = await check(
      '100.00,2026-10-01,I1,1000,C1,Acme,Invoice,EUR,2026-09-01',
      'open,due,number,entity,account,account_name,type,currency,issued',
    );
    await list(A, '2026-11-30');
    expect(moved).toMatchObject({ summary: { new: 1, rejected: 0 } });
    await expect(check(A, HEAD.replace('open', 'quux'))).rejects.toThrow(/Nothing was imported. No column says how much is open. \(quux\)/);
  });
});

test('a derived receipt takes what known receipts leave of what is stated, and no more', () => {
  const billed = { account: 'a', currency: 'EUR', total: 100, cancelled: false, stated: 60, disputed: 0 };
  const claim = { account: 'a', currency: 'EUR', inForce: true };
  const derived = { ...claim, receipt: 'd', date: '2026-01-01' as Day, amount: 60, derived: true };
  const real = { ...claim, receipt: 'r', date: '2026-02-01' as Day, amount: 45 };
  expect(settleInvoice(billed, [derived])).toMatchObject({ open: 40, statedApplied: 0, applied: new Map([['d', 60]]) });
  expect(settleInvoice(billed, [derived, real])).toMatchObject({
    open: 40,
    applied: new Map([
      ['r', 45],
      ['d', 15],
    ]),
  });
  expect(settleInvoice({ ...billed, stated: 0 }, [derived])).toMatchObject({ open: 100, applied: new Map([['d', 0]]) });
});

describe.runIf(sharedFiles('open-items').length > 0)('ten days of a list that SAP writes', () => {
  const at = (file: string) => path.join(SHARED_DATA, 'open-items', file);
  const DAYS = [
    ['day-01.csv', '2026-11-30'],
    ['day-02.csv', '2026-12-01'],
    ['day-10.csv', '2026-12-09'],
  ] as const;

  /** By number: what the file says, read by hand. */
  async function byHand(file: string): Promise<Map<string, { group: string; amount: number }>> {
    const { rows } = await openSheet(at(file));
    return new Map(
      rows
        .slice(1)
        .map(({ cells }) => [
          cells[3]!,
          { group: cells[8]!, amount: Number(cells[7]!.replaceAll(/\D/g, '')) * (cells[7]!.endsWith('-') ? -1 : 1) },
        ]),
    );
  }

  test('what is open is what the file says on each day, and what was cleared is cash', async () => {
    const cleared: Record<string, number> = {};
    let before = new Map<string, { group: string; amount: number }>();
    const counts: unknown[] = [];
    for (const [file, today] of DAYS) {
      const { summary } = (await importFile(at(file), today)) as { summary: ImportSummary };
      counts.push([summary.rowsIn, summary.accepted, summary.rejected, summary.closedVanished, summary.closedCredits]);
      const now = await byHand(file);
      for (const [number, was] of before)
        if (was.amount > 0) cleared[was.group] = (cleared[was.group] ?? 0) + Math.max(0, was.amount - (now.get(number)?.amount ?? 0));
      const open: Record<string, number> = {};
      for (const item of await place.openItems()) open[item.currency] = (open[item.currency] ?? 0) + item.open;
      for (const credit of await place.openCredits()) open[credit.currency]! -= credit.unappliedCash + credit.openCredit;
      const said: Record<string, number> = {};
      for (const { group, amount } of now.values()) said[group] = (said[group] ?? 0) + amount;
      expect(open, file).toEqual(said);
      before = now;
    }
    // Rows, taken, rejected, invoices and credits closed: the eight credits of day 1 that are gone by day 10 are dropped.
    expect(counts).toEqual([
      [300, 300, 0, 0, 0],
      [287, 287, 0, 20, 2],
      [255, 255, 0, 26, 6],
    ]);
    const derived = (await place.stores.ledger.paymentsBetween(day('2026-12-01'), day('2026-12-09'))).filter((each) => each.derived);
    expect(sumBy(derived)).toEqual(cleared);
    // Of those of day 1 that are gone altogether; nothing was set off. The rest is of one that came on day 2 and of four that fell.
    const [first, last] = [await byHand('day-01.csv'), await byHand('day-10.csv')];
    const gone = derived.filter(({ allocations: [at] }) => first.has(at!.invoice) && !last.has(at!.invoice));
    expect(gone.length).toBe(45);
    expect(sumBy(gone)).toEqual({ EUR: 14_334_360, GBP: 13_294_930 });
  });
});

function sumBy(payments: readonly { readonly currency: string; readonly amount: number }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, amount } of payments) sums[currency] = (sums[currency] ?? 0) + amount;
  return sums;
}
