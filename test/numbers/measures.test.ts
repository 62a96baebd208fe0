import { describe, expect, it } from 'vitest';
import {
  averageDaysDelinquent,
  collectionEffectiveness,
  countBack,
  dso,
  salesWeighted,
  share,
  weightedDays,
} from '../../src/numbers/measures.ts';
import { quotient, rounded } from '../../src/numbers/quotient.ts';

describe('the measures of a receivables report', () => {
  it('rounds once, halves up', () => {
    expect(rounded(quotient(1, 200))).toBe(0.01);
    expect(rounded(quotient(-1, 200))).toBe(0);
    expect(rounded(quotient(-1, 199))).toBe(-0.01);
    expect(rounded(quotient(2, -3))).toBe(-0.67);
  });

  // Creditguru, "Days sales outstanding": 15,000 of receivables, 10,000 of sales in 30 days, 4,000 not due.
  it('works out DSO, best possible DSO and average days delinquent as Creditguru does', () => {
    expect(dso(15_000, 10_000, 30)).toEqual({ value: 45 });
    expect(dso(4_000, 10_000, 30)).toEqual({ value: 12 });
    expect(averageDaysDelinquent(15_000, 4_000, 10_000, 30)).toEqual({ value: 33 });
  });

  it('takes the sales of month after month off for count-back DSO', () => {
    const months = [100_000, 80_000, 70_000].map((sales) => ({ sales, days: 30 }));
    expect(countBack(212_000, months)).toEqual({ value: 73.71 });
    expect(countBack(180_000, months)).toEqual({ value: 60 });
    expect(countBack(0, months)).toEqual({ value: 0 });
  });

  it('says only that it is more than the months it knows when they do not use up the receivables', () => {
    expect(countBack(250_001, [{ sales: 250_000, days: 30 }])).toEqual({ value: 30, more: true });
    expect(countBack(1, [])).toEqual({ lacking: 'history' });
  });

  it('counts the days of a month without sales', () => {
    const months = [
      { sales: 0, days: 30 },
      { sales: -500, days: 31 },
      { sales: 100, days: 28 },
    ];
    expect(countBack(50, months)).toEqual({ value: 75 });
  });

  // Credit Research Foundation; figures of Creditguru: begin 6,200, sales of three months 10,890, end 6,340, current 3,590.
  it('works out the collection effectiveness index with the months as N', () => {
    const quarter = { begin: 6_200, sales: 10_890, end: 6_340, current: 3_590 };
    expect(collectionEffectiveness({ ...quarter, n: 3 })).toEqual({ value: 55.93 });
    expect(collectionEffectiveness({ ...quarter, n: 1 })).toEqual({ value: 79.63 });
    expect(collectionEffectiveness({ begin: 0, sales: 0, end: 10, current: 0, n: 1 })).toEqual({ lacking: 'nothing-due' });
  });

  it('gives no figure where it would be divided by nil, or where amounts are too large to add up', () => {
    expect(dso(100, 0, 30)).toEqual({ lacking: 'sales' });
    expect(dso(100, -5, 30)).toEqual({ lacking: 'sales' });
    expect(dso(2 ** 60, 10, 30)).toEqual({ lacking: 'large' });
    expect(share(0, 0)).toEqual({ lacking: 'nothing-due' });
    expect(weightedDays(10, 0)).toEqual({ lacking: 'nothing-due' });
    expect(salesWeighted([{ sales: 0, open: 5, openDays: 50 }])).toEqual({ lacking: 'sales' });
    expect(salesWeighted([])).toEqual({ value: 0 });
  });
});
