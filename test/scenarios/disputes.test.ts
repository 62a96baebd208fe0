import { describe, expect, it } from 'vitest';
import type { AccountRequest } from '../../src/account/account-work.ts';
import { decideAccount } from '../../src/account/decide-account.ts';
import { creditArrived, creditedOf, type DisputePart, pastLimit } from '../../src/arrangements/dispute.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { weekendOf, workingDayAfter } from '../../src/kernel/working-days.ts';
import type { CreditNote } from '../../src/ledger/invoice.ts';
import { invoice, Walk } from '../support/account-days.ts';

// 2026-01-05 is a Monday. Invoice A is of 1,000.00 pounds and was due on that day; the customer contests 300.00 of it on Thursday.

const calendar = { weekend: weekendOf('GB'), holidays: new Set<string>() };
const THURSDAY = day('2026-01-08');

function disputed(): Walk {
  const walk = new Walk(THURSDAY, [invoice('A', '2026-01-05')]);
  const what = { id: 'd1', entity: 'NWUK', invoice: 'A', currency: 'GBP', amount: 30_000, open: 100_000 } as const;
  const until = workingDayAfter(THURSDAY, 10, calendar);
  walk.record({ do: 'record-dispute', ...what, reason: 'quality', note: '', owner: 'U0TOM', channel: null, until });
  return walk;
}

const refusal = (walk: Walk, request: AccountRequest) => {
  const decided = decideAccount(walk.work, request, 'U0MARA', walk.today, addDays(walk.today, 180));
  return 'refused' in decided ? decided.refused : null;
};
const close = (walk: Walk, parts: readonly DisputePart[], credited = 0) =>
  walk.record({ do: 'close-dispute', id: 'd1', parts, credited, note: '' });
const asks = (walk: Walk) => walk.decide().action?.totals[0]?.asked ?? null;

describe('a dispute of 300.00 of an invoice of 1,000.00', () => {
  it('Thursday 8 January: that part alone rests; its limit is Thursday 22 January, and on Friday it has passed', () => {
    const walk = disputed();
    expect(asks(walk)).toBe(70_000);
    expect(walk.work.disputes[0]!.until).toBe('2026-01-22');
    expect(pastLimit(walk.work.disputes[0]!, day('2026-01-22'))).toBe(false);
    expect(pastLimit(walk.work.disputes[0]!, day('2026-01-23'))).toBe(true);
  });

  it('Wednesday 14 January: rejected; the customer learns it first, and on Wednesday 21 January the reminder asks for all of it', () => {
    const walk = disputed();
    expect(walk.through('2026-01-13')).toEqual(['2026-01-08 friendly A']);
    close(walk, [{ outcome: 'rejected', amount: 30_000 }]);
    expect(walk.through('2026-01-20')).toEqual([]);
    expect(walk.act()).toMatchObject({ stage: { key: 'reminder' }, totals: [{ asked: 100_000 }], leftOut: [] });
  });

  it('Thursday 8 January: to be credited, it rests; on Monday 19 January the credit note is here, and what is left is asked for', () => {
    const walk = disputed();
    walk.act();
    close(walk, [{ outcome: 'credit', amount: 30_000 }]);
    walk.goTo('2026-01-15');
    expect(asks(walk)).toBe(70_000);
    // The credit note comes in on Monday, taken off the invoice.
    walk.goTo('2026-01-19');
    walk.pay('A', 30_000);
    walk.record({ do: 'credit-arrived', id: 'd1', credited: 30_000 }, 'clock');
    expect(walk.work.disputes).toEqual([]);
    expect(asks(walk)).toBe(70_000);
  });

  it('Thursday 8 January: paid after all; on Thursday 15 January the 700.00 left are asked for', () => {
    const walk = disputed();
    walk.act();
    walk.pay('A', 30_000);
    close(walk, [{ outcome: 'paid', amount: 30_000 }]);
    walk.goTo('2026-01-15');
    expect(asks(walk)).toBe(70_000);
  });

  it('Thursday 8 January, in parts: 200.00 are credited and rest, 100.00 are asked for again on Thursday 15 January', () => {
    const walk = disputed();
    walk.act();
    const parts: DisputePart[] = [
      { outcome: 'credit', amount: 20_000 },
      { outcome: 'rejected', amount: 10_000 },
    ];
    close(walk, parts);
    walk.goTo('2026-01-15');
    expect(asks(walk)).toBe(80_000);
    expect(walk.work.disputes).toMatchObject([{ amount: 20_000, credit: { on: '2026-01-08' } }]);
    expect(refusal(walk, { do: 'close-dispute', id: 'd1', parts, credited: 0, note: '' })).toBe('dispute-decided');
  });

  it('Thursday 8 January: parts that are a penny off are refused, and nothing is half done', () => {
    for (const amount of [29_999, 30_001, 0, 12.5]) {
      const walk = disputed();
      expect(refusal(walk, { do: 'close-dispute', id: 'd1', parts: [{ outcome: 'credit', amount }], credited: 0, note: '' })).toBe(
        'parts-differ',
      );
      expect(walk.work.disputes[0]!.amount).toBe(30_000);
    }
  });
});

