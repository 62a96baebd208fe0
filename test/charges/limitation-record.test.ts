import { describe, expect, it } from 'vitest';
import type { Law } from '../../src/charges/law.ts';
import { decideLimitation, type LimitationEntered, type LimitationRecord, limitedOf } from '../../src/charges/limitation-record.ts';
import { day } from '../../src/kernel/day.ts';
import type { Payment } from '../../src/ledger/invoice.ts';

const TODAY = day('2026-11-23');
const entered = (over: Partial<LimitationEntered> = {}): LimitationEntered => ({
  ...{ kind: 'until', entity: 'NWUK', invoices: ['I-1'], on: day('2027-03-31'), through: null },
  ...{ source: 'Letter of counsel of 3 November', evidence: '' },
  ...over,
});
const record = (over: Partial<LimitationEntered> = {}): LimitationRecord => ({ ...entered(over), id: 'l1', by: 'U0INES', recorded: TODAY });
const decide = (over: Partial<LimitationEntered>, law: Law | null = 'UK', known: readonly LimitationRecord[] = []) =>
  decideLimitation(known, { do: 'record-limitation', id: 'l2', entered: entered(over), law }, { by: 'U0INES', today: TODAY });
const refusal = (decided: object) => ('refused' in decided ? decided.refused : null);

const item = (due = '2020-11-23') => ({ entity: 'NWUK', number: 'I-1', due: day(due) });
const paid = (received: string, over: Partial<Payment> = {}): Payment => ({
  ...{ id: received, account: 'a', entity: 'NWUK', number: received, currency: 'GBP', amount: 100, received: day(received) },
  ...{ allocations: [{ invoice: 'I-1', amount: 100 }], reversed: false, reason: '' },
  ...over,
});
const until = (law: Law | null, records: readonly LimitationRecord[], payments: readonly Payment[] = [], due?: string) =>
  limitedOf(law, item(due), records, payments, TODAY).end?.until ?? null;

describe('a limitation date on file', () => {
  it('is kept with who says so, and with its fact', () => {
    expect(decide({}, 'other', [record()])).toEqual({
      limitations: [record(), { ...record(), id: 'l2' }],
      fact: { type: 'limitation-recorded', ...entered(), law: 'other' },
    });
  });

  it('names its invoices, its source, and a place that can be opened', () => {
    expect(refusal(decide({ invoices: [] }))).toBe('no-invoice-chosen');
    expect(refusal(decide({ source: ' ' }))).toBe('limitation-source-missing');
    expect(refusal(decide({ evidence: 'G:\\counsel' }))).toBe('limitation-link');
    expect(refusal(decide({ evidence: 'https://files.example/ack.pdf' }))).toBeNull();
  });

  it('may have passed, and lies at most thirty years ahead', () => {
    expect(refusal(decide({ on: day('2026-01-01') }))).toBeNull();
    expect(refusal(decide({ on: day('2056-11-23') }))).toBeNull();
    expect(refusal(decide({ on: day('2056-11-24') }))).toBe('limitation-too-far');
  });

  it('is all there is where the law is not listed or not known, and goes before the list elsewhere; the last one entered counts', () => {
    expect(until('other', [])).toBeNull();
    expect(until('other', [record()])).toBe('2027-03-31');
    expect(until(null, [record()])).toBe('2027-03-31');
    expect(until('UK', [record(), record({ kind: 'part-payment', on: day('2025-01-01') }), record({ on: day('2026-06-30') })])).toBe(
      '2026-06-30',
    );
  });

  it('is of its own invoices and selling entity alone', () => {
    expect(until('other', [record({ invoices: ['I-2'] }), record({ entity: 'NWDE' })])).toBeNull();
  });
});

describe('what lets the time begin again', () => {
  it('is recorded when it has happened, and where the law says so', () => {
    const on = day('2026-11-23');
    expect(refusal(decide({ kind: 'acknowledgement', on }))).toBeNull();
    expect(refusal(decide({ kind: 'acknowledgement', on: day('2026-11-24') }))).toBe('limitation-in-future');
    expect(refusal(decide({ kind: 'written-demand', on }))).toBe('limitation-not-by-law');
    expect(refusal(decide({ kind: 'written-demand', on }, 'EU:NL'))).toBeNull();
    for (const law of ['other', 'US:NY', null] as const)
      expect(refusal(decide({ kind: 'acknowledgement', on }, law))).toBe('limitation-not-by-law');
  });

  it('a part payment of the ledger counts in England and Germany, not in France; none that was reversed, of another invoice, or only worked out', () => {
    expect(until('UK', [], [paid('2024-03-01')])).toBe('2030-03-01');
    expect(until('DE', [], [paid('2024-03-01')], '2022-05-01')).toBe('2027-03-01');
    expect(until('FR', [], [paid('2024-03-01')], '2022-05-01')).toBe('2027-05-01');
    for (const over of [
      { reversed: true },
      { derived: true },
      { entity: 'NWDE' },
      { allocations: [{ invoice: 'I-2', amount: 100 }] },
      { allocations: [] },
    ])
      expect(until('UK', [], [paid('2024-03-01', over)]), JSON.stringify(over)).toBe('2026-11-23');
  });

  it('the payment is named as what moved the date', () => {
    expect(limitedOf('UK', item(), [], [paid('2024-03-01')], TODAY)).toMatchObject({
      stand: 'open',
      end: { moved: { kind: 'part-payment', on: '2024-03-01' } },
    });
  });
});

describe('what makes the time stand still', () => {
  const talks = (on: string, through: string) => record({ kind: 'suspension', on: day(on), through: day(through) });

  it('is over when it is recorded, and is listed for Germany and France alone', () => {
    const of = (through: string | null, law: Law = 'DE') =>
      refusal(decide({ kind: 'suspension', on: day('2026-10-01'), through: through === null ? null : day(through) }, law));
    expect(of('2026-10-31')).toBeNull();
    expect(of('2026-10-31', 'FR')).toBeNull();
    expect(of('2026-10-31', 'UK')).toBe('limitation-not-by-law');
    expect(of(null)).toBe('limitation-through');
    expect(of('2026-09-30')).toBe('limitation-through');
    expect(of('2026-11-24')).toBe('limitation-through');
  });

  it('in Germany each day of talks is added, and three months are left at least (BGB 203, 209)', () => {
    // Due in 2023, so that the time runs from 1 January 2024 to 31 December 2026. Thirty-one days of talks.
    expect(until('DE', [talks('2025-03-01', '2025-03-31')], [], '2023-05-01')).toBe('2027-01-31');
    expect(until('DE', [talks('2026-12-30', '2027-01-02')], [], '2023-05-01')).toBe('2027-04-02');
  });

  it('days before the time began, and days counted already, do not count', () => {
    expect(until('DE', [talks('2023-06-01', '2023-12-31')], [], '2023-05-01')).toBe('2026-12-31');
    expect(until('DE', [talks('2023-12-01', '2024-01-10')], [], '2023-05-01')).toBe('2027-01-10');
    expect(until('DE', [talks('2025-03-01', '2025-03-31'), talks('2025-03-11', '2025-04-10')], [], '2023-05-01')).toBe('2027-02-10');
    expect(until('DE', [talks('2027-01-01', '2027-02-01')], [], '2023-05-01')).toBe('2026-12-31');
  });

  it('in France a mediation leaves six months at least (Code civil 2238)', () => {
    expect(until('FR', [talks('2026-10-01', '2026-10-31')], [], '2021-11-23')).toBe('2027-04-30');
    expect(until('FR', [talks('2022-10-01', '2022-10-31')], [], '2021-11-23')).toBe('2026-12-24');
  });
});
