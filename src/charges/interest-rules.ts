import type { CustomerKind } from '../account/account.ts';
import type { Series } from './interest-rates.ts';
import { EURO_MEMBERS, type Law } from './law.ts';

/** What a law gives on a business debt that is paid late. Amounts in minor units, points in hundredths of a percent a year. */
export interface InterestRule {
  readonly series: Series;
  /** Added to the reference rate. */
  readonly points: number;
  /** The reference rate stays what it was when interest began, or is that of each half-year. */
  readonly fixing: 'when-interest-starts' | 'each-half-year';
  /** The only currency for which the law states a rate and a sum. */
  readonly currency: 'GBP' | 'EUR';
  /** From which size of the debt which fixed sum is owed, the smallest first. */
  readonly compensation: readonly { readonly from: number; readonly amount: number }[];
  /** An agreed rate displaces the statutory one and with it the fixed sum. */
  readonly sumNeedsStatutoryRate: boolean;
  readonly source: string;
}

const FORTY_EURO = [{ from: 0, amount: 4000 }];

const UNITED_KINGDOM: InterestRule = {
  series: 'bank-of-england',
  points: 800,
  fixing: 'when-interest-starts',
  currency: 'GBP',
  compensation: [
    { from: 0, amount: 4000 },
    { from: 100_000, amount: 7000 },
    { from: 1_000_000, amount: 10_000 },
  ],
  // s.5A: the sum is owed "once statutory interest begins to run"; with an agreed substantial remedy it does not (s.8).
  sumNeedsStatutoryRate: true,
  source: 'Late Payment of Commercial Debts (Interest) Act 1998, s.1-6; SI 2002/1675 art. 4',
};

/** The least that members must give; a member's own law may give more. */
const DIRECTIVE: InterestRule = {
  series: 'ecb-mro',
  points: 800,
  fixing: 'each-half-year',
  currency: 'EUR',
  compensation: FORTY_EURO,
  sumNeedsStatutoryRate: false,
  source: 'Directive 2011/7/EU art. 2, 3 and 6, as the least that the member’s law gives',
};

const FRANCE: InterestRule = { ...DIRECTIVE, points: 1000, source: 'Code de commerce art. L441-10 and D441-5' };

const GERMANY: InterestRule = {
  ...DIRECTIVE,
  series: 'german-base',
  points: 900,
  source: 'BGB s.288(2) and (5), s.247, s.289 (no interest on interest)',
};

/** Null where no rule is on file: another law, or a member whose reference rate is that of its own central bank. */
export function ruleOf(law: Law): InterestRule | null {
  if (law === 'UK') return UNITED_KINGDOM;
  if (law === 'FR') return FRANCE;
  if (law === 'DE') return GERMANY;
  return law.startsWith('EU:') && (EURO_MEMBERS as readonly string[]).includes(law.slice(3)) ? DIRECTIVE : null;
}

export type InterestTermsRefusal =
  | 'law-not-known'
  | 'kind-not-known'
  | 'business-not-confirmed'
  | 'no-rule-for-law'
  | 'currency-not-in-law'
  | 'sum-not-in-law';

/** What decides how a debt bears interest. */
export interface InterestTerms {
  /** Of the contract, not of the customer's country. */
  readonly law: Law | null;
  /** Agreed rate in hundredths of a percent a year, or null. */
  readonly agreedRate: number | null;
  readonly kind: CustomerKind;
  /** Somebody said that a natural person owes this as part of a business. */
  readonly inBusiness: boolean;
  readonly currency: string;
}

export type InterestBasis =
  | { readonly how: 'agreed'; readonly rate: number; readonly source: string }
  | { readonly how: 'statutory'; readonly rule: InterestRule; readonly source: string };

export type BasisDecision = InterestBasis | { readonly refused: InterestTermsRefusal };

/**
 * These laws cover debts between businesses: a sole trader's too (UK Act s.2(1), "acting in the course of a business"; Directive art. 2(3), "even
 * where carried out by a single person"), a consumer's not (BGB s.288(1), (2)). So whoever claims from a natural person must say that it was
 * business, and while the kind of customer is not known nothing is claimed.
 */
export function interestBasis(terms: InterestTerms): BasisDecision {
  const { law, agreedRate, currency } = terms;
  const refused = refusalOf(terms);
  if (refused) return { refused };
  if (agreedRate !== null) return { how: 'agreed', rate: agreedRate, source: 'the agreement on file' };
  const rule = ruleOf(law!);
  if (!rule) return { refused: 'no-rule-for-law' };
  return rule.currency === currency ? { how: 'statutory', rule, source: rule.source } : { refused: 'currency-not-in-law' };
}

/** The fixed sum on a debt of this size when interest began; once for each debt. */
export function compensationOn(
  terms: InterestTerms,
  debt: number,
): { readonly amount: number; readonly source: string } | { readonly refused: InterestTermsRefusal } {
  const refused = refusalOf(terms);
  if (refused) return { refused };
  const rule = ruleOf(terms.law!);
  if (!rule || (terms.agreedRate !== null && rule.sumNeedsStatutoryRate)) return { refused: rule ? 'sum-not-in-law' : 'no-rule-for-law' };
  if (rule.currency !== terms.currency) return { refused: 'currency-not-in-law' };
  return { amount: rule.compensation.findLast(({ from }) => debt >= from)!.amount, source: rule.source };
}

function refusalOf({ law, kind, inBusiness }: InterestTerms): InterestTermsRefusal | null {
  if (law === null) return 'law-not-known';
  if (kind === 'unknown') return 'kind-not-known';
  return kind === 'sole-trader' && !inBusiness ? 'business-not-confirmed' : null;
}
