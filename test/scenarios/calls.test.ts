import { expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { invoice, Walk } from '../support/account-days.ts';
import { callAt } from '../support/calls.ts';

// 2026-01-05 is a Monday. Otterby owes 1,000.00 pounds since then; the call of day 14 is due on Monday 19 January.

function beforeTheCall(): Walk {
  const walk = new Walk('2026-01-05', [invoice('A', '2026-01-05')]);
  expect(walk.through('2026-01-18')).toEqual(['2026-01-08 friendly A', '2026-01-15 reminder A']);
  expect(walk.decide().action?.stage.key).toBe('call');
  return walk;
}

it('Monday 19 January: reached, no commitment; the firm reminder follows on Monday 26 January', () => {
  const walk = beforeTheCall();
  walk.record(callAt(walk, 'no-commitment', { reason: 'internal-approval' }));
  expect(walk.decide().reasons).toEqual(['contacted-today']);
  expect(walk.work.calls.reasons).toMatchObject([{ reason: 'internal-approval', on: '2026-01-19' }]);
  expect(walk.through('2026-01-27')).toEqual(['2026-01-26 firm A']);
});

it('Monday 19 January: promised for Wednesday the 28th; nothing until Friday the 30th, and on Monday 2 February the firm reminder', () => {
  const walk = beforeTheCall();
  const agreed = {
    do: 'record-promise',
    id: 'p1',
    entity: 'NWUK',
    currency: 'GBP',
    amount: 100_000,
    date: day('2026-01-28'),
    invoices: [{ invoice: 'A', open: 100_000, free: 100_000 }],
    saidBy: 'Ms Larch',
  } as const;
  walk.record(callAt(walk, 'promise', { agreed }));
  // Promised for Wednesday 28 January, two business days of grace.
  expect(walk.through('2026-01-30')).toEqual([]);
  expect(walk.through('2026-02-02')).toEqual(['2026-02-02 firm A']);
});

it('Monday 19 January nobody answers, nor on Tuesday; after Wednesday’s call the written reminder goes on', () => {
  const walk = beforeTheCall();
  for (const date of ['2026-01-19', '2026-01-20']) {
    walk.goTo(date);
    walk.record(callAt(walk, 'no-answer'));
    expect(walk.decide().action?.stage.key).toBe('call');
  }
  walk.goTo('2026-01-21');
  walk.record(callAt(walk, 'no-answer'));
  expect(walk.decide().entities[0]).toMatchObject({
    ...{ at: 'reminder', next: 'firm' },
    invoices: [{ passed: [{ stage: 'call', why: 'call-unreached' }] }],
  });
});

it('Monday 19 January: a message is left, the contact of that day; on Tuesday the call is due again', () => {
  const walk = beforeTheCall();
  walk.record(callAt(walk, 'voicemail'));
  expect(walk.decide().reasons).toEqual(['contacted-today']);
  walk.goTo('2026-01-20');
  expect(walk.decide().action?.stage.key).toBe('call');
});

it('Thursday 8 January: a call besides the policy takes the contact of its day; the friendly reminder goes on Friday', () => {
  const walk = new Walk('2026-01-05', [invoice('A', '2026-01-05')]);
  walk.goTo('2026-01-08');
  walk.record(callAt(walk, 'no-commitment', { stage: null, invoices: [] }));
  expect(walk.through('2026-01-09')).toEqual(['2026-01-09 friendly A']);
});

it('Monday 19 January: they say they paid on the 14th; that is kept with the call, and the firm reminder follows on its day', () => {
  const walk = beforeTheCall();
  const paid = { on: day('2026-01-14'), amount: 100_000, currency: 'GBP', reference: 'FT 4711', invoices: ['A'] };
  walk.record(callAt(walk, 'paid', { paid }));
  expect(walk.work.calls.told).toEqual({ ...paid, heard: '2026-01-19', by: 'U0MARA' });
  // Nobody has seen the money: the ladder goes on as after any call that reached somebody.
  expect(walk.through('2026-01-26')).toEqual(['2026-01-26 firm A']);
  expect(walk.work.calls.told).toMatchObject({ on: '2026-01-14' });
  // Tuesday: nobody answers, which is no news of the payment; Wednesday: they do, and speak of it no more.
  walk.goTo('2026-01-27');
  walk.record(callAt(walk, 'no-answer'));
  expect(walk.work.calls.told).toMatchObject({ on: '2026-01-14' });
  walk.goTo('2026-01-28');
  walk.record(callAt(walk, 'no-commitment'));
  expect(walk.work.calls.told).toBeNull();
});

it('Monday 19 January: a payment of tomorrow, or of nothing, is refused with the whole call', () => {
  const said = { on: null, amount: null, currency: 'GBP', reference: '', invoices: ['A'] };
  for (const [paid, refused] of [
    [{ ...said, on: day('2026-01-20') }, 'paid-in-future'],
    [{ ...said, amount: 0 }, 'paid-not-positive'],
  ] as const) {
    const walk = beforeTheCall();
    const before = walk.work;
    expect(() => walk.record(callAt(walk, 'paid', { paid }))).toThrow(refused);
    expect(walk.work).toBe(before);
  }
});
