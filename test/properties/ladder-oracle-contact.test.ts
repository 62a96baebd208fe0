import { describe, expect, it } from 'vitest';
import { decide } from '../support/ladder/oracle.ts';
import { asked, EMPTY_DAY, invoice } from '../support/ladder/replay.ts';
import type { AccountDay, Invoice } from '../support/ladder/types.ts';

/** 2026-03-02 is a Monday. */
const on = (today: string, rest: Partial<AccountDay>) => decide({ ...EMPTY_DAY, today, paymentsUpTo: today, ...rest });
const A = (euros = 1_000, due = '2026-01-05') => invoice('A', euros, due);
const B = (euros = 1_000, due = '2026-01-05', rest: Partial<Invoice> = {}) => invoice('B', euros, due, rest);
type Answer = ReturnType<typeof decide>;
const codes = (answer: Answer, number = 'A') =>
  answer.invoices.find((of) => of.invoice === number)!.reasons.map((reason) => `${reason.code} ${reason.date}`);
const why = (answer: Answer) => answer.reasons.map((reason) => `${reason.code} ${reason.date}`);
const takes = (answer: Answer) =>
  [...(answer.message?.parts.asked ?? []), ...(answer.message?.parts.open ?? [])]
    .filter((line) => line.taken)
    .map((line) => `${line.invoice} ${line.stage}`);
const numbers = (lines: readonly { readonly invoice: string }[]) => lines.map((line) => line.invoice);
const parts = (answer: Answer) =>
  Object.fromEntries(Object.entries(answer.message!.parts).flatMap(([name, lines]) => (lines.length > 0 ? [[name, numbers(lines)]] : [])));

describe('at most one contact per account and day', () => {
  const late = { invoices: [A()] };
  it('and none when one was made today, whatever the entity', () => {
    const contacts = [asked('friendly', '2026-01-15', {}, { entity: 'F' })];
    const answer = on('2026-01-15', { ...late, contacts });
    expect([answer.message, why(answer), answer.nextDate]).toEqual([null, ['contacted-today 2026-01-16'], '2026-01-16']);
  });
  it.each([
    ['on a weekend', '2026-01-17', {}, 'weekend 2026-01-19', '2026-01-19'],
    [
      'on a public holiday',
      '2026-01-15',
      { calendar: { weekend: [6, 7], holidays: ['2026-01-15'] } },
      'public-holiday 2026-01-16',
      '2026-01-16',
    ],
    ['on a status that stops', '2026-01-15', { stopped: true }, 'status-stopped null', null],
    ['with direct debit', '2026-01-15', { autopay: true }, 'autopay null', null],
    ['on hold', '2026-01-15', { holdThrough: '2026-01-15' }, 'on-hold 2026-01-16', '2026-01-16'],
    ['with a ledger older than a business day', '2026-01-15', { paymentsUpTo: '2026-01-13' }, 'stale-ledger null', null],
    ['with nothing open', '2026-01-15', { invoices: [A(0)] }, 'nothing-open null', null],
    ['with nothing late', '2026-01-05', {}, 'nothing-overdue 2026-01-08', '2026-01-08'],
  ])('none %s', (_, today, rest, reason, next) => {
    const answer = on(today, { ...late, ...rest });
    expect([answer.message, why(answer), answer.nextDate]).toEqual([null, [reason], next]);
  });
  it('and payments of the business day before will do', () => {
    expect(takes(on('2026-01-19', { ...late, paymentsUpTo: '2026-01-16' }))).toEqual(['A friendly']);
  });
  it('and entities take turns: not heard of for longest first, then the oldest invoice', () => {
    const invoices = [A(), B(1_000, '2026-01-02', { entity: 'F' })];
    const answer = on('2026-01-15', { invoices });
    expect([answer.message!.entity, answer.entities[0]!.reasons[0]]).toEqual(['F', { code: 'other-entity-first', date: '2026-01-16' }]);
    const contacts = [asked('friendly', '2026-01-07', { B: 1_000 }, { entity: 'F' })];
    expect(on('2026-01-15', { invoices, contacts }).message!.entity).toBe('E');
  });
});

