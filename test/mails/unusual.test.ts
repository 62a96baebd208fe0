import { describe, expect, it } from 'vitest';
import { addDays, day } from '../../src/kernel/day.ts';
import type { Draft } from '../../src/mails/draft.ts';
import type { DraftInvoice, MailContent } from '../../src/mails/mail-content.ts';
import { type KnownBefore, type SentBefore, unusualIn } from '../../src/mails/unusual.ts';
import { unusualLines } from '../../src/mails/unusual.view.ts';

const today = day('2026-11-30');
const ago = (days: number) => addDays(today, -days);
const GRETA = { name: 'Greta Lindenau', address: 'greta@wolkenheim.example' };
const OURS = { name: 'Mara Lind', address: 'receivables@northwind.example' };
const JONAS = { name: 'Jonas Brandt', address: 'jonas@wolkenheim.example' };
const invoice = (number: string, asked: number, currency = 'EUR'): DraftInvoice => ({
  number,
  currency,
  residual: asked,
  promised: 0,
  disputed: 0,
  asked,
});

function letter(content: Partial<MailContent> = {}, more: Partial<Draft> = {}, text: Partial<Draft['text']> = {}): Draft {
  return {
    entity: 'EU',
    editors: [],
    text: { language: 'de', tone: 'friendly', source: 'template', ...text },
    content: { from: OURS, cc: [], body: '', to: [GRETA], invoices: [invoice('1', 900_00)], apart: [], ...content },
    ...more,
  } as unknown as Draft;
}

const mail = (days: number, amount: number, more: Partial<SentBefore> = {}): SentBefore => ({
  on: ago(days),
  entity: 'EU',
  to: [GRETA],
  language: 'de',
  asked: [{ amount, currency: 'EUR' }],
  ...more,
});
const known = (more: Partial<KnownBefore> = {}): KnownBefore => ({
  today,
  sent: [mail(10, 300_00), mail(40, 300_00), mail(70, 300_00)],
  promises: [],
  pastPromises: [],
  replies: [],
  lastContact: ago(10),
  payments: [],
  dues: new Map([['1', ago(20)]]),
  shared: [],
  ...more,
});
const keys = (draft: Draft, more: Partial<KnownBefore> = {}) => unusualIn(draft, known(more)).map(({ key }) => key);

