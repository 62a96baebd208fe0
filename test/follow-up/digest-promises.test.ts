import { expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { digestPromises } from '../../src/follow-up/digest-promises.ts';
import { addDays, day } from '../../src/kernel/day.ts';

const today = day('2026-11-23');
const accounts = [{ id: 'a1', name: 'Otterby Foods Ltd' }];

function promise(id: string, date: typeof today) {
  const parts = [{ invoice: 'A', amount: 100, openThen: 100 }];
  return { id, entity: 'NWUK', currency: 'GBP', amount: 100, date, parts, saidBy: 'Ms Larch', takenBy: 'U0MARA', on: today };
}
function past(id: string, closed: typeof today) {
  const { parts: _, on: __, ...promised } = promise(id, addDays(closed, -3));
  return { ...promised, invoices: ['A'], closed, paid: 100, outcome: 'kept' as const, chased: false };
}

it('names what is promised for today, and neither tomorrow nor what runs through its grace', () => {
  const work = new Map([
    ['a1', { ...NEW_WORK, promises: [promise('t', today), promise('y', addDays(today, -1)), promise('m', addDays(today, 1))] }],
  ]);
  expect(digestPromises(accounts, work, today, addDays(today, -3), undefined).due.map(({ id }) => id)).toEqual(['t']);
});

it('tells each end once: from the day of the digest before, without what that one told', () => {
  const friday = addDays(today, -3);
  const work = new Map([
    ['a1', { ...NEW_WORK, pastPromises: [past('thu', addDays(friday, -1)), past('fri', friday), past('sat', addDays(friday, 1))] }],
  ]);
  const first = digestPromises(accounts, work, friday, addDays(friday, -1), undefined);
  expect(first.ended.map(({ id }) => id)).toEqual(['thu', 'fri', 'sat']);
  const told = { due: [], ended: first.ended.filter(({ id }) => id === 'fri') };
  // What ended on Friday after Friday's digest comes on Monday.
  expect(digestPromises(accounts, work, today, friday, told).ended.map(({ id }) => id)).toEqual(['sat']);
  expect(digestPromises(accounts, work, today, friday, undefined).ended.map(({ id }) => id)).toEqual(['fri', 'sat']);
});