describe('the stage of the message', () => {
  it('is the highest that is due, and the next lower one where that is not allowed', () => {
    const contacts = [asked('firm', '2026-02-02', { A: 1_000 }), asked('friendly', '2026-02-03', { B: 1_000 })];
    const invoices = [A(), B(1_000, '2026-01-28')];
    expect(on('2026-02-10', { invoices, contacts }).message!.stage).toBe('second-contact');
    const spaced = [...contacts, asked('second-contact', '2026-01-28', { C: 1_000 })];
    expect(on('2026-02-10', { invoices, contacts: spaced }).message!.stage).toBe('reminder');
  });
  it('keeps 5 business days between written demands', () => {
    const contacts = [asked('reminder', '2026-01-12', { A: 1_000 })];
    expect(codes(on('2026-01-16', { invoices: [B()], contacts }), 'B')).toEqual(['demand-gap 2026-01-19']);
    expect(takes(on('2026-01-19', { invoices: [B()], contacts }))).toEqual(['B friendly']);
  });
  it('keeps 2 business days between a mail and a call, either way', () => {
    const mail = [asked('reminder', '2026-01-19', { A: 1_000 }), asked('reminder', '2026-01-15', { B: 1_000 })];
    expect(codes(on('2026-01-20', { invoices: [B()], contacts: mail }), 'B')).toEqual(['mail-settles 2026-01-21']);
    const call = [asked('call', '2026-01-15', { A: 1_000 })];
    expect(codes(on('2026-01-16', { invoices: [B()], contacts: call }), 'B')).toEqual(['call-settles 2026-01-19']);
  });
  it('keeps the spacing of a stage', () => {
    const contacts = [asked('second-contact', '2026-02-10', { A: 1_000 }), asked('firm', '2026-02-03', { B: 1_000 })];
    expect(codes(on('2026-02-18', { invoices: [B()], contacts }), 'B')).toEqual(['stage-spacing 2026-02-24']);
    const calls = [asked('manager-call', '2026-02-16', { C: 1 }), asked('reminder', '2026-02-10', { B: 1_000 })];
    expect(codes(on('2026-02-18', { invoices: [B()], contacts: calls }), 'B')).toEqual(['call-gap 2026-02-23']);
  });
  it('takes lower stages of its channel along, each invoice to its own next stage', () => {
    const contacts = [asked('call', '2026-01-21', { A: 1_000 })];
    const answer = on('2026-02-02', { invoices: [A(), B(1_000, '2026-01-31'), invoice('C', 1_000, '2026-01-20')], contacts });
    expect(takes(answer)).toEqual(['A firm', 'C friendly']);
    expect(answer.message!.sums).toEqual([{ currency: 'EUR', asked: 100_000, shown: 300_000, credit: 0 }]);
  });
  it('takes its own stage only when it is formal', () => {
    const contacts = [asked('manager-call', '2026-02-17', { A: 1_000 })];
    const answer = on('2026-02-19', { invoices: [A(), B()], contacts });
    expect([takes(answer), parts(answer), answer.message!.words]).toEqual([['A final-notice'], { asked: ['A'], open: ['B'] }, 'formal']);
  });
});

describe('the parts and words of a message', () => {
  it('shows each invoice in one part', () => {
    const invoices = [
      A(300),
      B(),
      invoice('C', 1_000, '2026-02-28'),
      invoice('D', 900, '2025-12-01'),
      invoice('P', 1_000, '2026-02-01', { promises: [{ amount: 100_000, on: '2026-02-20', day: '2026-03-06' }] }),
      invoice('R', 1_000, '2026-01-20'),
      invoice('S', 1_000, '2026-02-10'),
      invoice('N', 20_000, '2026-03-05'),
    ];
    const contacts = [asked('second-contact', '2026-02-10', { A: 1_000 }), asked('friendly', '2026-02-16', { S: 1_000, R: 1_000 })];
    const replies = [{ entity: 'E', on: '2026-02-20', about: ['D'], answers: null, answeredOn: null }];
    const answer = on('2026-03-02', { invoices, contacts, replies });
    expect(answer.message!.stage).toBe('reminder');
    expect(parts(answer)).toEqual({
      asked: ['R', 'S'],
      firmer: ['A'],
      open: ['B', 'C'],
      resting: ['P'],
      notes: ['N'],
    });
    expect(answer.message!.parts.firmer[0]!.since).toBe('2026-02-10');
    expect(answer.message!.parts.resting[0]!.word).toBe('promised');
    expect(answer.message!.deadlineFor).toEqual(['R', 'S']);
  });
  it('writes friendly stages plainly for 30 days after firm words, beside a formal process and a placement', () => {
    const words = (contacts: AccountDay['contacts'], rest: Partial<AccountDay> = {}) =>
      on('2026-03-02', { invoices: [A(), B(1_000, '2026-02-20')], contacts, ...rest }).message!.words;
    const rested = { replies: [{ entity: 'E', on: '2026-02-20', about: ['A'], answers: null, answeredOn: null }] };
    expect(words([asked('firm', '2026-01-30', { A: 1 })], rested)).toBe('friendly');
    expect(words([asked('firm', '2026-02-02', { A: 1 })], rested)).toBe('plain');
    expect(
      words(
        [
          asked(
            'final-notice',
            '2026-01-05',
            { A: 1 },
            { takes: [{ invoice: 'A', stage: 'final-notice', days: 45, asked: 1, jumped: true }] },
          ),
        ],
        rested,
      ),
    ).toBe('plain');
    expect(words([], { placements: [{ entity: 'E', on: '2026-02-21', invoices: ['A'], answers: [] }] })).toBe('plain');
  });
  it('is addressed by its own stage, with the contacts of other stages in copy and attachments by each invoice', () => {
    const contacts = [asked('firm', '2026-02-03', { A: 1_000 })];
    const { message, people } = on('2026-02-10', { invoices: [A(), B(1_000, '2026-02-05')], contacts });
    expect(message).toMatchObject({ to: 'second', copyTo: ['first'], attach: [{ invoice: 'B', what: 'copies' }] });
    expect(people).toContainEqual({ kind: 'stop-supply', entity: 'E' });
  });
  it('waits for approval or for a sender', () => {
    const draft = on('2026-01-15', { invoices: [A()], draftsWaiting: [{ entity: 'E', stage: 'friendly' }] });
    expect(draft.message!.waits).toEqual({ code: 'draft-waiting', date: null, stage: 'friendly' });
    expect(codes(on('2026-01-15', { invoices: [A()], cannotWrite: ['E'] }))).toEqual(['cannot-write null']);
  });
});

