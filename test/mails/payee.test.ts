import { expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { confirmedAccounts, decidePayee, type PayeeRequest, type PayeesOf } from '../../src/mails/payee.ts';

const IBAN = 'DE02 1203 0000 0000 2020 51';
const on = day('2026-11-30');
const step = (payees: PayeesOf, what: PayeeRequest['do'], by: string, iban = IBAN) =>
  decidePayee(payees, { do: what, entity: 'A', iban }, by, on);
const done = (came: ReturnType<typeof step>) => {
  if ('refused' in came) throw new Error(came.refused);
  return came.payees;
};

it('an account counts once a second person has confirmed it', () => {
  const entered = done(step({}, 'propose', 'U1'));
  expect(confirmedAccounts(entered, 'A')).toEqual([]);
  expect(step(entered, 'confirm', 'U1')).toEqual({ refused: 'payee-same-person' });
  const confirmed = done(step(entered, 'confirm', 'U2', 'de02120300000000202051'));
  expect(confirmedAccounts(confirmed, 'A')).toEqual(['DE02120300000000202051']);
  expect(confirmedAccounts(confirmed, 'B')).toEqual([]);
  expect(step(confirmed, 'confirm', 'U3')).toEqual({ refused: 'payee-confirmed' });
  expect(step(confirmed, 'propose', 'U3')).toEqual({ refused: 'payee-known' });
  expect(confirmedAccounts(done(step(confirmed, 'remove', 'U3')), 'A')).toEqual([]);
});

it('a removed account that comes back is to be confirmed again, and a mistyped one is none', () => {
  const gone = done(step(done(step(done(step({}, 'propose', 'U1')), 'confirm', 'U2')), 'remove', 'U1'));
  expect(confirmedAccounts(done(step(gone, 'propose', 'U2')), 'A')).toEqual([]);
  expect(step({}, 'propose', 'U1', 'DE02120300000000202015')).toEqual({ refused: 'payee-no-iban' });
  expect(step({}, 'confirm', 'U2')).toEqual({ refused: 'payee-unknown' });
});
