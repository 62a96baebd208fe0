import { expect, it } from 'vitest';
import { pageOf, workListReply } from '../../src/follow-up/work-list.view.ts';
import type { WorkEntry } from '../../src/follow-up/worklist.ts';
import { day } from '../../src/kernel/day.ts';

const today = day('2026-11-20');
const now = Temporal.Instant.from('2026-11-20T09:00:00Z');
const freshness = { asOf: now, sample: false, applying: false };
const oldest = { invoice: '<I*1>', daysPastDue: 1 };

const entry = (name: string, more: Partial<WorkEntry> = {}): WorkEntry => ({
  item: {
    account: name,
    name,
    number: '',
    collector: 'U1',
    status: 'active',
    hold: null,
    snooze: null,
    autopay: false,
    owner: '',
    open: true,
    decision: null,
    overdue: [{ currency: 'EUR', overdue: 100, invoices: 1, weight: 100, oldest }],
  },
  step: { do: 'check-direct-debit', ...oldest },
  coveredFor: null,
  ...more,
});
const reply = (entries: WorkEntry[], page = 0) => workListReply({ today, freshness, entries }, 'U1', page, 'Europe/London', now);
const text = (entries: WorkEntry[], page = 0) => JSON.stringify(reply(entries, page).blocks);

it('stays below fifty blocks with ten accounts a page', () => {
  const entries = Array.from({ length: 25 }, (_, index) => entry(`account ${index}`));
  expect(reply(entries).blocks.length).toBeLessThan(50);
  expect(text(entries, 2).match(/Open card/g)).toHaveLength(5);
});

it('shows the last page, and says so, where the wanted one is not there any more', () => {
  const entries = Array.from({ length: 11 }, (_, index) => entry(`account ${index}`));
  expect(text(entries, 9)).toContain('The list has become shorter');
  expect(text(entries, 9)).toContain('Page 2 of 2');
  expect(text(entries, 1)).not.toContain('The list has become shorter');
  expect(pageOf([], 3)).toEqual({ rows: [], page: 0, pages: 1 });
});

it('escapes what came from data', () => {
  expect(text([entry('<!channel> *x*')])).toContain('&lt;!channel&gt; \u200b*\u200bx\u200b*\u200b');
  expect(text([entry('x')])).toContain('&lt;I\u200b*\u200b1&gt;');
});

it('marks for whom somebody covers, and an account that must be decided by hand', () => {
  expect(text([entry('x', { coveredFor: 'U2' })])).toContain('You cover for <@U2>, who is away');
  expect(text([entry('x', { step: { do: 'decide-by-hand', status: 'insolvent' } })])).toContain(
    '*Decide by hand*: the customer is insolvent',
  );
});

it('says so when nothing waits', () => {
  expect(text([])).toContain('Nothing is waiting for <@U1>');
});
