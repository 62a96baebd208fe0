import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerRun } from '../../src/ledger/import.port.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
beforeEach(() => place.empty());
afterAll(() => place.close());

const now = Temporal.Instant.from('2026-03-01T08:10:00Z');
const request = (source: string) => ({ source, now, sample: false, tellsBalances: true });
const counts = { rowsIn: 0, accepted: 0, rejected: 0, later: 0, new: 0, changed: 0, unchanged: 0, closedVanished: 0 };

async function begin(source: string): Promise<LedgerRun> {
  const run = await place.stores.intake.begin(request(source));
  if (!('write' in run)) throw new Error('busy');
  return run;
}

/** As if the process of the applying run had died. */
async function die(how: 'lease' | 'process'): Promise<void> {
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  const left = how === 'lease' ? { leaseUntil: new Date(0) } : { host: hostname(), pid: gone.pid };
  await place.raw.collection('importruns').updateOne({ state: 'applying' }, { $set: left });
}

describe('one run applies at a time', () => {
  test('a second one is told which is alive', async () => {
    const first = await begin('first.csv');
    expect(await place.stores.intake.begin(request('second.csv'))).toEqual({ source: 'first.csv', since: now });
    expect(await place.stores.ledger.freshness()).toEqual({ asOf: null, sample: false, applying: true });
    await first.finish(now.add({ minutes: 1 }), counts);
    expect(await place.stores.ledger.freshness()).toEqual({ asOf: now.add({ minutes: 1 }), sample: false, applying: false });
    await (await begin('second.csv')).finish(now, counts);
  });

  test('of many that start together exactly one begins', async () => {
    const runs = await Promise.all(Array.from({ length: 10 }, (_, i) => place.stores.intake.begin(request(`${i}.csv`))));
    expect(runs.filter((run) => 'write' in run)).toHaveLength(1);
  });
});

describe('accounts are marked before their first row and freed at the end', () => {
  test('with a raised revision and version', async () => {
    await place.load([invoice('I1'), invoice('I2', { account: 'C2' })]);
    const run = await begin('next.csv');
    await run.write([invoice('I1', { total: 5 }), invoice('I2', { account: 'C2' })]);
    const state = async () => {
      const found = await place.raw.collection('accounts').find({}).sort({ 'ledger.number': 1 }).toArray();
      return found.map(({ dirty, ledgerRevision, version }) => [dirty, ledgerRevision, version]);
    };
    expect(await state()).toEqual([
      [run.id, 2, 2],
      [null, 1, 1],
    ]);
    await run.write([invoice('I1', { total: 6 })]);
    expect(await state()).toEqual([
      [run.id, 2, 2],
      [null, 1, 1],
    ]);
    await run.finish(now, counts);
    expect(await state()).toEqual([
      [null, 2, 2],
      [null, 1, 1],
    ]);
  });

  test('an import that fails on the way leaves right balances, no marks and no new freshness', async () => {
    await place.load([invoice('I1')]);
    const before = await place.stores.ledger.freshness();
    const failing = {
      name: 'failing.csv',
      declares: 'changes' as const,
      tellsBalances: true,
      pass: 0,
      async *rows() {
        this.pass += 1;
        for (let i = 0; i < 1500; i += 1) yield { line: i, record: payment(`P${i}`, 1, { I1: 1 }) };
        if (this.pass === 2) throw new Error('the disk is gone');
      },
    };
    await expect(place.run({ source: failing })).rejects.toThrow('the disk is gone');
    expect(await place.openOf('I1')).toBe(9_000);
    expect(await place.raw.collection('accounts').countDocuments({ dirty: { $ne: null } })).toBe(0);
    expect(await place.stores.ledger.freshness()).toEqual(before);
  });
});

describe('a killed run', () => {
  /** Half written: the payment is there, the invoice's balance is not yet. */
  async function killHalfWay(how: 'lease' | 'process'): Promise<void> {
    await place.load([invoice('I1')]);
    const run = await begin('killed.csv');
    await run.write([payment('P1', 4_000, { I1: 4_000 })]);
    await place.raw.collection('invoices').updateMany({}, { $set: { open: 10_000 } });
    await place.raw.collection('payments').updateMany({}, { $set: { unapplied: 4_000, 'allocations.0.applied': 0 } });
    await die(how);
  }

  test.each(['lease', 'process'] as const)('does not block: known by its %s, it is completed by the next import', async (how) => {
    await killHalfWay(how);
    expect(await place.load([invoice('I2')])).toMatchObject({ healed: ['killed.csv'], openInvoices: 2 });
    expect(await place.openOf('I1')).toBe(6_000);
    expect(await place.openCredits()).toEqual([]);
    expect(await place.raw.collection('accounts').countDocuments({ dirty: { $ne: null } })).toBe(0);
  });

  test('is completed at the next start, which stamps no freshness', async () => {
    await killHalfWay('process');
    const before = (await place.stores.ledger.freshness()).asOf;
    expect(await place.stores.intake.heal(now)).toEqual(['killed.csv']);
    expect(await place.openOf('I1')).toBe(6_000);
    expect(await place.stores.ledger.account(accountId('C1'))).not.toBeNull();
    expect(await place.raw.collection('accounts').countDocuments({ dirty: { $ne: null } })).toBe(0);
    expect(await place.stores.ledger.freshness()).toEqual({ asOf: before, sample: false, applying: false });
    expect(await place.stores.intake.heal(now)).toEqual([]);
  });

  test('that lives on elsewhere is left alone at a start', async () => {
    const run = await begin('alive.csv');
    expect(await place.stores.intake.heal(now)).toEqual([]);
    await run.finish(now, counts);
  });

  test('that wakes up after another took over writes nothing more', async () => {
    const { now: clock } = Date;
    const run = await begin('paused.csv');
    await die('lease');
    await place.load([invoice('I1')]);
    // The pause: its next step notices that its lease is due.
    Date.now = () => clock() + 60_000;
    try {
      await expect(run.write([invoice('I9')])).rejects.toThrow(/another took its place/);
    } finally {
      Date.now = clock;
    }
    expect(await place.openOf('I9')).toBeUndefined();
  });
});
