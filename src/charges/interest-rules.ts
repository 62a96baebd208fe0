import type { CustomerKind } from '../account/account.ts';
import { isLaw, type Law } from './law.ts';
import { type InterestRule, type RateCap, ruleOf } from './law-rules.ts';

export type InterestTermsRefusal =
  | 'law-not-known'
  | 'law-unknown'
  | 'kind-not-known'
  | 'business-not-confirmed'
  | 'no-rule-for-law'
  | 'public-body-not-checked'
  | 'public-body-kinds-differ'
  | 'start-not-checked'
  | 'no-interest-in-insolvency';

export type SumRefusal = InterestTermsRefusal | 'currency-not-in-law' | 'sum-not-in-law' | 'sum-not-checked' | 'sum-needs-exchange-rate';

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
  | { readonly how: 'agreed'; readonly rate: number; readonly cap: RateCap | null; readonly source: string }
  | { readonly how: 'statutory'; readonly rule: InterestRule; readonly source: string };

export type BasisDecision = InterestBasis | { readonly refused: InterestTermsRefusal };

/**
 * These laws cover debts between businesses: a sole trader's too (UK Act s.2(1), "acting in the course of a business"; Directive art. 2(3), "even
 * where carried out by a single person"), a consumer's not (BGB s.288(1), (2)). So whoever claims from a natural person must say that it was
 * business, and while the kind of customer is not known nothing is claimed. None of the laws limits interest to a currency.
 */
export function interestBasis(terms: InterestTerms): BasisDecision {
  const { law, agreedRate } = terms;
  const refused = refusalOf(terms);
  if (refused) return { refused };
  if (agreedRate !== null) {
    const { cap, agreed } = ruleOf(law!) ?? { cap: null, agreed: '' };
    return { how: 'agreed', rate: agreedRate, cap, source: agreed ? `the agreement on file (${agreed})` : 'the agreement on file' };
  }
  const rule = ruleFor(terms);
  return 'refused' in rule ? rule : { how: 'statutory', rule, source: rule.source };
}

/** The rule for this customer: some laws have their own for public bodies. */
export function ruleFor({ law, kind }: InterestTerms): InterestRule | { readonly refused: InterestTermsRefusal } {
  const rule = ruleOf(law!);
  if (!rule) return { refused: 'no-rule-for-law' };
  if (kind !== 'public-body' || rule.publicBodies === 'same') return rule;
  if (rule.publicBodies === 'not-checked') return { refused: 'public-body-not-checked' };
  return rule.publicBodies === 'by-kind-of-body' ? { refused: 'public-body-kinds-differ' } : rule.publicBodies;
}

/** The fixed sum on a debt of this size when interest began; once for each debt. */
export function compensationOn(
  terms: InterestTerms,
  debt: number,
): { readonly amount: number; readonly source: string } | { readonly refused: SumRefusal } {
  const refused = refusalOf(terms);
  if (refused) return { refused };
  const rule = ruleFor(terms);
  if ('refused' in rule) return rule;
  const { sum } = rule;
  if (sum === 'not-checked') return { refused: 'sum-not-checked' };
  if (sum === 'needs-exchange-rate') return { refused: 'sum-needs-exchange-rate' };
  if (terms.agreedRate !== null && sum.needsStatutoryRate) return { refused: 'sum-not-in-law' };
  if (sum.currency !== terms.currency) return { refused: 'currency-not-in-law' };
  return { amount: sum.steps.findLast(({ from }) => debt >= from)!.amount, source: sum.source };
}

function refusalOf({ law, kind, inBusiness }: InterestTerms): InterestTermsRefusal | null {
  if (law === null) return 'law-not-known';
  if (!isLaw(law)) return 'law-unknown';
  if (kind === 'unknown') return 'kind-not-known';
  return kind === 'sole-trader' && !inBusiness ? 'business-not-confirmed' : null;
}
