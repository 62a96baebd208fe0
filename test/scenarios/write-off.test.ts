import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dividedOf } from '../../src/arrangements/record-promise.op.ts';
import { FIGURES_CHANGED } from '../../src/escalation/case-on-account.op.ts';
import { changeCase } from '../../src/escalation/change-case.op.ts';
import { reverseWriteOff, writeOffAsked } from '../../src/escalation/write-off.op.ts';
import { readAccountDay } from '../../src/follow-up/account-days.op.ts';
import { day } from '../../src/kernel/day.ts';
import { ACCOUNT, type EscalationDesk, escalationDesk, INES, MARA, PAUL, SARA } from '../support/escalation-desk.ts';
import { invoice, payment } from '../support/ledger-place.ts';

// 23 November 2026 is a Monday. Up to 500.00 one person decides about a write-off, up to 5,000.00 two, above it a finance lead is among them.

let desk: EscalationDesk;
beforeAll(async () => {
  desk = await escalationDesk('2026-11-23');
  const due = day('2026-03-02');
  await desk.load([
    invoice('OLD', { due, total: 600_00 }),
    invoice('OLDER', { due: day('2026-02-02'), total: 400_00 }),
    invoice('PART', { due, total: 1_000_00 }),
    invoice('FRESH', { due: day('2026-11-02'), total: 90_00 }),
    invoice('RACE', { due, total: 120_00 }),
  ]);
});
afterAll(() => desk.close());

const numbers = (...list: string[]) => list.map((number) => ({ entity: 'MAIN', number }));
const wanted = (invoices: readonly string[], amount: number | null = null) =>
  writeOffAsked(desk.ports, {
    ...{ account: ACCOUNT, invoices: numbers(...invoices), amount, code: 'untraceable' },
    reason: 'Two agencies could not find them.',
  });
const ask = async (invoices: readonly string[], amount: number | null = null) => {
  const of = await wanted(invoices, amount);
  if ('refused' in of) throw new Error(of.refused);
  const result = await desk.ask(of.asked);
  if (!result.done) throw new Error(result.refused);
  return result.case;
};
const asked = async () => {
  const read = await readAccountDay(desk.ports, ACCOUNT);
  return Object.fromEntries(dividedOf(read!.cases[0]!).map(({ item, ask }) => [item.number, ask]));
};

describe('a claim that is given up', () => {
  let id = '';

  it('Monday: two people must agree on 1,000.00; the requester is none of them', async () => {
    const of = await ask(['OLD', 'OLDER']);
    id = of.id;
    expect(of).toMatchObject({ amount: 1_000_00, needed: { people: 2, financeLeads: 0 } });
    await expect(desk.approve(id, MARA)).rejects.toThrow('approver-requested');
    await desk.approve(id, INES);
    expect(await desk.carryOut()).toBe(0);
    expect((await asked()).OLD).toBe(600_00);
  });

  it('Tuesday: with the second approval it rests, and the bookkeepers have an instruction', async () => {
    desk.on('2026-11-24');
    await desk.approve(id, SARA);
    expect(await desk.carryOut()).toBe(1);
    expect((await desk.caseOf(id)).state).toBe('carried-out');
    const { writeOffs, postings } = await desk.work();
    expect(writeOffs).toMatchObject([{ id, reason: 'untraceable', requester: MARA, received: 0 }]);
    expect(postings).toMatchObject([{ kind: 'write-off', amount: 1_000_00, lines: [{ invoice: 'OLDER' }, { invoice: 'OLD' }] }]);
    expect(await asked()).toMatchObject({ OLD: 0, OLDER: 0, FRESH: 90_00 });
    expect(await wanted(['OLD'])).toEqual({ refused: 'nothing-free' });
  });

  it('carried out again after a crash, it is done once', async () => {
    const of = await desk.caseOf(id);
    expect(await desk.ports.kinds['write-off']!.carryOut(of, 'another command', async () => false)).toBe('done');
    expect((await desk.work()).writeOffs).toHaveLength(1);
    expect(desk.ports.fingerprint(await desk.ports.kinds['write-off']!.basis(of))).toBe(of.basis);
  });

  it('Wednesday: an import shows the credit notes, and the instruction is done', async () => {
    desk.on('2026-11-25');
    expect(await desk.settle()).toEqual([]);
    const credit = { kind: 'credit-note' as const, date: day('2026-11-25') };
    await desk.load([payment('CN1', 600_00, { OLD: 600_00 }, credit), payment('CN2', 400_00, { OLDER: 400_00 }, credit)]);
    expect((await desk.settle()).map(({ type }) => type)).toEqual(['posting-confirmed']);
    expect((await desk.work()).postings).toEqual([]);
    expect((await desk.work()).writeOffs).toHaveLength(1);
  });

  it('three weeks later: 250.00 comes in after all, is told once, and is taken back', async () => {
    desk.on('2026-12-16');
    await desk.load([payment('LATE', 250_00, { OLD: 250_00 }, { date: day('2026-12-15') })]);
    const [told, ...more] = await desk.settle();
    expect(more).toEqual([]);
    expect(told).toMatchObject({ type: 'write-off-paid', received: 250_00, requester: MARA, by: 'clock' });
    expect(await desk.settle()).toEqual([]);
    expect((await reverseWriteOff(desk.ports, ACCOUNT, id, MARA, 'reverse')).done).toBe(true);
    const { writeOffs, postings } = await desk.work();
    expect(postings).toMatchObject([{ kind: 'write-off-reversal', amount: 250_00, lines: [{ invoice: 'OLD', creditedThen: 600_00 }] }]);
    expect(writeOffs[0]!.parts.map(({ invoice: of, amount }) => `${of} ${amount}`)).toEqual(['OLDER 40000', 'OLD 35000']);
    expect(await reverseWriteOff(desk.ports, ACCOUNT, id, MARA, 'again')).toMatchObject({ refused: 'nothing-came-in' });
  });

  it('a day later: the credit is 350.00 in the ledger, and that instruction is done, too', async () => {
    desk.on('2026-12-17');
    expect(await desk.settle()).toEqual([]);
    const credit = { kind: 'credit-note' as const, date: day('2026-11-25') };
    await desk.load([payment('CN1', 350_00, { OLD: 350_00 }, credit)]);
    expect((await desk.settle()).map(({ type }) => type)).toEqual(['posting-confirmed']);
    expect((await desk.work()).postings).toEqual([]);
  });
});

