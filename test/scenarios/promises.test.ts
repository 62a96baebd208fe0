import { expect, it } from 'vitest';
import { promiseRates, repeatedlyBroken, unchased } from '../../src/arrangements/past-promises.ts';
import { judgePromise, promiseLapsed } from '../../src/arrangements/promise.ts';
import { repeatedWords } from '../../src/arrangements/promise-record.view.ts';
import { day } from '../../src/kernel/day.ts';
import { accountDay, invoice, Walk } from '../support/account-days.ts';
import { callAt } from '../support/calls.ts';

// 2026-01-05 is a Monday. Otterby owes 1,000.00 pounds since then, sold by NWUK; a promise has two business days of grace.

const start = () => new Walk('2026-01-19', [invoice('A', '2026-01-05')]);

/** Ms Larch promises an amount for a day, to Mara. */
function promises(walk: Walk, id: string, date: string, amount = 100_000): void {
  const open = walk.items.map((item) => ({ invoice: item.number, open: item.open, free: item.open, credited: 0 }));
  const what = { id, entity: 'NWUK', currency: 'GBP', amount, date: day(date), invoices: open, saidBy: 'Ms Larch' };
  walk.record({ do: 'record-promise', ...what });
}

/** The morning's look at the promises, as the clock takes it; what ended: 'p1 kept'. `credited`: what credit notes took off invoice A. */
function morning(walk: Walk, date: string, credited = 0): string[] {
  walk.goTo(date);
  const { calendar, rules } = accountDay(date, walk.items);
  const openNow = (number: string) => walk.items.find((item) => item.number === number)?.open ?? 0;
  return walk.work.promises.flatMap((promise) => {
    const lapsed = promiseLapsed(promise, walk.today, calendar, rules.promiseGrace);
    const judged = judgePromise(promise, openNow, lapsed, () => credited);
    if (!judged) return [];
    walk.record({ do: 'close-promise', id: promise.id, note: '', ...judged }, 'clock');
    return [`${promise.id} ${judged.outcome}`];
  });
}

it('promised on Monday 19 January for Friday 23 January: paid in time, it is kept and nobody has to call', () => {
  const walk = start();
  promises(walk, 'p1', '2026-01-23');
  expect(morning(walk, '2026-01-22')).toEqual([]);
  walk.pay('A');
  expect(morning(walk, '2026-01-23')).toEqual(['p1 kept']);
  expect(unchased(walk.work.pastPromises)).toEqual([]);
});

it('promised for Friday 23 January: paid on Tuesday the 27th, the last day of its grace, it is kept; on Wednesday it would be broken', () => {
  // Promised for Friday 23 January; Monday and Tuesday are its grace.
  const kept = start();
  promises(kept, 'p1', '2026-01-23');
  expect(morning(kept, '2026-01-27')).toEqual([]);
  kept.pay('A');
  expect(morning(kept, '2026-01-27')).toEqual(['p1 kept']);
  const broken = start();
  promises(broken, 'p1', '2026-01-23');
  expect(morning(broken, '2026-01-28')).toEqual(['p1 broken']);
});

it('promised for Friday 23 January: 300.00 come by Tuesday; on Wednesday it is partly kept, and a call that day asks about the rest', () => {
  const walk = start();
  promises(walk, 'p1', '2026-01-23');
  walk.pay('A', 30_000);
  expect(morning(walk, '2026-01-27')).toEqual([]);
  expect(morning(walk, '2026-01-28')).toEqual(['p1 partly-kept']);
  expect(unchased(walk.work.pastPromises)).toMatchObject([{ id: 'p1', paid: 30_000 }]);
  // The call on the same day answers it.
  walk.record(callAt(walk, 'no-commitment'));
  expect(unchased(walk.work.pastPromises)).toEqual([]);
  expect(promiseRates(walk.work.pastPromises, walk.today)).toMatchObject([{ partly: { count: 1, amount: 100_000, paid: 30_000 } }]);
});

it('promised for Friday 23 January: on Thursday a credit note covers it, so that it is neither kept nor broken', () => {
  const walk = start();
  promises(walk, 'p1', '2026-01-23');
  walk.pay('A');
  expect(morning(walk, '2026-01-22', 100_000)).toEqual(['p1 credited']);
  expect(promiseRates(walk.work.pastPromises, walk.today)).toEqual([]);
  expect(unchased(walk.work.pastPromises)).toEqual([]);
});

it('promised for Friday 23 January: on Thursday 400.00 are credited and 600.00 are paid; they kept all that was still owed', () => {
  const walk = start();
  promises(walk, 'p1', '2026-01-23');
  walk.pay('A');
  expect(morning(walk, '2026-01-22', 40_000)).toEqual(['p1 kept']);
  expect(walk.work.pastPromises).toMatchObject([{ paid: 60_000 }]);
});

it('broken on Monday 26 January and again on Monday 2 February: the next stage is proposed, and jumping there stays a manager’s act', () => {
  const walk = start();
  promises(walk, 'p1', '2026-01-21');
  expect(morning(walk, '2026-01-26')).toEqual(['p1 broken']);
  expect(repeatedWords(walk.work.pastPromises, walk.today, 'Firm reminder')).toBeNull();
  const stood = walk.decide();
  promises(walk, 'p2', '2026-01-28');
  expect(morning(walk, '2026-02-02')).toEqual(['p2 broken']);
  expect(repeatedWords(walk.work.pastPromises, walk.today, 'Firm reminder')).toBe(
    ':warning: *2 promises broken in the last 90 days.* The next stage is proposed: *Firm reminder*. A manager can jump to it.',
  );
  // Nothing else has changed: no stage was skipped by it.
  expect(walk.decide().entities[0]).toMatchObject({ at: stood.entities[0]!.at, next: stood.entities[0]!.next });
  // The first one ended on Monday 26 January: on day 90 it still counts, the day after it does not.
  expect(repeatedlyBroken(walk.work.pastPromises, day('2026-04-26'))).toBe(2);
  expect(repeatedlyBroken(walk.work.pastPromises, day('2026-04-27'))).toBeNull();
});

it('promised for Friday 23 January and withdrawn on Monday 19 January for a new date: it does not count as broken', () => {
  const walk = start();
  promises(walk, 'p1', '2026-01-23');
  walk.record({ do: 'close-promise', id: 'p1', outcome: 'withdrawn', paid: 0, note: 'a new date' });
  expect(walk.work.pastPromises).toEqual([]);
});
