import { describe, expect, test } from 'vitest';
import { sampleLedger } from '../../src/importing/sample-ledger.ts';
import { day, daysBetween } from '../../src/kernel/day.ts';
import { AGEING_BUCKETS, bucketOf } from '../../src/ledger/ageing.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';

const today = day('2026-06-15');
const records = sampleLedger(today);
const ofKind = <K extends LedgerRecord['kind']>(kind: K) =>
  records.filter((record): record is LedgerRecord & { kind: K } => record.kind === kind);

describe('the sample ledger', () => {
  test('is the same for the same day and seed, another for another', () => {
    expect(sampleLedger(today)).toEqual(records);
    expect(sampleLedger(today, 2)).not.toEqual(records);
    expect(sampleLedger(day('2026-06-16'))).not.toEqual(records);
  });

  test('has 60 accounts in six countries, a parent with three children, and unique names', () => {
    const accounts = ofKind('account').map(({ account }) => account);
    expect(accounts).toHaveLength(60);
    expect([...new Set(accounts.map(({ country }) => country))].sort()).toEqual(['DE', 'ES', 'FR', 'GB', 'NL', 'US']);
    expect(accounts.filter(({ parent }) => parent === accounts[0]!.number)).toHaveLength(3);
    expect(new Set(accounts.map(({ name }) => name)).size).toBe(60);
    expect(new Set(accounts.map(({ entity }) => entity)).size).toBe(2);
    expect(accounts.filter(({ owner }) => owner !== '').length).toBeGreaterThan(40);
  });

  test('has someone in accounts payable everywhere and a decision-maker for most, all at invented addresses', () => {
    const contacts = ofKind('contact');
    expect(contacts.filter(({ role }) => role === 'accounts-payable')).toHaveLength(60);
    expect(contacts.filter(({ role }) => role === 'decision-maker').length).toBeGreaterThan(40);
    for (const { email } of contacts) expect(email).toMatch(/^[a-z.]+@[a-z-]+\.example$/);
  });

  test('has 500 invoices in four currencies, of every age, none issued tomorrow', () => {
    const invoices = ofKind('invoice');
    expect(invoices).toHaveLength(500);
    expect(new Set(invoices.map(({ number }) => number)).size).toBe(500);
    expect([...new Set(invoices.map(({ currency }) => currency))].sort()).toEqual(['CHF', 'EUR', 'GBP', 'USD']);
    const paid = new Set([...ofKind('payment')].flatMap(({ allocations }) => allocations.map(({ invoice }) => invoice)));
    const open = invoices.filter(({ number }) => !paid.has(number));
    for (const bucket of AGEING_BUCKETS)
      expect(open.filter(({ due }) => bucketOf(daysBetween(due, today)) === bucket).length, bucket).toBeGreaterThan(10);
    for (const { issued, due } of invoices) expect(issued <= today && issued <= due).toBe(true);
    expect(invoices.some(({ disputed }) => disputed > 0)).toBe(true);
    expect(invoices.some(({ cancelled }) => cancelled)).toBe(true);
  });

  test('has part payments, payments for several invoices, unapplied cash, a reversal and credit notes', () => {
    const payments = ofKind('payment');
    const allocated = (receipt: (typeof payments)[number]) => receipt.allocations.reduce((sum, { amount }) => sum + amount, 0);
    expect(payments.some(({ reason }) => reason === 'part payment')).toBe(true);
    expect(payments.some(({ allocations }) => allocations.length > 1)).toBe(true);
    expect(payments.some((payment) => payment.allocations.length === 0)).toBe(true);
    expect(payments.some((payment) => payment.allocations.length > 0 && payment.amount > allocated(payment))).toBe(true);
    expect(payments.some(({ annulled }) => annulled)).toBe(true);
    expect(ofKind('credit-note')).toHaveLength(12);
    for (const receipt of payments) expect(receipt.date <= today && allocated(receipt) <= receipt.amount).toBe(true);
  });
});
