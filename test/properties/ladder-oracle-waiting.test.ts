import { describe, expect, it } from 'vitest';
import { carriedOver, type OldState } from '../support/ladder/carry-over.ts';
import { DEFAULT_STAGES } from '../support/ladder/default-policy.ts';
import { decide } from '../support/ladder/oracle.ts';
import { asked, EMPTY_DAY, invoice } from '../support/ladder/replay.ts';
import type { AccountDay, Invoice, OwnerQuestion } from '../support/ladder/types.ts';

/** 2026-03-02 is a Monday. */
const on = (today: string, rest: Partial<AccountDay>) => decide({ ...EMPTY_DAY, today, paymentsUpTo: today, ...rest });
const A = (euros = 1_000, due = '2026-01-05', rest: Partial<Invoice> = {}) => invoice('A', euros, due, rest);
const B = (euros = 1_000, due = '2026-01-05') => invoice('B', euros, due);
type Answer = ReturnType<typeof decide>;
const codes = (answer: Answer, number = 'A') =>
  answer.invoices.find((of) => of.invoice === number)!.reasons.map((reason) => `${reason.code} ${reason.date}`);
const takes = (answer: Answer) =>
  [...(answer.message?.parts.asked ?? []), ...(answer.message?.parts.open ?? [])]
    .filter((line) => line.taken)
    .map((line) => `${line.invoice} ${line.stage}`);
const lists = (answer: Answer) => answer.people.filter((task) => task.kind === 'decide');
const listed = (answer: Answer) =>
  lists(answer).map((task) => `${task.stage} ${task.invoices.map((of) => `${of.invoice} ${of.amount / 100}`).join(' ')}`);

describe('what waits never silences the rest', () => {
  it('rests an invoice 5 business days after its dispute was closed', () => {
    const invoices = [A(1_000, '2026-01-05', { disputeClosedOn: '2026-01-14' }), B()];
    const answer = on('2026-01-20', { invoices });
    expect([takes(answer), codes(answer)]).toEqual([['B friendly'], ['dispute-closed 2026-01-21']]);
    expect(takes(on('2026-01-21', { invoices }))).toEqual(['A friendly', 'B friendly']);
  });
  it('rests what a reply is about until it is answered, the others 5 business days, other entities not at all', () => {
    const reply = { entity: 'E', on: '2026-01-12', about: null, answers: null, answeredOn: null };
    const invoices = [A(), B(), { ...invoice('G', 1_000, '2026-01-05'), entity: 'F' }];
    const then = (today: string, rest: object) => on(today, { invoices, replies: [{ ...reply, ...rest }] });
    expect(takes(then('2026-01-15', { about: ['A'] }))).toEqual(['G friendly']);
    expect(codes(then('2026-01-15', { about: ['A'] }), 'B')).toEqual(['reply-fresh 2026-01-19']);
    expect(takes(then('2026-01-19', { answers: ['A'] }))).toEqual(['B friendly']);
    expect(takes(then('2026-01-19', {}))).toEqual(['G friendly']);
    expect(takes(then('2026-01-15', { answeredOn: '2026-01-15' }))).toEqual(['A friendly', 'B friendly']);
    const whose = (today: string) => then(today, {}).people.find((task) => task.kind === 'answer-reply');
    expect(whose('2026-01-12')).toMatchObject({ who: 'collector', remind: true });
    expect(whose('2026-01-19')).toMatchObject({ who: 'manager', remind: true, decides: false });
    expect(whose('2026-01-20')).toMatchObject({ who: 'manager', remind: false });
    expect(whose('2026-02-09')).toMatchObject({ who: 'manager', decides: true });
  });
  it('rests what was placed, and asks about what becomes late', () => {
    const placement = { entity: 'E', on: '2026-01-02', invoices: ['A'], answers: [] };
    const then = (today: string, answers: { invoice: string; answer: 'add' | 'ask' | 'rest' }[]) =>
      on(today, { invoices: [A(1_000, '2025-11-03'), B()], placements: [{ ...placement, answers }] });
    expect([codes(then('2026-01-07', [])), codes(then('2026-01-07', []), 'B')]).toEqual([
      ['placed null'],
      ['placement-question 2026-01-08'],
    ]);
    expect(then('2026-01-07', []).people).toContainEqual({ kind: 'placement-question', invoice: 'B', until: '2026-01-08' });
    expect(takes(then('2026-01-08', []))).toEqual(['B friendly']);
    expect(takes(then('2026-01-08', [{ invoice: 'B', answer: 'rest' }]))).toEqual([]);
    expect(then('2026-01-08', []).message!.words).toBe('plain');
  });
});

