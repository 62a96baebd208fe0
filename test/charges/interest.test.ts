import { describe, expect, it } from 'vitest';
import { decideRates } from '../../src/charges/added-rates.ts';
import { interestUntil } from '../../src/charges/interest.ts';
import { halfOf, rateTable, readHalf } from '../../src/charges/interest-rates.ts';
import { compensationOn, type InterestTerms, interestBasis } from '../../src/charges/interest-rules.ts';
import { day } from '../../src/kernel/day.ts';
import { readPercent } from '../../src/slack/percent.ts';

const terms = (over: Partial<InterestTerms> = {}): InterestTerms => ({
  law: 'UK',
  agreedRate: null,
  kind: 'company',
  inBusiness: false,
  currency: 'GBP',
  ...over,
});
const refusal = (decided: object) => ('refused' in decided ? decided.refused : null);

describe('whether a debt bears interest', () => {
  it.each<[string, Partial<InterestTerms>, string | null]>([
    ['a company under English law', {}, null],
    ['a public body', { kind: 'public-body' }, null],
    ['no law on file, even with an agreed rate', { law: null, agreedRate: 1200 }, 'law-not-known'],
    ['a customer of unknown kind', { kind: 'unknown' }, 'kind-not-known'],
    ['a natural person', { kind: 'sole-trader' }, 'business-not-confirmed'],
    ['a sole trader in business', { kind: 'sole-trader', inBusiness: true }, null],
    ['a dollar debt under English law', { currency: 'USD' }, null],
    ['a pound debt under German law', { law: 'DE' }, null],
    ['a dollar debt with an agreed rate', { currency: 'USD', agreedRate: 1200 }, null],
    ['a member whose act was not looked up', { law: 'EU:HU', currency: 'HUF' }, 'no-rule-for-law'],
    ['another law', { law: 'other' }, 'no-rule-for-law'],
    ['another law with an agreed rate', { law: 'other', agreedRate: 900 }, null],
  ])('%s', (_, over, refused) => {
    expect(refusal(interestBasis(terms(over)))).toBe(refused);
  });
});

describe('the fixed sum', () => {
  it.each([
    [99_999, 4000],
    [100_000, 7000],
    [999_999, 7000],
    [1_000_000, 10_000],
  ])('on %i pence is %i', (debt, amount) => {
    expect(compensationOn(terms(), debt)).toMatchObject({ amount });
  });

  it('comes with statutory interest in the UK, and with an agreed rate in Germany too', () => {
    expect(refusal(compensationOn(terms({ agreedRate: 900 }), 1))).toBe('sum-not-in-law');
    expect(compensationOn(terms({ law: 'DE', currency: 'EUR', agreedRate: 900 }), 1)).toMatchObject({ amount: 4000 });
  });
});

describe('interest', () => {
  const basis = (law: InterestTerms['law']) => {
    const decided = interestBasis(terms({ law, currency: 'EUR' }));
    if ('refused' in decided) throw new Error(decided.refused);
    return decided;
  };
  const debt = { due: day('2024-01-31'), amount: 1_000_000, payments: [] };
  const until = (over: object, law: InterestTerms['law'] = 'EU:NL') =>
    interestUntil({ ...debt, ...over }, day('2025-03-31'), basis(law), rateTable([]));

  it('of a full year is added to a Dutch debt, but what of it was paid is not (BW 6:119a(3))', () => {
    const last = (over: object) => (until(over) as unknown as { steps: { principal: number }[] }).steps.at(-1)!.principal;
    expect([last({}), last({ settled: 100_000 }), last({ settled: 500_000 })]).toEqual([1_122_936, 1_022_936, 1_000_000]);
  });

  it('stops at the opening of insolvency proceedings, and starts not at all behind it', () => {
    expect(until({ opened: day('2024-02-02') })).toMatchObject({ steps: [{ to: '2024-02-01', days: 1 }] });
    expect(until({ opened: day('2024-01-15') })).toMatchObject({ amount: 0, steps: [] });
    expect(until({ opened: day('2026-01-15') })).toEqual(until({}));
  });

  it('of a half-year whose rate could not be checked twice is refused by name', () => {
    expect(until({}, 'EU:AT')).toEqual({
      missing: 'the Austrian base rate (Basiszinssatz, UGB s.456) for the second half of 2024',
      half: '2024H2',
    });
  });
});

describe('a rate', () => {
  const add = (half: string, rate: number, today = '2026-11-23') =>
    decideRates([], { series: 'ecb-mro', half: readHalf(half)!, rate, source: 'ECB' }, 'U1', day(today));

  it('is added once its half-year has begun', () => {
    expect(add('2027H1', 265, '2026-12-31')).toEqual({ refused: 'rate-not-fixed-yet' });
    expect(add('2027H1', 265, '2027-01-01')).toMatchObject({ facts: [{ from: null, rate: 265 }] });
  });

  it('that was known may be put right, and the fact says what it was', () => {
    expect(add('2026H2', 240)).toEqual({ refused: 'rate-known' });
    const decided = add('2026H2', 250);
    if ('refused' in decided) throw new Error(decided.refused);
    expect(decided.facts[0]).toMatchObject({ from: 240, rate: 250 });
    const basis = interestBasis(terms({ law: 'EU:NL', currency: 'EUR' }));
    if ('refused' in basis) throw new Error(basis.refused);
    const debt = { due: day('2026-07-01'), amount: 1_000_000, payments: [] };
    expect(interestUntil(debt, day('2026-07-02'), basis, rateTable(decided.added))).toMatchObject({ steps: [{ rate: 1050 }] });
  });

  it('is read as a percentage, and nothing else', () => {
    expect(['3.75', '3.7 %', '-0.88', '12'].map(readPercent)).toEqual([375, 370, -88, 1200]);
    expect(['3,75', '3.755', '', 'three', '3.'].map(readPercent)).toEqual([null, null, null, null, null]);
  });

  it('belongs to the half-year of its day', () => {
    expect([halfOf(day('2026-06-30')), halfOf(day('2026-07-01')), readHalf('2026h2'), readHalf('2026H3')]).toEqual([
      '2026H1',
      '2026H2',
      '2026H2',
      null,
    ]);
  });
});
