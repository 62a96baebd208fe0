import { describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { workingDaysSince } from '../../src/kernel/working-days.ts';
import { deadlineFrom, FactSheetProblem, factSheet } from '../../src/mails/letter-facts.ts';
import { facts, invoiceFact, NO_HOLIDAYS, sources, TODAY } from '../support/fact-sheets.ts';

describe('the deadline', () => {
  it('is seven business days away even when the draft waits a day for its approval', () => {
    // Friday 20 November; the eighth business day is Wednesday 2 December.
    expect(deadlineFrom(TODAY, NO_HOLIDAYS)).toBe('2026-12-02');
    expect(workingDaysSince(day('2026-11-23'), day('2026-12-02'), NO_HOLIDAYS, 30)).toBe(7);
  });

  it('does not count public holidays', () => {
    expect(deadlineFrom(TODAY, { ...NO_HOLIDAYS, holidays: new Set(['2026-11-25']) })).toBe('2026-12-03');
  });

  it('is refused when it is six business days away, and taken when it is seven', () => {
    expect(() => facts({ deadline: day('2026-11-30') })).toThrow(FactSheetProblem);
    expect(facts({ deadline: day('2026-12-01') }).deadline).toBe('2026-12-01');
  });

  it('is set by the stages that demand, and by no other', () => {
    expect(() => facts({ stage: 'firm', deadline: null })).toThrow(/needs a deadline/);
    expect(() => facts({ stage: 'friendly', deadline: day('2026-12-31') })).toThrow(/sets no deadline/);
  });
});

describe('the amount asked for', () => {
  it('is summed per currency, credit taken off', () => {
    const invoices = [
      invoiceFact({ open: 100_00, asked: 70_00 }),
      invoiceFact({ open: 50_00, currency: 'EUR' }),
      invoiceFact({ open: 5_00 }),
    ];
    expect(facts({ invoices, credits: [{ amount: 10_00, currency: 'GBP' }] }).totals).toEqual([
      { amount: 65_00, currency: 'GBP' },
      { amount: 50_00, currency: 'EUR' },
    ]);
  });

  it('may not be more than is open, nothing, or covered by credit', () => {
    expect(() => facts({ invoices: [invoiceFact({ open: 100, asked: 101 })] })).toThrow(FactSheetProblem);
    expect(() => facts({ invoices: [invoiceFact({ open: 100, asked: 0 })] })).toThrow(FactSheetProblem);
    expect(() => facts({ invoices: [] })).toThrow(FactSheetProblem);
    expect(() => facts({ credits: [{ amount: 1_234_00, currency: 'GBP' }] })).toThrow(/nothing to ask for in GBP/);
    expect(facts({ credits: [{ amount: 1_233_99, currency: 'GBP' }] }).totals).toEqual([{ amount: 1, currency: 'GBP' }]);
  });

  it('is not credited in a currency in which nothing is asked for', () => {
    expect(() => facts({ credits: [{ amount: 1_00, currency: 'EUR' }] })).toThrow(FactSheetProblem);
  });
});

describe('a fact sheet', () => {
  it('is for overdue invoices, unless it is a note', () => {
    expect(() => facts({ invoices: [invoiceFact({ due: TODAY })] })).toThrow(/overdue/);
    expect(facts({ stage: 'note' }).oldestDays).toBe(-7);
  });

  it('lists the oldest invoice first', () => {
    const invoices = [invoiceFact({ due: day('2026-11-01') }), invoiceFact({ due: day('2026-10-31') })];
    expect(() => factSheet(sources({ invoices }), NO_HOLIDAYS)).toThrow(/order/);
  });

  it('is in English when there are no letters in the language of the customer', () => {
    const sheet = facts({ account: { ...sources().account, language: 'nl', country: 'NL' } });
    expect([sheet.language, sheet.chosen.from, sheet.locale]).toEqual(['en', 'nothing', 'en-GB']);
    expect(facts({ account: { ...sources().account, language: 'de-AT', country: 'AT' } }).locale).toBe('de-AT');
  });
});
