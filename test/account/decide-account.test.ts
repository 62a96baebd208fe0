import { describe, expect, it } from 'vitest';
import { type AccountRequest, type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import { decideAccount } from '../../src/account/decide-account.ts';
import { awaited, judgePromise, promiseLapsed } from '../../src/arrangements/promise.ts';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { nextDemand, positionIn } from '../../src/follow-up/ladder.ts';
import { day } from '../../src/kernel/day.ts';
import { weekendOf, workingDaysSince } from '../../src/kernel/working-days.ts';

const today = day('2026-11-20');
const decide = (request: AccountRequest, work: AccountWork = NEW_WORK) => decideAccount(work, request, 'U0MARA', today, day('2027-05-19'));
const workAfter = (work: AccountWork, ...requests: AccountRequest[]): AccountWork =>
  requests.reduce((before, request) => {
    const decided = decide(request, before);
    if ('refused' in decided) throw new Error(decided.refused);
    return decided.work;
  }, work);

const promise = (more: object = {}): AccountRequest => ({
  do: 'record-promise',
  id: 'p1',
  entity: 'NWUK',
  currency: 'GBP',
  amount: 150_000,
  date: today,
  invoices: [
    { invoice: 'A', open: 100_000, free: 100_000 },
    { invoice: 'B', open: 80_000, free: 60_000 },
  ],
  saidBy: 'Ms Larch',
  ...more,
});

describe('a promise', () => {
  it('is laid on its invoices, oldest first', () => {
    expect(workAfter(NEW_WORK, promise()).promises).toMatchObject([
      {
        takenBy: 'U0MARA',
        on: today,
        parts: [
          { invoice: 'A', amount: 100_000, openThen: 100_000 },
          { invoice: 'B', amount: 50_000, openThen: 80_000 },
        ],
      },
    ]);
  });

  it('may take all that is free, and not a cent more', () => {
    expect(decide(promise({ amount: 160_000 }))).toHaveProperty('work');
    expect(decide(promise({ amount: 160_001 }))).toEqual({ refused: 'promise-above-balance' });
    expect(decide(promise({ amount: 0 }))).toEqual({ refused: 'amount-not-positive' });
    expect(decide(promise({ amount: 0.5 }))).toEqual({ refused: 'amount-not-positive' });
    expect(decide(promise({ invoices: [] }))).toEqual({ refused: 'no-invoice-chosen' });
  });

  it('names today or later, within half a year', () => {
    expect(decide(promise({ date: day('2026-11-19') }))).toEqual({ refused: 'promise-in-past' });
    expect(decide(promise({ date: day('2027-05-19') }))).toHaveProperty('work');
    expect(decide(promise({ date: day('2027-05-20') }))).toEqual({ refused: 'promise-too-far' });
  });

  it('leaves the account when it is closed, and only once', () => {
    const close: AccountRequest = { do: 'close-promise', id: 'p1', outcome: 'withdrawn', paid: 0, note: 'new date' };
    const closed = workAfter(NEW_WORK, promise(), close);
    expect(closed.promises).toEqual([]);
    expect(decide(close, closed)).toEqual({ refused: 'no-such-promise' });
  });

  it('runs through its date and two business days of grace', () => {
    const calendar = { weekend: weekendOf('GB'), holidays: new Set<string>() };
    const lapsed = (on: string) => promiseLapsed({ date: day('2026-11-20') }, day(on), calendar, 2);
    expect(['2026-11-20', '2026-11-24', '2026-11-25'].map(lapsed)).toEqual([false, false, true]);
  });

  it('is kept, partly kept or broken by what came in', () => {
    const [open] = workAfter(NEW_WORK, promise({ amount: 100_000 })).promises;
    const judged = (openNow: number, lapsed: boolean) => judgePromise(open!, () => openNow, lapsed);
    expect(judged(100_000, false)).toBeNull();
    expect(judged(0, false)).toMatchObject({ outcome: 'kept', paid: 100_000 });
    expect(judged(40_000, false)).toBeNull();
    expect(judged(40_000, true)).toMatchObject({ outcome: 'partly-kept', paid: 60_000 });
    expect(judged(100_000, true)).toMatchObject({ outcome: 'broken', paid: 0 });
  });

  it('awaits less as money comes in, and never more than is open', () => {
    const part = { invoice: 'A', amount: 60_000, openThen: 100_000 };
    expect([100_000, 70_000, 40_000, 0].map((openNow) => awaited(part, openNow))).toEqual([60_000, 30_000, 0, 0]);
    expect(awaited(part, 130_000)).toBe(60_000);
  });
});

describe('a dispute', () => {
  const dispute = (amount: number, id = 'd1'): AccountRequest => ({
    do: 'record-dispute',
    id,
    entity: 'NWUK',
    invoice: 'A',
    currency: 'GBP',
    amount,
    open: 100_000,
    reason: 'price',
    note: '',
    owner: 'U0TOM',
    channel: null,
    until: day('2026-12-04'),
  });

  it('may cover what is open and not disputed yet', () => {
    expect(decide(dispute(100_000))).toHaveProperty('work');
    expect(decide(dispute(100_001))).toEqual({ refused: 'dispute-above-open' });
    const work = workAfter(NEW_WORK, dispute(70_000));
    expect(decide(dispute(30_000, 'd2'), work)).toHaveProperty('work');
    expect(decide(dispute(30_001, 'd2'), work)).toEqual({ refused: 'dispute-above-open' });
    expect(decide(dispute(0))).toEqual({ refused: 'amount-not-positive' });
  });

  it('leaves the account with its outcome', () => {
    const rejected = { do: 'close-dispute', id: 'd1', parts: [{ outcome: 'rejected', amount: 70_000 }], credited: 0, note: '' } as const;
    const decided = decide(rejected, workAfter(NEW_WORK, dispute(70_000)));
    expect(decided).toMatchObject({ work: { disputes: [] }, facts: [{ type: 'dispute-closed', invoice: 'A', amount: 70_000 }] });
    expect(decide(rejected)).toEqual({ refused: 'no-such-dispute' });
  });
});

describe('a reply', () => {
  const received: AccountRequest = { do: 'record-reply', id: 'r1', kind: 'out-of-office', received: today };

  it('waits until it is answered; an answer is the contact of its day, and none needed is none', () => {
    const work = workAfter(NEW_WORK, received);
    expect(work.replies).toEqual([{ id: 'r1', kind: 'out-of-office', received: today, by: 'U0MARA' }]);
    expect(workAfter(work, { do: 'answer-reply', id: 'r1', how: 'call' })).toMatchObject({ replies: [], lastContact: today });
    expect(workAfter(work, { do: 'answer-reply', id: 'r1', how: 'none-needed' })).toMatchObject({ replies: [], lastContact: null });
    expect(decide({ do: 'answer-reply', id: 'r2', how: 'mail' }, work)).toEqual({ refused: 'no-such-reply' });
  });

  it('came in today or before', () => {
    expect(decide({ do: 'record-reply', id: 'r1', kind: 'stop', received: day('2026-11-21') })).toEqual({ refused: 'received-in-future' });
  });
});

describe('a contact', () => {
  const contact = (more: object = {}): AccountRequest => ({
    do: 'record-contact',
    entity: 'NWUK',
    on: today,
    channel: 'email',
    purpose: 'stage',
    stage: { key: 'firm', offset: 21 },
    invoices: ['A', 'B'],
    open: ['A', 'B', 'C'],
    ...more,
  });

  it('by a stage names its invoices and is a written demand', () => {
    const work = workAfter(NEW_WORK, contact());
    expect(work).toMatchObject({
      lastContact: today,
      ladders: [{ entity: 'NWUK', lastDemand: today, lastStage: today, lastContact: today }],
    });
    expect(work.ladders[0]?.named.map((each) => `${each.invoice} ${each.stage}`)).toEqual(['A firm', 'B firm']);
  });

  it.each([
    ['a call', { channel: 'call' }, { lastDemand: null, lastStage: today, lastContact: today }],
    ['a note', { stage: { key: 'note', offset: -7 } }, { lastDemand: null, lastStage: today, lastContact: today }],
    ['an answer', { purpose: 'answer', stage: null }, { lastDemand: null, lastStage: null, lastContact: today }],
    ['a copy', { purpose: 'copy', stage: null }, { lastDemand: null, lastStage: null, lastContact: today }],
    ['a decision by people', { channel: 'task' }, { lastDemand: null, lastStage: today, lastContact: null }],
    ['a letter', { channel: 'letter' }, { lastDemand: today, lastStage: today, lastContact: today }],
  ])('%s counts for what it is', (_, more, expected) => {
    expect(workAfter(NEW_WORK, contact(more)).ladders[0]).toMatchObject(expected);
  });

  it('leaves what stands higher where it is, and forgets what is closed', () => {
    const work = workAfter(NEW_WORK, contact(), contact({ stage: { key: 'friendly', offset: 3 }, invoices: ['A', 'C'], open: ['A', 'C'] }));
    expect(work.ladders[0]?.named.map((each) => `${each.invoice} ${each.stage}`)).toEqual(['A firm', 'C friendly']);
  });

  it('told afterwards keeps the later day, and cannot lie in the future', () => {
    const work = workAfter(NEW_WORK, contact(), contact({ on: day('2026-11-10') }));
    expect(work.ladders[0]).toMatchObject({ lastDemand: today });
    expect(decide(contact({ on: day('2026-11-21') }))).toEqual({ refused: 'contact-in-future' });
    expect(decide(contact({ stage: null }))).toEqual({ refused: 'stage-missing' });
  });
});

describe('where an account stands', () => {
  it('a confirmed start is said once', () => {
    const start: AccountRequest = { do: 'confirm-start', entity: 'NWUK', stage: { key: 'firm', offset: 21 }, sent: null, invoices: ['A'] };
    const work = workAfter(NEW_WORK, start);
    expect(work.ladders[0]).toMatchObject({
      start: { stage: 'firm', by: 'U0MARA' },
      named: [{ invoice: 'A', stage: 'firm' }],
      lastDemand: null,
    });
    expect(decide(start, work)).toEqual({ refused: 'start-confirmed-before' });
  });

  it('a jump goes forward and has a reason', () => {
    const jump = (to: string, reason = 'x'): AccountRequest => ({
      do: 'jump',
      entity: 'NWUK',
      invoice: 'A',
      from: 'reminder',
      to,
      order: ['friendly', 'reminder', 'firm'],
      reason,
    });
    expect(decide(jump('firm'))).toHaveProperty('work');
    expect(decide(jump('reminder'))).toEqual({ refused: 'jump-not-forward' });
    expect(decide(jump('gone'))).toEqual({ refused: 'no-such-stage' });
    expect(decide(jump('firm', ' '))).toEqual({ refused: 'reason-missing' });
  });

  it('is found in a policy that has no such stage any more by the day of the stage', () => {
    const at = (offset: number) => positionIn(DEFAULT_POLICY, { invoice: 'A', stage: 'gone', offset, on: today });
    expect([at(12), at(2), at(-30)].map((index) => DEFAULT_POLICY.stages[index]?.key ?? 'none')).toEqual(['reminder', 'note', 'none']);
    expect(nextDemand(DEFAULT_POLICY, at(12))?.key).toBe('call');
  });
});

describe('working days', () => {
  it('from Monday to the next Monday are five, and no more than enough are counted', () => {
    const calendar = { weekend: weekendOf('GB'), holidays: new Set(['2026-12-25']) };
    expect(workingDaysSince(day('2026-11-16'), day('2026-11-23'), calendar, 9)).toBe(5);
    expect(workingDaysSince(day('2026-12-21'), day('2026-12-28'), calendar, 9)).toBe(4);
    expect(workingDaysSince(day('2026-01-01'), day('2026-11-23'), calendar, 3)).toBe(3);
    expect(workingDaysSince(day('2026-11-23'), day('2026-11-16'), calendar, 9)).toBe(0);
  });

  it('leave out the weekend of the country, and ours', () => {
    expect([...weekendOf('SA')].sort()).toEqual([5, 6, 7]);
    expect([...weekendOf('GB')]).toEqual([6, 7]);
    expect([...weekendOf('')]).toEqual([6, 7]);
  });
});