describe('an email', () => {
  it('like those before it has nothing unusual', () => {
    expect(keys(letter())).toEqual([]);
    expect(unusualLines([])).toBe('Nothing unusual.');
  });

  it('to somebody who did not get the last one of this company names who did', () => {
    expect(unusualIn(letter({ to: [JONAS] }), known())).toEqual([{ key: 'new-recipient', on: ago(10), before: GRETA }]);
    expect(keys(letter({ to: [{ ...GRETA, address: 'GRETA@wolkenheim.example' }] }))).toEqual([]);
    // The last email of another of our companies went to somebody else.
    expect(keys(letter(), { sent: [mail(5, 300_00, { entity: 'UK', to: [JONAS] }), ...known().sent] })).toEqual([]);
  });

  it('to a customer who never got one, and to an address of another customer', () => {
    expect(keys(letter(), { sent: [] })).toEqual(['first-email']);
    expect(unusualIn(letter(), known({ shared: ['Harbour & Pike Ltd'] }))).toEqual([{ key: 'shared-address', with: 'Harbour & Pike Ltd' }]);
  });

  it('to an address unlike the customer’s others, but for our own people and what somebody has checked', () => {
    const other = { name: 'Greta Lindenau', address: 'greta.lindenau@gmail.com' };
    const odd = { key: 'odd-domain', domain: 'gmail.com', usual: 'wolkenheim.example' };
    expect(unusualIn(letter({ to: [other] }), known())).toContainEqual(odd);
    expect(unusualIn(letter({ to: [other] }), known({ sent: [], contacts: ['jonas@wolkenheim.example'] }))).toContainEqual(odd);
    expect(keys(letter({ to: [other] }), { checked: new Set([other.address]) })).toEqual([]);
    expect(keys(letter({ cc: [{ name: 'Sara', address: 'sara@northwind.example' }] }))).toEqual([]);
    // A company whose people all have public addresses has no usual domain.
    expect(keys(letter({ to: [other] }), { sent: [], contacts: ['jonas@gmx.de'] })).toEqual(['first-email']);
  });

  it('whose first recipient somebody has checked is no first email any more', () => {
    expect(keys(letter(), { sent: [], checked: new Set([GRETA.address]) })).toEqual([]);
    expect(keys(letter({ to: [JONAS] }), { checked: new Set([JONAS.address]) })).toEqual([]);
  });

  it('that asks for more on an invoice than is open of it', () => {
    expect(unusualIn(letter({ invoices: [{ ...invoice('7', 100_00), asked: 100_01 }] }), known())).toEqual([{ key: 'sum', invoice: '7' }]);
  });

  it('whose words are of another language than it says', () => {
    const body =
      'Dear Greta, please have a look at this invoice and tell me when you will pay. The amount is overdue and you have not written to us. Please pay with this reference. Thank you for that. This is the second email that you have from us.';
    expect(unusualIn(letter({ body }), known())).toEqual([{ key: 'words-language', now: 'de', words: 'en' }]);
    expect(
      keys(letter({ body }, {}, { language: 'en' }), { sent: known().sent.map((each) => ({ ...each, language: 'en' as const })) }),
    ).toEqual([]);
  });

  it('that asks for more than three times the most of the last year, of three emails or more', () => {
    expect(keys(letter({ invoices: [invoice('1', 900_00)] }))).toEqual([]);
    expect(unusualIn(letter({ invoices: [invoice('1', 900_01)] }), known())).toEqual([
      { key: 'amount-jump', asked: { amount: 900_01, currency: 'EUR' }, most: 300_00 },
    ]);
    expect(keys(letter({ invoices: [invoice('1', 900_01)] }), { sent: [mail(10, 1_00), mail(40, 1_00)] })).toEqual([]);
    expect(keys(letter({ invoices: [invoice('1', 900_01)] }), { sent: [mail(10, 1_00), mail(40, 1_00), mail(366, 1_00)] })).toEqual([]);
    // Amounts of another currency say nothing.
    expect(keys(letter({ invoices: [invoice('1', 90_000_01, 'JPY')] }))).toEqual([]);
    // Credit counts: what is asked for is what remains.
    expect(keys(letter({ invoices: [invoice('1', 950_00)], apart: [{ why: 'credit', currency: 'EUR', amount: 50_00 }] }))).toEqual([]);
  });

  it('in another language than the last one', () => {
    expect(unusualIn(letter({}, {}, { language: 'en' }), known())).toEqual([{ key: 'language', now: 'en', before: 'de' }]);
  });

  it('whose words a person or a model wrote', () => {
    expect(unusualIn(letter({}, { editors: ['U1', 'U2'] }), known())).toEqual([{ key: 'edited', by: 'U2' }]);
    expect(keys(letter({}, {}, { source: 'model' }))).toEqual(['ai-words']);
    expect(keys(letter({}, { editors: ['U1'] }, { source: 'model' }))).toEqual(['edited']);
  });

  it('that leaves something out, or takes off a tenth of credit or more', () => {
    const apart = (why: 'disputed' | 'credit', amount: number) => letter({ apart: [{ why, currency: 'EUR', amount }] });
    expect(unusualIn(apart('disputed', 1), known())).toEqual([
      { key: 'part-left-out', why: 'disputed', amount: { amount: 1, currency: 'EUR' } },
    ]);
    expect(keys(apart('credit', 89_99))).toEqual([]);
    expect(unusualIn(apart('credit', 90_00), known())).toEqual([
      { key: 'credit-netted', credit: { amount: 90_00, currency: 'EUR' }, percent: 10 },
    ]);
  });

  it('with firm words over money that is mostly less than two weeks late', () => {
    const firm = letter({ invoices: [invoice('1', 400_00), invoice('2', 400_00)] }, {}, { tone: 'firm' });
    const dues = (second: number) =>
      new Map([
        ['1', ago(30)],
        ['2', ago(second)],
      ]);
    expect(unusualIn(firm, known({ dues: dues(13) }))).toEqual([]);
    const more = letter({ invoices: [invoice('1', 400_00), invoice('2', 400_01)] }, {}, { tone: 'firm' });
    expect(unusualIn(more, known({ dues: dues(13) }))).toEqual([{ key: 'step-age', percent: 50 }]);
    expect(unusualIn(more, known({ dues: dues(14) }))).toEqual([]);
    expect(keys(letter({ invoices: [invoice('2', 601_00)] }), { dues: dues(13) })).toEqual([]);
  });

  it('behind a promise, a reply, a payment or a long silence', () => {
    const promise = { entity: 'EU', amount: 50_00, currency: 'EUR', date: ago(-2) };
    expect(keys(letter(), { promises: [promise as never] })).toEqual(['promise']);
    expect(keys(letter(), { promises: [{ ...promise, entity: 'UK' } as never] })).toEqual([]);
    const broken = (days: number, outcome = 'broken') => [{ ...promise, outcome, closed: ago(days) } as never];
    expect(keys(letter(), { pastPromises: broken(90) })).toEqual(['promise']);
    expect(keys(letter(), { pastPromises: broken(91) })).toEqual([]);
    expect(keys(letter(), { pastPromises: broken(1, 'kept') })).toEqual([]);
    expect(unusualIn(letter(), known({ replies: [ago(14), ago(15)] }))).toEqual([{ key: 'reply', on: ago(14) }]);
    expect(keys(letter(), { replies: [ago(15)] })).toEqual([]);
    expect(keys(letter(), { payments: [{ amount: 1, currency: 'EUR', received: ago(5) }] })).toEqual(['recent-payment']);
    expect(keys(letter(), { payments: [{ amount: 1, currency: 'EUR', received: ago(6) }] })).toEqual([]);
    expect(keys(letter(), { lastContact: ago(60) })).toEqual([]);
    expect(unusualIn(letter(), known({ lastContact: ago(61) }))).toEqual([{ key: 'long-silence', days: 61 }]);
  });
});

it('each is a sentence with both sides', () => {
  const lines = unusualLines(unusualIn(letter({ to: [JONAS], invoices: [invoice('1', 30_104_66)] }, {}, { language: 'en' }), known()));
  expect(lines.split('\n')).toEqual([
    ':warning: *Check 3 things*',
    '• New recipient: the last email (20 Nov 2026) went to Greta Lindenau.',
    '• Amount: €30,104.66. The most we asked them for before was €300.00.',
    '• Written in English; the last email was in German.',
  ]);
});
