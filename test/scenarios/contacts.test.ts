import { expect, it } from 'vitest';
import { callable, knownContacts, mailable } from '../../src/account/contact-book.ts';
import { invoice, Walk } from '../support/account-days.ts';
import { callAt } from '../support/calls.ts';

// 2026-01-05 is a Monday. Otterby's ledger names two people: Ms Larch in accounts payable, first, and Mr Fell, its director.

const LARCH = { id: 'larch', account: 'otterby', name: 'Imogen Larch', email: 'larch@otterby.example', phone: '+44 20 7946 0123' };
const FELL = { id: 'fell', account: 'otterby', name: 'Otto Fell', email: 'fell@otterby.example', phone: '+44 20 7946 0456' };
const ROWS = [
  { ...LARCH, role: 'accounts-payable', rank: 1, doNotContact: false },
  { ...FELL, role: 'decision-maker', rank: 2, doNotContact: false },
];
const QUAY = { name: 'Ada Quay', email: 'quay@otterby.example', phone: '', role: 'bookkeeper', source: 'their website' };

const known = (walk: Walk) => knownContacts(ROWS, walk.work.contacts, 'otterby');
const writesTo = (walk: Walk) => mailable(known(walk)).map(({ name }) => name);
const calls = (walk: Walk) => callable(known(walk)).map(({ name }) => name);

it('a week with the people at Otterby: whom we write to and call changes as we learn more', () => {
  const walk = new Walk('2026-01-19', [invoice('A', '2026-01-05')]);
  expect([writesTo(walk), calls(walk)]).toEqual([
    ['Imogen Larch', 'Otto Fell'],
    ['Imogen Larch', 'Otto Fell'],
  ]);
  // Monday 19 January: Ms Larch's number belongs to somebody else. Her mail still reaches her; the next call goes to Mr Fell.
  walk.record(callAt(walk, 'wrong-number'));
  expect([writesTo(walk), calls(walk)]).toEqual([['Imogen Larch', 'Otto Fell'], ['Otto Fell']]);
  // Tuesday: Mr Fell asks that nobody contacts him any more.
  walk.goTo('2026-01-20');
  walk.record({ do: 'mark-contact', contact: 'fell', name: FELL.name, mark: 'doNotContact', set: true });
  expect([writesTo(walk), calls(walk)]).toEqual([['Imogen Larch'], []]);
  // Wednesday: Mara enters Ms Quay with the place she found her, and puts her first.
  walk.goTo('2026-01-21');
  walk.record({ do: 'add-contact', id: 'quay', contact: QUAY });
  expect(writesTo(walk)).toEqual(['Imogen Larch', 'Ada Quay']);
  walk.record({ do: 'order-contacts', order: ['quay', 'larch', 'fell'] });
  expect(writesTo(walk)).toEqual(['Ada Quay', 'Imogen Larch']);
  // Thursday: the mail to Ms Quay comes back; steps go to the next one in order.
  walk.goTo('2026-01-22');
  walk.record({ do: 'mark-bounced', contact: 'quay', email: QUAY.email });
  expect(writesTo(walk)).toEqual(['Imogen Larch']);
  // Friday: Mr Fell has changed his mind. He is still the one who decides.
  walk.goTo('2026-01-23');
  walk.record({ do: 'mark-contact', contact: 'fell', name: FELL.name, mark: 'doNotContact', set: false });
  expect(writesTo(walk)).toEqual(['Imogen Larch', 'Otto Fell']);
  expect(known(walk).find(({ id }) => id === 'fell')).toMatchObject({ decisionMaker: true });
});

it('Monday 19 January: the ledger says “do not contact”; no mark of ours lifts that', () => {
  const walk = new Walk('2026-01-19', [invoice('A', '2026-01-05')]);
  walk.record({ do: 'mark-contact', contact: 'fell', name: FELL.name, mark: 'doNotContact', set: false });
  const rows = ROWS.map((row) => ({ ...row, doNotContact: row.id === 'fell' }));
  expect(mailable(knownContacts(rows, walk.work.contacts, 'otterby')).map(({ name }) => name)).toEqual(['Imogen Larch']);
});

it('Wednesday 21 January: somebody without a source, or without any way to reach them, is not entered', () => {
  const walk = new Walk('2026-01-21', [invoice('A', '2026-01-05')]);
  const enter = (contact: typeof QUAY) => () => walk.record({ do: 'add-contact', id: 'quay', contact });
  expect(enter({ ...QUAY, source: ' ' })).toThrow('source-missing');
  expect(enter({ ...QUAY, email: '' })).toThrow('contact-unreachable');
  expect(enter({ ...QUAY, email: 'Ada Quay <quay@otterby.example>' })).toThrow('contact-address');
  expect(walk.work.contacts).toEqual([]);
});
