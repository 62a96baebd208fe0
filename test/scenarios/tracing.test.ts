import { expect, it } from 'vitest';
import { knownContacts, mailable } from '../../src/account/contact-book.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { invoice, Walk } from '../support/account-days.ts';
import { callAt } from '../support/calls.ts';

// 2026-01-05 is a Monday. Otterby owes 1,000.00 pounds since then; its one contact is Ms Larch.

const LARCH = {
  id: 'larch',
  account: 'otterby',
  name: 'Imogen Larch',
  email: 'larch@otterby.example',
  phone: '+44 20 7946 0123',
  role: '',
  rank: 1,
  doNotContact: false,
};
const bounce = { do: 'mark-bounced', contact: 'larch', email: LARCH.email } as const;
const found = { name: 'Piet Quay', email: 'quay@otterby.example', phone: '', role: 'director' };
const step = { do: 'trace', source: 'register', result: 'The register names a director.', cost: 1200, currency: 'GBP', found } as const;

const start = () => new Walk('2026-01-19', [invoice('A', '2026-01-05')]);
const writesTo = (walk: Walk) => mailable(knownContacts([LARCH], walk.work.contacts, 'otterby')).map(({ name }) => name);

it('Monday 19 January the mail bounces and a call fails, Tuesday a second one: one search opens, and Wednesday’s call opens no other', () => {
  const walk = start();
  // Monday: the mail comes back. One failed call is not enough.
  walk.record(bounce);
  walk.record(callAt(walk, 'no-answer'));
  expect(walk.work.tracing).toBeNull();
  // Tuesday: the second one is.
  walk.goTo('2026-01-20');
  walk.record(callAt(walk, 'wrong-number'));
  expect(walk.work.tracing).toMatchObject({ opened: '2026-01-20', tried: [], found: null });
  // Wednesday: a third changes nothing.
  walk.goTo('2026-01-21');
  walk.record(callAt(walk, 'no-answer'));
  expect(walk.work.tracing).toMatchObject({ opened: '2026-01-20' });
});

it('Monday to Wednesday three calls fail without a bounce: no search; where somebody answered on Monday, Tuesday’s failed call is the first again', () => {
  const calls = start();
  for (const date of ['2026-01-19', '2026-01-20', '2026-01-21']) {
    calls.goTo(date);
    calls.record(callAt(calls, 'no-answer'));
  }
  expect(calls.work.tracing).toBeNull();
  const answered = start();
  answered.record(bounce);
  answered.record(callAt(answered, 'no-answer'));
  answered.record(callAt(answered, 'no-commitment'));
  answered.goTo('2026-01-20');
  answered.record(callAt(answered, 'no-answer'));
  expect(answered.work.tracing).toBeNull();
});

it('Wednesday 21 January somebody is found, Thursday a person confirms it: only then mail goes there; Friday’s failed call opens no new search', () => {
  const walk = start();
  walk.record(bounce);
  walk.record(callAt(walk, 'no-answer'));
  walk.record(callAt(walk, 'no-answer'));
  // Wednesday: Mara looks into the register; Piet Quay is found and not yet in the file.
  walk.goTo('2026-01-21');
  walk.record(step);
  expect(walk.work.tracing).toMatchObject({ tried: [{ source: 'register', cost: 1200 }], found: { name: 'Piet Quay' } });
  expect(writesTo(walk)).toEqual([]);
  // Thursday: Tom confirms it.
  walk.goTo('2026-01-22');
  walk.record({ do: 'confirm-found', id: 'quay', opened: day('2026-01-19'), step: 1 }, 'U0TOM');
  expect(writesTo(walk)).toEqual(['Piet Quay']);
  expect(walk.work.tracing).toBeNull();
  // The old bounce opens no second search, two more failed calls or not.
  for (const date of ['2026-01-23', '2026-01-26']) {
    walk.goTo(date);
    walk.record(callAt(walk, 'no-answer'));
  }
  expect(walk.work.tracing).toBeNull();
});

it('Monday 19 January: two are found and dropped one by one; a button about somebody who was dropped adds nobody', () => {
  const walk = start();
  walk.record(bounce);
  walk.record(callAt(walk, 'no-answer'));
  walk.record(callAt(walk, 'no-answer'));
  walk.record(step);
  walk.record({ ...step, found: { ...found, name: 'Ada Fenn' } });
  const of = (on: string, each: number) => ({ opened: day(on), step: each });
  expect(() => walk.record({ do: 'confirm-found', id: 'quay', ...of('2026-01-19', 1) })).toThrow('nothing-found');
  // A button of an earlier search.
  expect(() => walk.record({ do: 'confirm-found', id: 'quay', ...of('2026-01-12', 2) })).toThrow('nothing-found');
  walk.record({ do: 'drop-found', ...of('2026-01-19', 2) });
  expect(() => walk.record({ do: 'confirm-found', id: 'fenn', ...of('2026-01-19', 2) })).toThrow('nothing-found');
  walk.record({ do: 'end-tracing', reason: 'Every source was tried.' });
  expect([walk.work.tracing, walk.work.tracingEnded]).toEqual([null, addDays(day('2026-01-19'), 0)]);
});
