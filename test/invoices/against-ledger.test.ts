import { expect, it } from 'vitest';
import { differences, stops } from '../../src/invoices/against-ledger.ts';
import type { EInvoice } from '../../src/invoices/e-invoice.ts';
import { isIban } from '../../src/invoices/iban.ts';
import { day } from '../../src/kernel/day.ts';

const OURS = { accounts: ['DE02120300000000202051'], names: ['Seller Example Ltd'] };
const LEDGER = { number: 'R-1', currency: 'EUR', total: 11_900, issued: day('2026-10-01'), due: day('2026-10-31'), purchaseOrder: 'PO-77' };
const INVOICE: EInvoice = {
  ...{
    syntax: 'UBL',
    profile: 'urn:cen.eu:en16931:2017',
    type: '380',
    number: 'R-1',
    issued: LEDGER.issued,
    due: LEDGER.due,
    currency: 'EUR',
  },
  ...{
    seller: { name: 'Seller Example Ltd', taxId: '' },
    buyer: { name: 'Buyer', taxId: '' },
    order: 'PO-77',
    buyerReference: '',
    terms: '',
  },
  ...{ accounts: ['DE02120300000000202051'], lines: [], adjustments: [], vat: [] },
  totals: { lines: 10_000, allowances: 0, charges: 0, net: 10_000, tax: 1_900, gross: 11_900, prepaid: 0, rounding: 0, payable: 11_900 },
};
const rules = (invoice: Partial<EInvoice>, ledger = {}, ours = OURS) =>
  differences({ ...INVOICE, ...invoice }, { ...LEDGER, ...ledger }, ours).map(({ rule }) => rule);

it('an e-invoice that says what the ledger says has no differences', () => {
  expect(rules({})).toEqual([]);
  expect(rules({ number: 'DOC-9' }, { reference: 'DOC-9' })).toEqual([]);
});

it.each([
  [{ number: 'R-2' }, ['other-number']],
  [{ seller: { name: 'Somebody Else', taxId: '' } }, ['other-seller']],
  [{ accounts: ['DE02120300000000202051', 'GB33BUKB20201555555555'] }, ['payee-account']],
  [{ currency: 'USD' }, ['currency']],
  [{ totals: { ...INVOICE.totals, gross: 11_901, payable: 11_901 } }, ['total']],
  [{ issued: day('2026-10-02') }, ['issued']],
  [{ due: day('2026-11-01') }, ['due']],
  [{ order: 'PO-78' }, ['order']],
  [{ order: '' }, ['order']],
])('%j: %j', (invoice, expected) => {
  expect(rules(invoice)).toEqual(expected);
});

it('a credit note is negative in the ledger, and what was prepaid may be off it', () => {
  expect(rules({ type: '381' }, { total: -11_900 })).toEqual([]);
  expect(rules({ totals: { ...INVOICE.totals, prepaid: 900, payable: 11_000 } }, { total: 11_000 })).toEqual([]);
});

it('an account, a seller or a number that is not ours stops a mail; a date does not', () => {
  const found = differences({ ...INVOICE, accounts: ['GB33BUKB20201555555555'], due: day('2026-11-01') }, LEDGER, OURS);
  expect(found.map((each) => [each.rule, stops(each)])).toEqual([
    ['payee-account', true],
    ['due', false],
  ]);
});

it('an IBAN has right check digits', () => {
  expect(['DE02120300000000202051', 'GB33BUKB20201555555555', 'NO9386011117947'].map(isIban)).toEqual([true, true, true]);
  expect(['DE02120300000000202015', 'DK1212341234123412', 'IBAN', ''].map(isIban)).toEqual([false, false, false, false]);
});