describe('the owner in sales', () => {
  const contacts = [asked('call', '2026-01-20', { A: 1_000 })];
  const account = { invoices: [A(), B(1_000, '2026-01-19')], contacts, hasOwner: true };
  const question = (rest: Partial<OwnerQuestion>): OwnerQuestion[] => [
    { entity: 'E', stage: 'firm', invoices: ['A'], askedOn: '2026-01-22', answer: null, ...rest },
  ];
  it('is asked 2 business days ahead, and the written demands wait so that one mail goes', () => {
    const answer = on('2026-01-22', account);
    expect(answer.people).toContainEqual({ kind: 'ask-owner', entity: 'E', stage: 'firm', invoices: ['A', 'B'] });
    expect([answer.message, codes(answer, 'B'), answer.nextDate]).toEqual([null, ['owner-asked 2026-01-26'], '2026-01-26']);
    expect(takes(on('2026-01-26', { ...account, ownerQuestions: question({}) }))).toEqual(['A firm', 'B friendly']);
  });
  it('says go, and that holds 10 business days', () => {
    const go = question({ answer: { on: '2026-01-23', holdThrough: null } });
    expect(takes(on('2026-01-26', { ...account, ownerQuestions: go }))).toEqual(['A firm', 'B friendly']);
    expect(takes(on('2026-02-06', { ...account, ownerQuestions: go }))).toEqual(['A firm', 'B friendly']);
    expect(on('2026-02-09', { ...account, ownerQuestions: go }).people).toContainEqual(
      expect.objectContaining({ kind: 'ask-owner', stage: 'firm' }),
    );
  });
  it('holds what was asked about through a day, and the others go on', () => {
    const hold = question({ answer: { on: '2026-01-23', holdThrough: '2026-02-01' } });
    const answer = on('2026-01-26', { ...account, ownerQuestions: hold });
    expect([takes(answer), codes(answer)]).toEqual([['B friendly'], ['owner-holds 2026-02-02']]);
  });
  it('may say go for 30 days, which a dispute and a formal stage end', () => {
    const then = (rest: Partial<AccountDay>) => on('2026-01-26', { ...account, ownerStandingGo: '2026-01-20', ...rest });
    expect(takes(then({}))).toEqual(['A firm', 'B friendly']);
    const disputed = invoice('C', 1, '2026-01-20', { disputes: [{ amount: 1, openedOn: '2026-01-21', limit: '2026-02-21' }] });
    expect(takes(then({ invoices: [...account.invoices, disputed] }))).toEqual([]);
    expect(takes(on('2026-02-20', { ...account, ownerStandingGo: '2026-01-20' }))).toEqual([]);
  });
});

