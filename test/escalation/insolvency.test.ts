import { describe, expect, it } from 'vitest';
import { ledgerOn } from '../../src/charges/ledger-on.ts';
import {
  type ClaimLine,
  decideInsolvency,
  type InsolvencyEntered,
  type InsolvencyFile,
  type InsolvencyRequest,
  interestStop,
} from '../../src/escalation/insolvency.ts';
import { vatRelief } from '../../src/escalation/insolvency-rules.ts';
import { day } from '../../src/kernel/day.ts';
import type { Invoice, Payment } from '../../src/ledger/invoice.ts';

const today = day('2026-11-23');
const ENTERED: InsolvencyEntered = {
  ...{ procedure: 'Administration', court: 'High Court', reference: 'CR-2026-1', opened: day('2026-11-03'), deadline: day('2026-12-07') },
  holder: { name: 'Jane Roe', email: 'jane@roe.example', address: '' },
  ...{ retention: 'no', goods: '', lookBack: 6 },
};
const LINE: ClaimLine = {
  ...{ entity: 'NWUK', currency: 'GBP', invoices: 2, open: 100_000, interest: 1_234, why: '' },
  ...{ owedFrom: day('2026-02-14'), owedLast: day('2026-10-01') },
};
type Work = { status: 'active' | 'insolvent'; insolvencies: readonly InsolvencyFile[] };
const EMPTY: Work = { status: 'insolvent', insolvencies: [] };
const decide = (work: Work, request: InsolvencyRequest) => decideInsolvency(work, request, { by: 'U0INES', today });
function done(work: Work, request: InsolvencyRequest): Work {
  const decided = decide(work, request);
  if ('refused' in decided) throw new Error(decided.refused);
  return { ...work, insolvencies: decided.insolvencies };
}
const open = (over: Partial<InsolvencyEntered> = {}): InsolvencyRequest => ({
  do: 'open-insolvency',
  id: 'i1',
  entered: { ...ENTERED, ...over },
  claim: [LINE],
});
const opened = done(EMPTY, open());

describe('an insolvency file', () => {
  it.each<[string, Work, InsolvencyRequest, string]>([
    ['before the account is insolvent', { ...EMPTY, status: 'active' }, open(), 'not-insolvent'],
    ['while one is open', opened, { ...open(), id: 'i2' } as InsolvencyRequest, 'insolvency-open-already'],
    ['with an opening day in the future', EMPTY, open({ opened: day('2026-11-24'), deadline: null }), 'opened-in-future'],
    ['with a deadline before the opening', EMPTY, open({ deadline: day('2026-11-02') }), 'deadline-before-opening'],
    ['without a procedure', EMPTY, open({ procedure: ' ' }), 'procedure-missing'],
    [
      'with two addresses of the office holder',
      EMPTY,
      open({ holder: { ...ENTERED.holder, email: 'a@b.example, c@d.example' } }),
      'holder-email',
    ],
    ['that looks back 121 months', EMPTY, open({ lookBack: 121 }), 'look-back-out-of-range'],
  ])('is refused %s', (_, work, request, refused) => {
    expect(decide(work, request)).toEqual({ refused });
  });

  it('opened today with a deadline of the same day is fine', () => {
    expect(decide(EMPTY, open({ opened: today, deadline: today }))).toMatchObject({ fact: { type: 'insolvency-opened', claim: [LINE] } });
  });

  it('is edited by whoever has seen it as it is; a claim that was filed stays as filed', () => {
    const edit = (seen: number): InsolvencyRequest => ({
      do: 'edit-insolvency',
      id: 'i1',
      seen,
      entered: { ...ENTERED, court: 'Leeds' },
      claim: [],
    });
    expect(decide(opened, edit(2))).toEqual({ refused: 'insolvency-changed' });
    expect(decide(opened, edit(1))).toMatchObject({
      insolvencies: [{ court: 'Leeds', claim: [], revision: 2 }],
      fact: { changed: ['court'] },
    });
    const filed = done(opened, { do: 'file-claim', id: 'i1', filed: { on: today, document: null } });
    expect(decide(filed, edit(2))).toMatchObject({ insolvencies: [{ claim: [LINE] }] });
  });

  it.each([
    ['tomorrow', { on: day('2026-11-24'), document: null }, 'filed-in-future'],
    ['before the opening', { on: day('2026-11-02'), document: null }, 'filed-before-opening'],
    ['with a document without a place', { on: today, document: { name: 'Proof', at: 'C:\\proof.pdf' } }, 'document-link'],
  ] as const)('its claim cannot be filed %s', (_, filed, refused) => {
    expect(decide(opened, { do: 'file-claim', id: 'i1', filed })).toEqual({ refused });
  });

  it('its dividends together are no larger than the claim with its interest', () => {
    const dividend = (amount: number, on = today, currency = 'GBP'): InsolvencyRequest => ({
      do: 'record-dividend',
      id: 'i1',
      dividend: { on, currency, amount },
    });
    expect(decide(opened, dividend(101_235))).toEqual({ refused: 'dividend-above-claim' });
    const half = done(opened, dividend(50_000));
    expect(decide(half, dividend(51_235))).toEqual({ refused: 'dividend-above-claim' });
    expect(decide(half, dividend(51_234))).toMatchObject({ fact: { type: 'dividend-received', amount: 51_234 } });
    expect(decide(opened, dividend(1, today, 'EUR'))).toEqual({ refused: 'dividend-above-claim' });
    expect(decide(opened, dividend(1, day('2026-11-24')))).toEqual({ refused: 'dividend-in-future' });
    expect(decide(opened, dividend(1, day('2026-11-02')))).toEqual({ refused: 'dividend-before-opening' });
    expect(decide(opened, dividend(0))).toEqual({ refused: 'amount-not-positive' });
  });

  it('is closed with a note, and then another may be opened', () => {
    expect(decide(opened, { do: 'close-insolvency', id: 'i1', note: ' ' })).toEqual({ refused: 'reason-missing' });
    const closed = done(opened, { do: 'close-insolvency', id: 'i1', note: 'Distribution made.' });
    expect(decide(closed, { do: 'close-insolvency', id: 'i1', note: 'again' })).toEqual({ refused: 'no-insolvency-file' });
    expect(done(closed, { ...open(), id: 'i2' } as InsolvencyRequest).insolvencies).toHaveLength(2);
  });
});