describe('the limit', () => {
  it('Thursday 22 January nothing is told, Friday the 23rd it is, once; with more time until the 30th it is told again on the 31st', () => {
    const walk = disputed();
    const overdue = { do: 'dispute-overdue', id: 'd1' } as const;
    walk.goTo('2026-01-22');
    expect(refusal(walk, overdue)).toBe('dispute-not-overdue');
    walk.goTo('2026-01-23');
    walk.record(overdue, 'clock');
    expect(refusal(walk, overdue)).toBe('dispute-not-overdue');
    const more = { do: 'extend-dispute', id: 'd1', reason: 'the carrier answers next week' } as const;
    expect(refusal(walk, { ...more, until: day('2026-01-23') })).toBe('day-not-in-future');
    expect(refusal(walk, { ...more, until: day('2026-01-30'), reason: ' ' })).toBe('reason-missing');
    walk.record({ ...more, until: day('2026-01-30') });
    expect(refusal(walk, { ...more, until: day('2026-01-30') })).toBe('limit-not-later');
    walk.goTo('2026-01-31');
    walk.record(overdue, 'clock');
  });
});

describe('a step towards agreement', () => {
  const step = { who: 'J. Rhys', ours: ['U0INES'], on: day('2026-01-12'), cost: 50_000, note: '' };
  const take = (kind: 'talk' | 'senior' | 'mediator' | 'arbitration', over: Partial<typeof step> = {}, clause = false): AccountRequest => ({
    do: 'take-dispute-step',
    id: 'd1',
    step: { ...step, kind, ...over },
    clause,
  });

  it('Monday 12 January: senior to senior names somebody of ours, a mediator the mediator', () => {
    const walk = disputed();
    expect(refusal(walk, take('senior', { ours: [] }))).toBe('step-names-nobody');
    expect(refusal(walk, take('mediator', { who: '' }))).toBe('step-names-nobody');
    expect(refusal(walk, take('mediator', { cost: -1 }))).toBe('cost-negative');
    walk.record(take('senior', { who: '' }));
    walk.record(take('mediator'));
    expect(walk.work.disputes[0]!.steps.map(({ kind, cost }) => [kind, cost])).toEqual([
      ['senior', 50_000],
      ['mediator', 50_000],
    ]);
  });

  it('Monday 12 January: arbitration only where the contract provides for it', () => {
    const walk = disputed();
    expect(refusal(walk, take('arbitration'))).toBe('arbitration-not-agreed');
    walk.record(take('arbitration', {}, true));
  });
});

describe('what credit notes have taken off an invoice', () => {
  const note = (amount: number, allocated: Record<string, number>, over: Partial<CreditNote> = {}): CreditNote => ({
    id: 'n',
    account: 'a',
    entity: 'NWUK',
    number: 'CN-1',
    currency: 'GBP',
    amount,
    issued: day('2026-01-19'),
    allocations: Object.entries(allocated).map(([number, taken]) => ({ invoice: number, amount: taken })),
    cancelled: false,
    reason: '',
    ...over,
  });
  const on = { entity: 'NWUK', invoice: 'A', currency: 'GBP' };

  it('counts its own share and what lies open, not what went to others, other sellers, other currencies or was cancelled', () => {
    expect(creditedOf(on, [note(30_000, { A: 30_000 })])).toBe(30_000);
    expect(creditedOf(on, [note(30_000, {})])).toBe(30_000);
    expect(creditedOf(on, [note(30_000, { B: 20_000, A: 5_000 })])).toBe(10_000);
    for (const over of [{ entity: 'NWEU' }, { currency: 'EUR' }, { cancelled: true }])
      expect(creditedOf(on, [note(30_000, { A: 30_000 }, over)])).toBe(0);
  });

  it('has arrived when it reaches what was agreed, beyond what was credited before', () => {
    const agreed = { amount: 20_000, credit: { before: 10_000, on: THURSDAY } };
    expect(creditArrived(agreed, 29_999)).toBe(false);
    expect(creditArrived(agreed, 30_000)).toBe(true);
    expect(creditArrived({ amount: 20_000, credit: null }, 99_999)).toBe(false);
  });
});