describe('formal process', () => {
  const notice = (euros: number, day = '2026-02-19') => asked('final-notice', day, { A: euros });
  const sentLetter = { entity: 'E', currency: 'EUR', stage: 'demand-letter', days: 60, approvedOn: '2026-03-06', invoices: ['A'] };
  const sent = { ...sentLetter, sent: { on: '2026-03-06', deadline: '2026-03-20' } };
  const posted = asked('demand-letter', '2026-03-06', { A: 1_000 });
  it('runs 10 business days, then people decide once it is late enough', () => {
    expect(codes(on('2026-03-05', { invoices: [A()], contacts: [notice(1_000)] }))).toEqual(['final-notice-running 2026-03-06']);
    const answer = on('2026-03-06', { invoices: [A()], contacts: [notice(1_000)] });
    expect([listed(answer), answer.message, codes(answer)]).toEqual([['demand-letter A 1000'], null, ['decision-open 2026-03-13']]);
  });
  it('does not list what has no notice that is 10 business days old', () => {
    const contacts = [notice(1_000), asked('final-notice', '2026-02-26', { B: 1_000 })];
    expect(listed(on('2026-03-06', { invoices: [A(), B()], contacts }))).toEqual(['demand-letter A 1000']);
  });
  it('keeps a list below the minimum waiting for others', () => {
    const contacts = [asked('final-notice', '2026-02-19', { A: 100, B: 1_000 })];
    const answer = on('2026-03-06', {
      invoices: [A(100), B(1_000, '2026-01-02')].map((of) => (of.number === 'B' ? { ...of, due: '2026-01-05' } : of)),
      contacts,
    });
    expect(listed(answer)).toEqual(['demand-letter A 100 B 1000']);
    const later = on('2026-03-06', {
      invoices: [A(100), B(1_000, '2026-01-12')],
      contacts: [...contacts.map((of) => ({ ...of, takes: of.takes.map((take) => ({ ...take, jumped: true })) }))],
    });
    expect([listed(later), codes(later)]).toEqual([[], ['waits-for-others 2026-03-13']]);
  });
  it('recalls a question each 5 business days, and tells the finance lead after 10', () => {
    const then = (today: string) => {
      const proposals = [{ entity: 'E', currency: 'EUR', stage: 'demand-letter', since: '2026-03-06' }];
      return lists(on(today, { invoices: [A()], contacts: [notice(1_000)], proposals }))[0];
    };
    expect(then('2026-03-12')).toMatchObject({ recall: false, financeLead: false });
    expect(then('2026-03-13')).toMatchObject({ recall: true, financeLead: false });
    expect(then('2026-03-20')).toMatchObject({ recall: true, financeLead: true });
  });
  it('demands no more than the notice asked, and shows the others as also open', () => {
    const letters = [{ ...sentLetter, sent: null }];
    const answer = on('2026-03-09', { invoices: [A(900), B(1_000, '2026-03-02')], contacts: [notice(1_000)], letters });
    expect(answer.message).toMatchObject({
      kind: 'letter',
      parts: { asked: [{ invoice: 'A', amount: 90_000 }], open: [{ invoice: 'B', taken: false }] },
    });
  });
  it('lets ordinary mails wait for an approved letter 5 business days at most', () => {
    const letters = [{ ...sentLetter, invoices: ['C'], sent: null }];
    const then = (today: string) => on(today, { invoices: [B(1_000, '2026-03-02')], letters });
    expect(codes(then('2026-03-12'), 'B')).toEqual(['letter-first 2026-03-13']);
    expect(takes(then('2026-03-13'))).toEqual(['B friendly']);
  });
  it('rests a letter until its deadline and 3 business days more, and others that are ready wait', () => {
    const contacts = [asked('final-notice', '2026-02-19', { A: 1_000, B: 1_000 }), { ...posted, names: ['A', 'B'] }];
    const answer = on('2026-03-25', { invoices: [A(), B()], contacts, letters: [sent] });
    expect([codes(answer), codes(answer, 'B'), listed(answer)]).toEqual([['letter-running 2026-03-26'], ['case-running 2026-03-26'], []]);
    expect(listed(on('2026-03-26', { invoices: [A(), B()], contacts, letters: [sent] }))).toEqual(['demand-letter B 1000']);
  });
  it('proposes the last step from day 90 and 15 business days after the letter', () => {
    const account = { invoices: [A()], contacts: [notice(1_000), posted], letters: [sent] };
    expect(codes(on('2026-04-02', account))).toEqual(['after-letter 2026-04-05']);
    expect(listed(on('2026-04-06', account))).toEqual(['last-step A 1000']);
  });
  it('is left after a no for 20 business days, and its invoices are in ordinary mails again', () => {
    const contacts = [notice(1_000)];
    const noes = [{ entity: 'E', currency: 'EUR', on: '2026-03-09', until: null }];
    const answer = on('2026-03-16', { invoices: [A(), B(1_000, '2026-03-12')], contacts, noes });
    expect(answer.message!.parts.firmer).toMatchObject([{ invoice: 'A', since: '2026-02-19' }]);
    const quiet = (today: string) =>
      on(today, { invoices: [A()], contacts: [...contacts, asked('friendly', '2026-03-16', {}, { names: ['A'] })], noes });
    expect([codes(quiet('2026-04-03')), listed(quiet('2026-04-06'))]).toEqual([['decision-no 2026-04-06'], ['demand-letter A 1000']]);
    const long = [{ ...noes[0]!, until: '2027-01-01' }];
    expect(codes(on('2026-03-10', { invoices: [A()], contacts, noes: long }))).toEqual(['decision-no 2026-05-08']);
  });
  it('gives the notice again when more is free than it asked', () => {
    const contacts = [notice(1_000)];
    expect(codes(on('2026-03-04', { invoices: [A(5_000)], contacts }))).toEqual(['amount-grown 2026-03-05']);
    expect(codes(on('2026-03-11', { invoices: [A(5_000)], contacts }))[0]).toBe('amount-grown 2026-03-12');
    expect(takes(on('2026-03-12', { invoices: [A(5_000)], contacts }))).toEqual(['A final-notice']);
    expect(listed(on('2026-03-12', { invoices: [A(5_000)], contacts }))).toEqual([]);
  });
});

