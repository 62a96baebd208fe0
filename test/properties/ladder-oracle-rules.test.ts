import { describe, expect, it } from 'vitest';
import { startLevel } from '../support/ladder/carry-over.ts';
import { addDays, businessDaysAfter } from '../support/ladder/days.ts';
import { DEFAULT_STAGES, inEachCurrency, LARGE_ACCOUNT_STAGES, refusals } from '../support/ladder/default-policy.ts';
import { decide } from '../support/ladder/oracle.ts';
import { asked, contactOf, EMPTY_DAY, invoice } from '../support/ladder/replay.ts';
import type { AccountDay } from '../support/ladder/types.ts';

/** 2026-03-02 is a Monday. */
const on = (today: string, rest: Partial<AccountDay>) => decide({ ...EMPTY_DAY, today, paymentsUpTo: today, ...rest });
const A = (euros = 1_000, due = '2026-01-05') => invoice('A', euros, due);
const B = (euros = 1_000, due = '2026-01-05') => invoice('B', euros, due);
const levelOf = (answer: ReturnType<typeof decide>, number = 'A') =>
  answer.invoices.find((of) => of.invoice === number)!.level?.stage ?? null;
const codes = (answer: ReturnType<typeof decide>, number = 'A') =>
  answer.invoices.find((of) => of.invoice === number)!.reasons.map((reason) => `${reason.code} ${reason.date}`);
const takes = (answer: ReturnType<typeof decide>) =>
  [...(answer.message?.parts.asked ?? []), ...(answer.message?.parts.open ?? [])]
    .filter((line) => line.taken)
    .map((line) => `${line.invoice} ${line.stage}`);
const sent = (answer: ReturnType<typeof decide>) =>
  answer.message && `${answer.message.entity} ${answer.message.stage ?? answer.message.kind}`;
const numbers = (lines: readonly { readonly invoice: string }[]) => lines.map((line) => line.invoice);

describe('words and numbers', () => {
  it('counts business days behind a day', () => {
    expect(businessDaysAfter('2026-01-02', 1, EMPTY_DAY.calendar)).toBe('2026-01-05');
    expect(businessDaysAfter('2026-01-05', 5, EMPTY_DAY.calendar)).toBe('2026-01-12');
    expect(businessDaysAfter('2026-01-05', 1, { weekend: [6, 7], holidays: ['2026-01-06'] })).toBe('2026-01-07');
  });
  it('ships minimums in other currencies, and has none where no figure is known', () => {
    expect(inEachCurrency(25)).toMatchObject({ EUR: 2_500, SEK: 25_000, PLN: 10_000, CZK: 62_500, HUF: 1_000_000, JPY: 4_000 });
    const rouble = { ...A(0.01), currency: 'XXX' };
    expect(sent(on('2026-01-08', { invoices: [rouble] }))).toBe('E friendly');
  });
  it('refuses policies that cannot follow through', () => {
    const without = (key: string) => DEFAULT_STAGES.filter((stage) => stage.key !== key);
    expect(refusals(DEFAULT_STAGES)).toEqual([]);
    expect(refusals(LARGE_ACCOUNT_STAGES)).toEqual([]);
    expect(refusals([DEFAULT_STAGES[2]!, DEFAULT_STAGES[1]!])).toEqual(['days-do-not-rise']);
    expect(refusals(without('final-notice'))).toEqual(['letter-without-notice']);
    const cheap = DEFAULT_STAGES.map((stage) => (stage.key === 'final-notice' ? { ...stage, minimum: inEachCurrency(100) } : stage));
    expect(refusals(cheap)).toEqual(['notice-below-next']);
  });
});

describe('the stage of an invoice', () => {
  it('is none at first, and the highest at which it was really asked', () => {
    expect(levelOf(on('2026-01-07', { invoices: [A()] }))).toBeNull();
    const contacts = [asked('reminder', '2026-01-15', { A: 1_000 }), asked('friendly', '2026-01-20', { A: 1_000 })];
    expect(on('2026-01-21', { invoices: [A()], contacts }).invoices[0]!.level).toEqual({
      stage: 'reminder',
      on: '2026-01-15',
      asked: 100_000,
    });
  });
  it('is not raised by a call that reached nobody or a mail that bounced', () => {
    const contacts = [asked('friendly', '2026-01-08', { A: 1_000 }, { failed: true })];
    const answer = on('2026-01-09', { invoices: [A()], contacts });
    expect([levelOf(answer), sent(answer)]).toEqual([null, 'E friendly']);
  });
  it('is not raised by a statement or a note', () => {
    const statement = asked('friendly', '2026-01-08', { A: 1 }, { kind: 'statement', stage: null, days: null, takes: [] });
    const note = asked('note', '2025-12-29', {}, { notes: [{ invoice: 'A', days: -7 }], names: ['A'] });
    expect(levelOf(on('2026-01-09', { invoices: [A()], contacts: [note, statement] }))).toBeNull();
  });
  it('is read against the due date of today', () => {
    const contacts = [asked('final-notice', '2026-02-19', { A: 1_000 })];
    expect(levelOf(on('2026-02-20', { invoices: [A(1_000, '2026-01-20')], contacts }))).toBe('second-contact');
    expect(levelOf(on('2026-02-20', { invoices: [A(1_000, '2026-02-18')], contacts }))).toBeNull();
  });
  it('is remembered with its days late where the policy has no such stage', () => {
    const contacts = [asked('second-contact', '2026-02-04', { A: 1_000 })];
    const policy = DEFAULT_STAGES.filter((stage) => stage.key !== 'second-contact');
    expect(levelOf(on('2026-02-06', { invoices: [A()], contacts, policy }))).toBe('firm');
  });
  it('is kept by an invoice that reopens within 90 days', () => {
    const contacts = [asked('firm', '2026-01-26', { A: 1_000 })];
    const reopened = (on: string) => [{ ...A(), reopened: { closedOn: '2026-01-28', on } }];
    expect(levelOf(on('2026-04-28', { invoices: reopened('2026-04-28'), contacts }))).toBe('firm');
    expect(levelOf(on('2026-04-29', { invoices: reopened('2026-04-29'), contacts }))).toBeNull();
  });
});