it('interest of what was owed before the opening stops there; what was delivered since goes on', () => {
  const files = [{ opened: day('2026-11-03') }];
  expect(interestStop(files, day('2026-11-03'))).toBe('2026-11-03');
  expect(interestStop(files, day('2026-11-04'))).toBeNull();
  expect(interestStop([], day('2026-11-03'))).toBeNull();
});

// HMRC's own example: supply on 25 January 2010, due on 14 February: from 14 August 2010 to 14 August 2014 (VR7420).
it('VAT is claimed back as HMRC’s example says', () => {
  const owed = { owedFrom: day('2010-02-14'), owedLast: day('2010-02-14') };
  expect(vatRelief('UK', owed, day('2010-03-01'))).toEqual({ place: 'UK', first: '2010-08-14', all: '2010-08-14', ends: '2014-08-14' });
  expect(vatRelief('DE', owed, day('2010-03-01'))).toEqual({ place: 'DE', from: '2010-03-01' });
  expect(vatRelief(null, owed, day('2010-03-01'))).toBeNull();
});

describe('the ledger of a past day', () => {
  const invoice = (over: Partial<Invoice>): Invoice => ({
    ...{
      id: 'x',
      account: 'a',
      entity: 'NWUK',
      number: 'A',
      currency: 'GBP',
      total: 1000,
      issued: day('2026-09-01'),
      due: day('2026-10-01'),
    },
    ...{ open: 1000, disputed: 0, cancelled: false, purchaseOrder: '', payLink: '', copy: '' },
    ...over,
  });
  const payment = (received: string, amount: number, over: Partial<Payment> = {}): Payment => ({
    ...{
      id: received,
      account: 'a',
      entity: 'NWUK',
      number: received,
      currency: 'GBP',
      amount,
      received: day(received),
      reversed: false,
      reason: '',
    },
    allocations: [{ invoice: 'A', amount }],
    ...over,
  });
  const openOn = (invoices: Invoice[], payments: Payment[]) =>
    ledgerOn({ invoices, payments, creditNotes: [] }, day('2026-11-03')).invoices.map(({ open }) => open);

  it('has what was paid later as still open, the day itself as paid', () => {
    expect(openOn([invoice({ open: 0 })], [payment('2026-11-03', 400), payment('2026-11-04', 600)])).toEqual([600]);
  });

  it('leaves out later and cancelled invoices and reversed payments', () => {
    const invoices = [invoice({}), invoice({ number: 'B', issued: day('2026-11-04') }), invoice({ number: 'C', cancelled: true })];
    expect(openOn(invoices, [payment('2026-10-10', 400, { reversed: true })])).toEqual([1000]);
  });

  it('takes what left the balance without a date as gone before: in doubt for the customer', () => {
    expect(openOn([invoice({ open: 300 })], [payment('2026-11-04', 600)])).toEqual([900]);
  });
});
