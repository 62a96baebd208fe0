import { describe, expect, it } from 'vitest';
import { type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import type { CallOutcome, CallRequest } from '../../src/account/call.ts';
import { callable, knownContacts, mailable } from '../../src/account/contact-book.ts';
import { decideAccount } from '../../src/account/decide-account.ts';
import { ladderOf } from '../../src/follow-up/ladder.ts';
import { addDays, type Day, day } from '../../src/kernel/day.ts';

const MONDAY = day('2026-11-23');

function call(outcome: CallOutcome, more: Partial<CallRequest> = {}): CallRequest {
  return {
    do: 'log-call',
    entity: 'NWUK',
    contact: 'c1',
    name: 'Imogen Larch',
    phone: '+44 20 7946 0123',
    outcome,
    reason: null,
    note: '',
    stage: { key: 'call', offset: 14 },
    invoices: ['A'],
    said: { firm: false, took: [{ invoice: 'A', stage: 'call', days: 14, asked: 100_000, formal: false }], named: ['A'] },
    open: ['A'],
    agreed: null,
    ...more,
  };
}

function decided(work: AccountWork, request: Parameters<typeof decideAccount>[1], on: Day = MONDAY) {
  const decision = decideAccount(work, request, 'U0MARA', on, addDays(on, 180));
  if ('refused' in decision) throw new Error(decision.refused);
  return { work: decision.work, facts: decision.facts.map(({ type }) => type) };
}

const stageOf = (work: AccountWork) => ladderOf(work.ladders, 'NWUK').marks.map(({ stage }) => stage);

describe('a call that is due', () => {
  it('is the step of the policy when somebody was reached', () => {
    const { work, facts } = decided(NEW_WORK, call('no-commitment', { reason: 'cash-flow' }));
    expect(facts).toEqual(['contact-made', 'call-made']);
    expect(stageOf(work)).toEqual(['call']);
    expect(work.lastContact).toBe(MONDAY);
    expect(work.calls.reasons).toEqual([{ reason: 'cash-flow', on: MONDAY, by: 'U0MARA' }]);
  });

  it('keeps the last three reasons, the newest first', () => {
    const reasons = ['cash-flow', 'dispute', 'director-away', 'cash-flow'] as const;
    const { work } = reasons.reduce((before, reason) => decided(before.work, call('no-commitment', { reason })), { work: NEW_WORK });
    expect(work.calls.reasons.map(({ reason }) => reason)).toEqual(['cash-flow', 'director-away', 'dispute']);
  });

  it('a message left is a contact of the day, and no step', () => {
    const { work } = decided(NEW_WORK, call('voicemail'));
    expect(work.lastContact).toBe(MONDAY);
    expect(stageOf(work)).toEqual([]);
  });

  it('a telephone that only rang has contacted nobody', () => {
    const { work, facts } = decided(NEW_WORK, call('no-answer'));
    expect(facts).toEqual(['call-made']);
    expect(work.lastContact).toBeNull();
  });

  it('that reaches nobody is a try, one a day, and raises nothing', () => {
    let work = NEW_WORK;
    for (const _ of [1, 2, 3]) work = decided(work, call('no-answer')).work;
    work = decided(work, call('voicemail'), addDays(MONDAY, 1)).work;
    const tries = [MONDAY, addDays(MONDAY, 1)];
    expect(ladderOf(work.ladders, 'NWUK').offered).toEqual([{ invoice: 'A', stage: 'call', on: MONDAY, tries }]);
    expect(stageOf(work)).toEqual([]);
  });

  it('with a promise is one change: both or neither', () => {
    const agreed = {
      do: 'record-promise',
      id: 'p1',
      entity: 'NWUK',
      currency: 'GBP',
      amount: 60_000,
      date: addDays(MONDAY, 4),
      invoices: [{ invoice: 'A', open: 100_000, free: 100_000 }],
      saidBy: 'Ms Larch',
    } as const;
    const { work, facts } = decided(NEW_WORK, call('promise', { agreed }));
    expect(facts).toEqual(['contact-made', 'call-made', 'promise-recorded']);
    expect(work.promises).toMatchObject([{ id: 'p1', takenBy: 'U0MARA' }]);
    const tooMuch = call('promise', { agreed: { ...agreed, amount: 100_001 } });
    expect(decideAccount(NEW_WORK, tooMuch, 'U0MARA', MONDAY, addDays(MONDAY, 180))).toEqual({ refused: 'promise-above-balance' });
    expect(decideAccount(NEW_WORK, call('promise'), 'U0MARA', MONDAY, MONDAY)).toEqual({ refused: 'call-agreement-missing' });
  });
});

describe('contacts', () => {
  const row = (id: string, rank: number, more = {}) => ({
    id,
    account: 'a1',
    name: id,
    email: `${id}@otterby.example`,
    phone: `+44 20 ${rank}`,
    role: '',
    rank,
    doNotContact: false,
    ...more,
  });
  const rows = [row('c1', 1), row('c2', 2), row('c3', 3, { doNotContact: true })];
  const ids = (contacts: readonly { id: string }[]) => contacts.map(({ id }) => id);

  it('come in the team’s order; whoever must not be contacted is neither written to nor called', () => {
    let work = decided(NEW_WORK, { do: 'order-contacts', order: ['c2', 'c1', 'c3'] }).work;
    expect(ids(mailable(knownContacts(rows, work.contacts, 'a1')))).toEqual(['c2', 'c1']);
    work = decided(work, { do: 'mark-contact', contact: 'c2', name: 'c2', mark: 'doNotContact', set: true }).work;
    expect(ids(mailable(knownContacts(rows, work.contacts, 'a1')))).toEqual(['c1']);
    // What the ledger says stands, whatever the team notes.
    work = decided(work, { do: 'mark-contact', contact: 'c3', name: 'c3', mark: 'doNotContact', set: false }).work;
    expect(ids(callable(knownContacts(rows, work.contacts, 'a1')))).toEqual(['c1']);
  });

  it('an address that bounced is passed over until the ledger has another one; so is a wrong number', () => {
    let work = decided(NEW_WORK, { do: 'mark-bounced', contact: 'c1', email: 'c1@otterby.example' }).work;
    work = decided(work, call('wrong-number', { phone: '+44 20 1' })).work;
    expect(ids(mailable(knownContacts(rows, work.contacts, 'a1')))).toEqual(['c2']);
    expect(ids(callable(knownContacts(rows, work.contacts, 'a1')))).toEqual(['c2']);
    const corrected = [row('c1', 1, { email: 'new@otterby.example', phone: '+44 20 9' }), rows[1]!];
    expect(ids(mailable(knownContacts(corrected, work.contacts, 'a1')))).toEqual(['c1', 'c2']);
    expect(ids(callable(knownContacts(corrected, work.contacts, 'a1')))).toEqual(['c1', 'c2']);
  });
});
