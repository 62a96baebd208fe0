import { describe, expect, it } from 'vitest';
import { interestUntil } from '../../src/charges/interest.ts';
import { KNOWN_RATES, type KnownRate, rateTable } from '../../src/charges/interest-rates.ts';
import { compensationOn, type InterestTerms, interestBasis } from '../../src/charges/interest-rules.ts';
import { LAWS, type Law } from '../../src/charges/law.ts';
import { ruleOf } from '../../src/charges/law-rules.ts';
import { day } from '../../src/kernel/day.ts';

const terms = (over: Partial<InterestTerms> = {}): InterestTerms => ({
  law: 'DE',
  agreedRate: null,
  kind: 'company',
  inBusiness: false,
  currency: 'EUR',
  ...over,
});
const refusal = (decided: object) => ('refused' in decided ? decided.refused : null);
/** 10,000.00 due 31 May 2026, as of 31 August. */
const amount = (over: Partial<InterestTerms>, rates = rateTable([])) => {
  const basis = interestBasis(terms(over));
  if ('refused' in basis) return basis.refused;
  const result = interestUntil({ due: day('2026-05-31'), amount: 1_000_000, payments: [] }, day('2026-08-31'), basis, rates);
  return 'missing' in result ? result.missing : result.amount;
};

describe('a law', () => {
  it('has a rule of its own with its text, or is refused by name: none gets the Directive’s least', () => {
    const ruled = LAWS.filter((law) => ruleOf(law) !== null);
    expect(ruled.map((law) => law.replace('EU:', ''))).toEqual([
      'UK',
      'UK:SCT',
      'UK:NI',
      'DE',
      'FR',
      'AT',
      'BE',
      'DK',
      'ES',
      'FI',
      'IE',
      'IT',
      'LU',
      'NL',
      'PL',
      'PT',
      'SE',
    ]);
    // One Act for the whole Kingdom; of Scotland the source says that its own order was not seen.
    expect(new Set(ruled.map((law) => ruleOf(law)!.source)).size).toBe(ruled.length - 1);
    for (const law of ruled) expect(ruleOf(law)!.source).not.toContain('Directive');
    for (const law of LAWS.filter((each) => !ruled.includes(each))) expect(amount({ law })).toBe('no-rule-for-law');
  });

  it('whose code nobody knows is refused as such', () => {
    expect(amount({ law: 'EU:XX' as Law })).toBe('law-unknown');
  });

  it.each<[Law, number | string]>([
    ['FR', 25_584],
    ['UK', 29_616],
    ['DE', 26_311],
    ['EU:NL', 26_008],
    ['EU:BE', 26_466],
    ['EU:IT', 'public-body-not-checked'],
    ['EU:ES', 'public-body-not-checked'],
    ['EU:SE', 'public-body-not-checked'],
    ['EU:DK', 'public-body-not-checked'],
    ['EU:PL', 'public-body-kinds-differ'],
  ])('of %s asks of a public body %s', (law, owed) => {
    expect(amount({ law, kind: 'public-body' })).toBe(owed);
  });

  it('gives interest in any currency, and its fixed sum in its own', () => {
    for (const law of ['UK', 'DE', 'FR', 'EU:IE'] as const) {
      expect(amount({ law, currency: 'USD' })).toBeTypeOf('number');
      expect(refusal(compensationOn(terms({ law, currency: 'USD' }), 1_000_000))).toBe('currency-not-in-law');
    }
    expect(refusal(compensationOn(terms({ law: 'EU:PL', currency: 'PLN' }), 1_000_000))).toBe('sum-needs-exchange-rate');
    expect(refusal(compensationOn(terms({ law: 'EU:SE', currency: 'SEK' }), 1_000_000))).toBe('sum-not-checked');
  });
});

describe('an agreed rate', () => {
  const polish = [
    { series: 'polish-reference' as const, half: '2026H1' as never, rate: 400, source: 'Monitor Polski' },
    { series: 'polish-reference' as const, half: '2026H2' as never, rate: 375, source: 'Monitor Polski' },
  ];
  it('counts in Poland up to twice the statutory interest for delay (Kodeks cywilny art. 481 § 2¹)', () => {
    // 30 days at 2 x (4.00 + 5.50) and 62 at 2 x (3.75 + 5.50), and all at 18.50.
    expect(amount({ law: 'EU:PL', currency: 'PLN', agreedRate: 4000 }, rateTable(polish))).toBe(47_041);
    expect(amount({ law: 'EU:PL', currency: 'PLN', agreedRate: 1850 }, rateTable(polish))).toBe(46_630);
    expect(amount({ law: 'EU:PL', currency: 'PLN', agreedRate: 1850 })).toContain('Narodowy Bank Polski');
  });

  it('comes with what the law says of it', () => {
    const source = (law: Law) => (interestBasis(terms({ law, agreedRate: 500 })) as { source: string }).source;
    expect(source('UK')).toContain('only a substantial remedy');
    expect(source('FR')).toContain('not below three times the legal rate');
    expect(source('DE')).toContain('BGB s.288(6)');
    expect(source('other')).toBe('the agreement on file');
  });
});

describe('the rates that come with the program', () => {
  it('name two places each, and two different ones', () => {
    for (const { series, half, checked } of KNOWN_RATES) {
      expect(checked.filter(Boolean), `${series} ${half}`).toHaveLength(2);
      expect(new Set(checked).size, `${series} ${half}`).toBe(2);
    }
  });

  it('reach from 2020 without a gap where each half-year could be checked', () => {
    const halves = (series: KnownRate['series']) => KNOWN_RATES.filter((rate) => rate.series === series).map(({ half }) => half);
    const all = [2020, 2021, 2022, 2023, 2024, 2025, 2026].flatMap((year) => [`${year}H1`, `${year}H2`]);
    for (const series of ['bank-of-england', 'ecb-mro', 'german-base'] as const) expect(halves(series)).toEqual(all);
    expect(halves('austrian-base')).not.toContain('2025H1');
    expect(halves('polish-reference')).not.toContain('2026H1');
  });
});
