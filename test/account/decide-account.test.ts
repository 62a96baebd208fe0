import { describe, expect, it } from 'vitest';
import { type AccountRequest, type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import { decideAccount } from '../../src/account/decide-account.ts';
import { awaited, judgePromise, promiseLapsed } from '../../src/arrangements/promise.ts';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { ownStage } from '../../src/follow-up/ladder.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { weekendOf, workingDaysSince } from '../../src/kernel/working-days.ts';
import { startOf } from '../support/start-of.ts';

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

  const took = (invoice: string, stage = 'firm', days = 21) => ({ invoice, stage, days, asked: 100_000, formal: false });
  const said = (...list: ReturnType<typeof took>[]) => ({ firm: true, took: list, named: ['A', 'B', 'C'] });
  const marks = ({ ladders }: AccountWork) => ladders[0]?.marks.map((each) => `${each.invoice} ${each.stage} ${each.on}`);

  it('by a stage takes its invoices there and is a written demand', () => {
    const work = workAfter(NEW_WORK, contact({ said: said(took('A'), took('B')) }));
    expect(work).toMatchObject({
      lastContact: today,
      ladders: [
        { entity: 'NWUK', lastMail: today, lastCall: null, lastContact: today, lastFirm: today, last: [{ stage: 'firm', on: today }] },
      ],
    });
    expect(marks(work)).toEqual([`A firm ${today}`, `B firm ${today}`]);
    expect(work.ladders[0]?.named.map(({ invoice }) => invoice)).toEqual(['A', 'B', 'C']);
  });

  it.each([
    ['a call', { channel: 'call' }, { lastMail: null, lastCall: today, lastContact: today }],
    ['a note', { stage: { key: 'note', offset: -7 } }, { lastMail: null, lastCall: null, lastContact: today }],
    ['an answer', { purpose: 'answer', stage: null }, { lastMail: null, lastCall: null, lastContact: today }],
    ['a copy', { purpose: 'copy', stage: null }, { lastMail: null, lastCall: null, lastContact: today }],
    ['a statement', { purpose: 'statement', stage: null }, { lastMail: today, lastCall: null, lastContact: today, last: [] }],
    ['a letter', { channel: 'letter' }, { lastMail: today, lastCall: null, lastContact: today }],
  ])('%s counts for what it is', (_, more, expected) => {
    expect(workAfter(NEW_WORK, contact(more)).ladders[0]).toMatchObject(expected);
  });

  it('takes each invoice to its own stage alone, and keeps the stage of one that is closed for 90 days', () => {
    const firm = workAfter(NEW_WORK, contact({ said: said(took('A'), took('B')) }));
    const later = contact({ said: said(took('C', 'friendly', 3)), open: ['A', 'C'] });
    expect(marks(workAfter(firm, later))).toEqual([`A firm ${today}`, `B firm ${today}`, `C friendly ${today}`]);
    const decided = decideAccount(
      firm,
      { ...later, on: addDays(today, 91) } as AccountRequest,
      'U0MARA',
      addDays(today, 91),
      addDays(today, 91),
    );
    expect('work' in decided && marks(decided.work)).toEqual([`A firm ${today}`, `C friendly ${addDays(today, 91)}`]);
  });

  it('that came back from every recipient counts as not sent', () => {
    const before = workAfter(NEW_WORK, contact({ on: day('2026-11-10'), said: said(took('A', 'reminder', 10)) }));
    const sent = workAfter(before, contact({ said: said(took('A'), took('B')) }));
    expect(sent.ladders[0]).toMatchObject({ lastMail: today, lastFirm: today });
    const back = workAfter(sent, { do: 'take-back-contact', entity: 'NWUK', on: today });
    expect(marks(back)).toEqual(['A reminder 2026-11-10']);
    expect({ ...back.ladders[0], undo: null }).toEqual({ ...before.ladders[0], undo: null });
    // Nobody writes twice on one day all the same.
    expect(back.lastContact).toBe(today);
    expect(decide({ do: 'take-back-contact', entity: 'NWUK', on: today }, back)).toEqual({ refused: 'no-such-contact-made' });
  });

  it('told afterwards keeps the later day, and cannot lie in the future', () => {
    const work = workAfter(NEW_WORK, contact(), contact({ on: day('2026-11-10') }));
    expect(work.ladders[0]).toMatchObject({ lastMail: today, last: [{ stage: 'firm', on: today }] });
    expect(decide(contact({ on: day('2026-11-21') }))).toEqual({ refused: 'contact-in-future' });
    expect(decide(contact({ stage: null }))).toEqual({ refused: 'stage-missing' });
  });
});

describe('where an account stands', () => {
  it('a confirmed start is said once', () => {
    const start = startOf('NWUK', 'firm', [{ number: 'A', due: '2026-10-01' }]);
    const work = workAfter(NEW_WORK, start);
    expect(work.ladders[0]).toMatchObject({
      start: { stage: 'firm', by: 'U0MARA' },
      marks: [{ invoice: 'A', stage: 'firm', on: '2026-10-22', how: 'start' }],
      lastMail: null,
    });
    expect(decide(start, work)).toEqual({ refused: 'start-confirmed-before' });
  });

  it('a jump takes chosen invoices forward and has a reason; what people decide needs a notice first', () => {
    const jump = (to: string, reason = 'x', decision = false): AccountRequest => ({
      ...{ do: 'jump', entity: 'NWUK', invoices: [{ invoice: 'A', at: 'reminder' }], to, decision, reason },
      order: ['friendly', 'reminder', 'firm', 'demand-letter'],
    });
    expect(decide(jump('firm'))).toHaveProperty('work');
    expect(decide(jump('reminder'))).toEqual({ refused: 'jump-not-forward' });
    expect(decide(jump('gone'))).toEqual({ refused: 'no-such-stage' });
    expect(decide(jump('firm', ' '))).toEqual({ refused: 'reason-missing' });
    expect(decide(jump('demand-letter', 'x', true))).toEqual({ refused: 'jump-before-notice' });
    expect(decide({ ...jump('firm'), invoices: [] } as AccountRequest)).toEqual({ refused: 'no-invoice-chosen' });
  });

  it('is found by the day of the stage in a policy that has it no more, and lower where the invoice would have been too young', () => {
    const mark = (stage: string, days: number) =>
      ({ invoice: 'A', stage, days, on: today, asked: null, how: 'email', notice: null }) as const;
    const at = (stage: string, days: number, late: number) =>
      DEFAULT_POLICY.stages[ownStage(DEFAULT_POLICY, mark(stage, days), () => late)]?.key ?? 'none';
    expect([at('gone', 12, 40), at('gone', 2, 40), at('note', -7, 40)]).toEqual(['reminder', 'none', 'none']);
    expect([at('final-notice', 45, 45), at('final-notice', 45, 29), at('final-notice', 45, 1)]).toEqual(['final-notice', 'firm', 'none']);
  });

  it('“no” to a formal step is put off for 60 days at most', () => {
    const no = (until: string): AccountRequest => ({ do: 'refuse-step', entity: 'NWUK', currency: 'GBP', until: day(until) });
    expect(workAfter(NEW_WORK, no('2026-12-18')).ladders[0]).toMatchObject({ no: [{ currency: 'GBP', until: '2026-12-18' }] });
    expect(decide(no('2027-02-28'))).toEqual({ refused: 'no-too-long' });
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