describe('a part of an invoice', () => {
  it('is given up; the rest is asked for, and what the customer pays counts for the rest first', async () => {
    const of = await ask(['PART'], 400_00);
    await desk.approve(of.id, INES);
    await desk.carryOut();
    expect((await asked()).PART).toBe(600_00);
    await desk.load([payment('P1', 600_00, { PART: 600_00 }, { date: day('2026-12-17') })]);
    expect(await desk.settle()).toEqual([]);
    expect((await asked()).PART).toBe(0);
    await desk.load([payment('P2', 1, { PART: 1 }, { date: day('2026-12-17') })]);
    expect(await desk.settle()).toMatchObject([{ type: 'write-off-paid', received: 1 }]);
  });

  it('that was not booked yet: taking it back makes the instruction smaller, and nothing is booked twice', async () => {
    const of = (await desk.work()).writeOffs.find(({ parts }) => parts[0]!.invoice === 'PART')!;
    await reverseWriteOff(desk.ports, ACCOUNT, of.id, MARA, 'reverse part');
    expect((await desk.work()).postings).toMatchObject([{ kind: 'write-off', amount: 399_99 }]);
    await desk.load([payment('P3', 399_99, { PART: 399_99 }, { date: day('2026-12-17') })]);
    await desk.settle();
    await reverseWriteOff(desk.ports, ACCOUNT, of.id, MARA, 'reverse rest');
    expect((await desk.work()).postings).toEqual([]);
    expect((await desk.work()).writeOffs.map(({ id }) => id)).not.toContain(of.id);
  });
});

describe('who decides follows from the amount', () => {
  it.each([
    [499_99, 1, 0],
    [500_00, 1, 0],
    [500_01, 2, 0],
    [4_999_99, 2, 0],
    [5_000_00, 2, 0],
    [5_000_01, 2, 1],
  ])('%i: %i people, %i of them a finance lead', async (amount, people, financeLeads) => {
    await desk.load([invoice('BAND', { due: day('2026-03-02'), total: 9_000_00 })]);
    const of = await ask(['BAND'], amount);
    expect(of.needed).toEqual({ people, financeLeads });
    const withdraw = { do: 'withdraw', reason: 'Only asked.', mayManage: false } as const;
    expect((await changeCase(desk.ports, of.id, withdraw, MARA, `withdraw:${amount}`)).done).toBe(true);
  });

  it('more than is open, or nothing, is not asked for', async () => {
    expect(await wanted(['FRESH'], 90_01)).toEqual({ refused: 'write-off-above-open' });
    expect(await wanted([])).toEqual({ refused: 'no-invoice-chosen' });
    expect(await wanted(['GONE'])).toEqual({ refused: 'invoice-not-open' });
  });
});

describe('a payment between approval and booking', () => {
  it('voids it and says so', async () => {
    const of = await ask(['RACE']);
    await desk.approve(of.id, PAUL);
    await desk.load([payment('R', 20_00, { RACE: 20_00 }, { date: day('2026-12-17') })]);
    await desk.carryOut();
    expect(await desk.caseOf(of.id)).toMatchObject({ state: 'void', outcome: FIGURES_CHANGED });
    expect((await asked()).RACE).toBe(100_00);
  });
});