describe('statements and notes', () => {
  const shown = [asked('firm', '2026-01-26', { A: 60 })];
  it('send a statement after 20 business days without being named', () => {
    expect(on('2026-02-20', { invoices: [A(60)], contacts: shown }).message).toBeNull();
    const answer = on('2026-02-23', { invoices: [A(60)], contacts: shown });
    expect([answer.message!.kind, answer.message!.words, takes(answer)]).toEqual(['statement', 'neutral', []]);
  });
  it('send none below 25, none when a mail stage comes, none for a running notice, and no fourth about a small balance', () => {
    expect(on('2026-02-23', { invoices: [A(24)], contacts: shown }).message).toBeNull();
    expect(on('2026-02-23', { invoices: [A(60), B(1_000, '2026-02-23')], contacts: shown }).message).toBeNull();
    const notice = [asked('final-notice', '2026-02-02', { A: 1_000 })];
    expect(on('2026-03-02', { invoices: [A(1_000, '2025-12-19')], contacts: notice, proposals: [] }).message?.kind).toBe('statement');
    expect(
      codes(on('2026-03-02', { invoices: [A(1_000, '2026-01-05')], contacts: [asked('final-notice', '2026-02-19', { A: 1_000 })] })),
    ).toEqual(['final-notice-running 2026-03-06']);
    const statement = (day: string) => asked('firm', day, {}, { kind: 'statement', stage: null, days: null, names: ['A'] });
    const two = [...shown, statement('2026-02-23'), statement('2026-03-23')];
    expect(on('2026-04-20', { invoices: [A(60)], contacts: two }).message!.kind).toBe('statement');
    expect(on('2026-05-18', { invoices: [A(60)], contacts: [...two, statement('2026-04-20')] }).message).toBeNull();
  });
  it('send a note alone about large and first invoices, once, and none beside a formal process', () => {
    const note = (rest: Partial<Invoice>, account: Partial<AccountDay> = {}, euros = 1_000) =>
      on('2026-01-05', {
        invoices: [invoice('N', euros, '2026-01-12', rest), ...(account.invoices ?? [])],
        contacts: account.contacts ?? [],
      }).message?.kind;
    expect([note({}), note({ first: true }), note({}, {}, 10_000), note({ first: true }, {}, 24)]).toEqual([
      undefined,
      'note',
      'note',
      undefined,
    ]);
    const given = asked('note', '2025-12-22', {}, { notes: [{ invoice: 'N', days: -7 }] });
    expect(note({ first: true }, { contacts: [given] })).toBeUndefined();
    expect(
      note({ first: true }, { invoices: [A(1_000, '2025-11-03')], contacts: [asked('final-notice', '2025-12-26', { A: 1_000 })] }),
    ).toBeUndefined();
    expect(note({ first: true }, { contacts: [asked('friendly', '2026-01-02', { A: 1 })] })).toBeUndefined();
    expect(note({ first: true }, { invoices: [A(1_000, '2026-01-06')] })).toBeUndefined();
  });
  it('let a note lapse on the due date', () => {
    const rides = (today: string) => on(today, { invoices: [A(), invoice('N', 20_000, '2026-01-12')] }).message!.parts.notes;
    expect([numbers(rides('2026-01-09')), numbers(rides('2026-01-12'))]).toEqual([['N'], []]);
  });
});