describe('what may be asked for', () => {
  const amounts = (rest: Parameters<typeof invoice>[3], account: Partial<AccountDay> = {}) =>
    on('2026-02-03', { invoices: [{ ...A(), ...rest }], ...account }).invoices[0]!.amount;
  it('leaves out what is written off, disputed, planned, promised and placed', () => {
    expect(amounts({ writtenOff: 30_000 })).toBe(70_000);
    expect(amounts({ disputes: [{ amount: 30_000, openedOn: '2026-02-01', limit: '2026-03-01' }] })).toBe(70_000);
    expect(amounts({ plans: [{ amount: 30_000, nextInstalment: null }] })).toBe(70_000);
    expect(amounts({}, { placements: [{ entity: 'E', on: '2026-02-01', invoices: ['A'], answers: [] }] })).toBe(0);
  });
  it('frees a promise 2 business days after its date', () => {
    const promises = [{ amount: 100_000, on: '2026-01-20', day: '2026-01-30' }];
    expect(codes(on('2026-02-03', { invoices: [{ ...A(), promises }] }))).toEqual(['promised 2026-02-04']);
    expect(sent(on('2026-02-04', { invoices: [{ ...A(), promises }] }))).toBe('E friendly');
  });
  it('counts credit of the entity and currency against the oldest late part', () => {
    const credits = [{ entity: 'E', currency: 'EUR', amount: 120_000 }];
    const answer = on('2026-01-15', { invoices: [A(), B(1_000, '2026-01-06')], credits });
    expect(answer.message!.parts.asked).toMatchObject([{ invoice: 'B', amount: 80_000 }]);
    expect(on('2026-01-15', { invoices: [A()], credits: [{ ...credits[0]!, currency: 'GBP' }] }).invoices[0]!.amount).toBe(100_000);
    expect(codes(on('2026-01-15', { invoices: [A()], credits }))).toEqual(['covered-by-credit null']);
  });
});

