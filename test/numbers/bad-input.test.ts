import { describe, expect, it } from 'vitest';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import { type Book, type BookInvoice, type BookReceipt, knownFrom } from '../../src/numbers/book.ts';
import { FiguresCounter, trendCounter } from '../../src/numbers/figures.ts';
import { monthEnds, monthTo, type Period, quarterTo } from '../../src/numbers/period.ts';
import { groupName } from '../../src/numbers/report-words.view.ts';

const TODAY = day('2026-11-30');
const invoice = (issued: Day, total: number, more: Partial<BookInvoice> = {}): BookInvoice => ({
  ...{
    account: 'A',
    entity: 'E',
    number: `I-${issued}-${total}`,
    currency: 'EUR',
    issued,
    due: addDays(issued, 30),
    total,
    cuts: [],
    undated: 0,
    disputed: 0,
  },
  ...more,
});
const paid = (issued: Day, total: number, on: Day): BookInvoice => invoice(issued, total, { cuts: [{ on, amount: total, by: 'cash' }] });
const credit = (on: Day, amount: number, takes: BookReceipt['takes'] = []): BookReceipt => ({
  ...{ account: 'A', entity: 'E', number: 'C', currency: 'EUR', on, amount, by: 'credit', takes },
});

function figures(book: Partial<Book>, period: Period = quarterTo(TODAY), currency = 'EUR') {
  const whole: Book = { invoices: [], receipts: [], firstImport: null, ...book };
  const counter = new FiguresCounter(currency, period, knownFrom(whole).get('E') ?? null);
  for (const each of whole.invoices) if (each.currency === currency) counter.addInvoice(each);
  for (const each of whole.receipts) if (each.currency === currency) counter.addReceipt(each);
  return counter.figures();
}

/** A company of two years with its history, so that figures are known. */
const OLD = paid(day('2024-12-02'), 100, day('2025-01-05'));

describe('a true figure, or none', () => {
  it('a month without sales', () => {
    const of = figures({ invoices: [OLD, invoice(day('2026-09-01'), 5_000)] }, monthTo(TODAY));
    expect(of).toMatchObject({ sales: 0, dso: { lacking: 'sales' }, bestDso: { lacking: 'sales' }, add: { lacking: 'sales' } });
    expect(of.end).toMatchObject({ gross: 5_000, current: 0 });
    // The days of October and November are counted although nothing was sold in them.
    expect(of.countBack).toEqual({ value: 91 });
  });

  it('one invoice', () => {
    const of = figures({ invoices: [invoice(day('2026-11-10'), 9_100)], firstImport: day('2026-11-10') });
    expect(of.end.receivables).toBe(9_100);
    expect(of).toMatchObject({
      dso: { lacking: 'history' },
      cei: { lacking: 'history' },
      daysLate: { lacking: 'history' },
      openInvoices: 1,
    });
    const known = figures({ invoices: [OLD, invoice(day('2026-11-10'), 9_100)] });
    expect(known).toMatchObject({ dso: { value: 91 }, bestDso: { value: 91 }, add: { value: 0 }, daysLate: { lacking: 'nothing-due' } });
  });

  it('a credit note dated before its invoice counts from its own day and is taken off when the invoice is there', () => {
    const [before, issued] = [day('2026-08-01'), day('2026-11-01')];
    const target = invoice(issued, 1_000, { cuts: [{ on: issued, amount: 400, by: 'credit' }] });
    const of = figures({ invoices: [OLD, target], receipts: [credit(before, 400, [{ on: issued, amount: 400 }])] });
    expect(of.begin).toMatchObject({ gross: 0, credits: 400, receivables: -400 });
    expect(of.end).toMatchObject({ gross: 600, credits: 0, receivables: 600 });
    expect(of).toMatchObject({ sales: 1_000, credited: 0, dso: { value: 54.6 } });
  });

  it('what was reversed never reached the book: the invoice is open', () => {
    expect(figures({ invoices: [OLD, invoice(day('2026-10-01'), 700)] }).end.gross).toBe(700);
  });

  it('a currency that appears once has its own figures', () => {
    const once = invoice(day('2026-11-20'), 500, { currency: 'CHF' });
    const of = figures({ invoices: [OLD, invoice(day('2026-10-01'), 700), once] }, quarterTo(TODAY), 'CHF');
    expect(of).toMatchObject({ currency: 'CHF', sales: 500, dso: { value: 91 }, openInvoices: 1 });
    expect(of.end.gross).toBe(500);
  });

  it('a history of three weeks has an ageing and says “not enough data” for what needs more', () => {
    const firstImport = addDays(TODAY, -21);
    const invoices = [invoice(day('2026-06-01'), 300), paid(day('2026-09-20'), 900, addDays(TODAY, -3)), invoice(day('2026-11-15'), 200)];
    const of = figures({ invoices, firstImport });
    expect(of.since).toBe(firstImport);
    expect(of.end.gross).toBe(500);
    expect(of.buckets).toMatchObject({ current: 200, '90+': 300 });
    for (const measure of [of.dso, of.cei, of.countBack, of.trueDso, of.daysLate]) expect(measure).toEqual({ lacking: 'history' });
    const trend = trendCounter(monthEnds(TODAY), quarterTo, of.since);
    for (const each of invoices) trend.addInvoice(each);
    expect(trend.points().every(({ dso }) => 'lacking' in dso)).toBe(true);
  });

  it('a file without its history does not pass for one with it: something was paid on a day that is not known', () => {
    const invoices = [{ ...OLD, undated: 10, total: 110 }, invoice(day('2026-11-15'), 200)];
    expect(figures({ invoices, firstImport: day('2026-11-01') }).since).toBe('2026-11-01');
    expect(figures({ invoices: [OLD, invoices[1]!], firstImport: day('2026-11-01') }).since).toBe('2024-12-02');
  });

  it('a collector who is gone is shown by the id, and an account without one as such', () => {
    expect(groupName('collector', 'U0GONE', {}, new Map())).toBe('U0GONE');
    expect(groupName('collector', '', {}, new Map())).toBe('no collector');
  });

  it('amounts too large to add up give no figure', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const of = figures({ invoices: [OLD, invoice(day('2026-11-01'), huge), invoice(day('2026-11-02'), huge)] });
    expect(of.dso).toEqual({ lacking: 'large' });
    expect(of.overdueShare).toEqual({ lacking: 'large' });
  });
});