describe('small balances and tops', () => {
  it('enter the queue on day 60, and a person may keep one for 60 days', () => {
    const queue = (today: string, smallKept: AccountDay['smallKept'] = []) =>
      on(today, { invoices: [A(18)], smallKept }).people.some((task) => task.kind === 'small-balance');
    expect([queue('2026-03-05'), queue('2026-03-06')]).toEqual([false, true]);
    const kept = [{ invoice: 'A', on: '2026-03-06' }];
    expect([queue('2026-05-04', kept), queue('2026-05-05', kept)]).toEqual([false, true]);
    expect(codes(on('2026-02-02', { invoices: [A(18)] }))[0]).toBe('below-minimum 2026-03-06');
  });
  it('ask people when every stage was taken', () => {
    const contacts = [asked('final-notice', '2026-02-19', { A: 1_000 })];
    const answer = on('2026-03-02', { invoices: [A()], contacts, policy: DEFAULT_STAGES.slice(0, 8) });
    expect(codes(answer)).toEqual(['top-reached 2026-03-19']);
  });
  it('find no date within 130 days where somebody has to act', () => {
    expect(on('2026-03-09', { invoices: [A(18)] }).nextDate).toBeNull();
  });
});

describe('the old state', () => {
  const old = (rest: Partial<OldState>): OldState => ({ facts: [], named: [], lastDemand: null, demands: [], ...rest });
  const levels = (rest: Partial<OldState>) => carriedOver(DEFAULT_STAGES, [A()], old(rest)).map((of) => `${of.stage} ${of.on}`);
  it('is replayed contact by contact in its own channel, and proposals count for nothing', () => {
    const fact = (how: 'mail' | 'call' | 'proposal', stage: string, day: string) => ({ on: day, how, stage, names: ['A'] });
    expect(levels({ facts: [fact('mail', 'second-contact', '2026-01-20')] })).toEqual(['reminder 2026-01-20']);
    expect(levels({ facts: [fact('call', 'manager-call', '2026-01-20')] })).toEqual(['call 2026-01-20']);
    expect(levels({ facts: [fact('mail', 'friendly', '2026-01-08'), fact('proposal', 'demand-letter', '2026-03-09')] })).toEqual([
      'friendly 2026-01-08',
    ]);
  });
  it('has no level where a decision is stored without a written demand', () => {
    expect(levels({ named: [{ invoice: 'A', stage: 'demand-letter', offset: 60, on: '2026-03-09' }] })).toEqual([]);
  });
  it('knows a demand letter, without its amounts', () => {
    const demands = [{ invoices: ['A'], sentOn: '2026-03-09' }];
    expect(levels({ demands })).toEqual(['demand-letter 2026-03-09']);
    const known = carriedOver(DEFAULT_STAGES, [A()], old({ demands }));
    expect(codes(on('2026-03-10', { invoices: [A(9_000)], levels: known }))).toEqual(['after-letter 2026-04-05']);
  });
});
