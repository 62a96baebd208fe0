import type { CustomerKind } from '../account/account.ts';
import { addDays, type Day } from '../kernel/day.ts';
import type { Agreement } from './agreement.ts';
import { type Half, halfOf, type RateTable, rateOf, type Series, startOf } from './interest-rates.ts';
import { interestBasis } from './interest-rules.ts';

/** Interest on what this customer owes needs this series in each half-year; null where it needs none. */
export function seriesNeeded(agreement: Pick<Agreement, 'law' | 'interestRate'> | null, kind: CustomerKind): Series | null {
  const terms = { law: agreement?.law ?? null, agreedRate: agreement?.interestRate ?? null, kind, inBusiness: true, currency: '' };
  const basis = interestBasis(terms);
  if ('refused' in basis) return null;
  return basis.how === 'agreed' ? (basis.cap?.series ?? null) : basis.rule.series;
}

/** The half-year whose rates must be on file on a day: its own, from its second day on, since the first is a public holiday or sees the notice. */
export function halfDueOn(today: Day): Half | null {
  const half = halfOf(today);
  return today >= addDays(startOf(half), 1) ? half : null;
}

/** Of the series that are needed, those without a rate for a half-year; each once. */
export function missingOf(needed: readonly Series[], half: Half, rates: RateTable): Series[] {
  return [...new Set(needed)].filter((series) => rateOf(rates, series, half) === null).sort();
}