describe('the next stage', () => {
  it('is never skipped, however late the invoice is', () => {
    expect(takes(on('2026-03-02', { invoices: [A()] }))).toEqual(['A friendly']);
  });
  it('is passed over below its minimum, and a small one rides along', () => {
    const contacts = [asked('reminder', '2026-01-15', { A: 60, B: 1_000 })];
    expect(takes(on('2026-01-19', { invoices: [A(60), B()], contacts }))).toEqual(['A call', 'B call']);
    expect(on('2026-01-27', { invoices: [A(60)], contacts }).message?.stage).toBe('firm');
  });
  it('waits for others whose own gap has not passed', () => {
    const contacts = [asked('firm', '2026-01-27', { A: 60 }), asked('firm', '2026-02-05', { B: 1_000 })];
    const answer = on('2026-02-10', { invoices: [A(60), B()], contacts });
    expect(codes(answer)).toEqual(['waits-for-others 2026-02-12']);
    expect(takes(on('2026-02-12', { invoices: [A(60), B()], contacts }))).toEqual(['A second-contact', 'B second-contact']);
  });
  it('counts what is in formal process towards a formal minimum', () => {
    const contacts = [asked('final-notice', '2026-02-19', { A: 1_000 }), asked('manager-call', '2026-03-06', { B: 300 })];
    expect(takes(on('2026-03-12', { invoices: [A(), B(300, '2026-01-20')], contacts }))).toEqual(['B final-notice']);
    expect(on('2026-03-12', { invoices: [B(300, '2026-01-20')], contacts }).message).toBeNull();
  });
  it('passes a call over that an earlier one settled, below 10,000', () => {
    const contacts = [
      asked('friendly', '2026-01-15', { B: 1_000 }),
      asked('call', '2026-01-19', { A: 1_000 }, { names: ['A', 'B'] }),
      asked('reminder', '2026-01-22', { B: 1_000 }),
    ];
    const then = (euros: number, spoken = contacts) => on('2026-02-02', { invoices: [B(euros, '2026-01-12')], contacts: spoken });
    expect(takes(then(1_000))).toEqual(['B firm']);
    expect(takes(on('2026-01-30', { invoices: [B(10_000, '2026-01-12')], contacts }))).toEqual(['B call']);
    expect(takes(on('2026-01-30', { invoices: [B(1_000, '2026-01-12')], contacts: contacts.filter((of) => of.stage !== 'call') }))).toEqual(
      ['B call'],
    );
    const early = [asked('call', '2026-01-09', {}, { names: ['B'] }), asked('friendly', '2026-01-08', { B: 1_000 }), contacts[2]!];
    expect(takes(on('2026-01-30', { invoices: [B(1_000, '2026-01-12')], contacts: early }))).toEqual(['B call']);
  });
  it('passes a call over that nobody made for 5 business days, or that reached nobody on three days', () => {
    const contacts = [asked('reminder', '2026-01-15', { A: 1_000 })];
    const listed = (tries: string[]) => [{ invoice: 'A', stage: 'call', on: '2026-01-20', tries }];
    const then = (today: string, tries: string[]) => on(today, { invoices: [A()], contacts, callsListed: listed(tries) });
    expect(then('2026-01-26', []).message).toMatchObject({ stage: 'call', waits: { code: 'call-open', date: '2026-01-27' } });
    expect(then('2026-01-27', []).message!.stage).toBe('firm');
    expect(then('2026-01-27', []).people).toContainEqual({ kind: 'call-missed', invoice: 'A', stage: 'call' });
    const three = then('2026-01-26', ['2026-01-20', '2026-01-21', '2026-01-22']);
    expect(three.message!.stage).toBe('firm');
    expect(three.people).toContainEqual({ kind: 'trace-contact', invoice: 'A', stage: 'call' });
  });
  it('is the jump of a manager at once, with gaps held and never as a first demand in formal words', () => {
    const jumps = [{ invoice: 'A', stage: 'final-notice' }];
    const contacts = [asked('friendly', '2026-01-08', { A: 1_000 })];
    expect(on('2026-01-14', { invoices: [A()], contacts, jumps }).message).toBeNull();
    expect(takes(on('2026-01-15', { invoices: [A()], contacts, jumps }))).toEqual(['A final-notice']);
    expect(takes(on('2026-01-15', { invoices: [A()], jumps }))).toEqual(['A friendly']);
    const notice = contactOf(on('2026-01-15', { invoices: [A()], contacts, jumps }).message!, { ...EMPTY_DAY, today: '2026-01-15', jumps });
    expect(levelOf(on('2026-01-16', { invoices: [A()], contacts: [...contacts, notice] }))).toBe('final-notice');
  });
  it('is due when it is late enough and its own gap has passed', () => {
    const contacts = [asked('friendly', '2026-01-14', { A: 1_000 })];
    expect(codes(on('2026-01-07', { invoices: [A()] }))).toEqual(['stage-not-reached 2026-01-08']);
    expect(codes(on('2026-01-16', { invoices: [A()], contacts }))).toEqual(['stage-gap 2026-01-21']);
  });
});

describe('the start', () => {
  const at = (late: number, imported: { level: number; on: string } | null = null) =>
    startLevel(DEFAULT_STAGES, A(1, '2026-01-05'), addDays('2026-01-05', late), imported)?.stage ?? null;
  it('is by age', () => {
    expect([6, 7, 20, 21, 44, 45, 400].map((late) => at(late))).toEqual([
      null,
      'friendly',
      'friendly',
      'reminder',
      'reminder',
      'firm',
      'firm',
    ]);
  });
  it('is the imported level, never one it was too young for', () => {
    const mapped = [1, 2, 3, 4, 9].map((level) => at(90, { level, on: '2026-03-20' }));
    expect(mapped).toEqual(['friendly', 'reminder', 'firm', 'second-contact', 'second-contact']);
    expect(at(90, { level: 4, on: '2026-01-16' })).toBe('reminder');
  });
  it('is waited for by what was late before, and spread', () => {
    const start = { entity: 'E', enteredOn: '2026-01-10', confirmedOn: null, turnOn: null };
    const answer = on('2026-01-15', { invoices: [A(), B(1_000, '2026-01-12')], starts: [start] });
    expect([takes(answer), codes(answer), numbers(answer.message!.parts.asked)]).toEqual([
      ['B friendly'],
      ['start-unconfirmed null'],
      ['B'],
    ]);
    expect(answer.people).toContainEqual({ kind: 'confirm-start', entity: 'E' });
    const spread = { ...start, confirmedOn: '2026-01-14', turnOn: '2026-01-16' };
    expect(codes(on('2026-01-15', { invoices: [A()], starts: [spread] }))).toEqual(['start-spread 2026-01-16']);
    expect(takes(on('2026-01-16', { invoices: [A()], starts: [spread] }))).toEqual(['A friendly']);
  });
});
