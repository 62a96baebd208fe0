import type { Day } from '../kernel/day.ts';
import type { LetterLanguage } from '../mails/letter-language.ts';
import {
  type Agreement,
  type AgreementRefusal,
  type AgreementTerms,
  type FeeClause,
  type NoticeMethod,
  sharedProblem,
} from './agreement.ts';
import type { Law } from './law.ts';

/** Countries whose relief of VAT on bad debts is known here; 'other' is known to be none of them. */
export const VAT_PLACES = ['UK', 'DE', 'other'] as const;
export type VatPlace = (typeof VAT_PLACES)[number];

/** What one of our selling companies agrees with every customer who agreed nothing else. What is null is not set. */
export interface StandardTerms {
  /** 1, 2, ...: a form opened from another one is refused. */
  readonly revision: number;
  readonly law: Law | null;
  /** Days from the invoice's date to its due date. */
  readonly terms: number | null;
  /** How formal notice is given, and to which of the customer's addresses, in words; the address itself is each customer's own. */
  readonly notice: { readonly method: NoticeMethod; readonly place: string } | null;
  readonly feeClause: FeeClause | null;
  /** Mediation or arbitration; '' when there is no such clause. */
  readonly disputeClause: string;
  /** Of letters to customers whose language is not known. */
  readonly language: LetterLanguage | null;
  /** Where the company accounts for VAT. */
  readonly vat: VatPlace | null;
  /** Slack user id. */
  readonly by: string;
  readonly on: Day;
}

/** What a person enters. */
export type StandardEntered = Omit<StandardTerms, 'revision' | 'by' | 'on'>;

/** Of each selling company, by its code. */
export type StandardTermsOf = Readonly<Record<string, StandardTerms>>;

/** What an agreement takes from the standard terms where it says nothing itself. */
export const INHERITED = ['law', 'terms', 'notice', 'feeClause', 'disputeClause'] as const;
export type Inherited = (typeof INHERITED)[number];

/** What holds between a customer and one selling company. */
export interface Terms extends Omit<AgreementTerms, 'notice'> {
  /** Null while method or address is not known. */
  readonly notice: { readonly method: NoticeMethod; readonly address: string } | null;
  /** The method of notice while only the address is missing. */
  readonly noticeMethod: NoticeMethod | null;
  /** What the standard terms say and the agreement does not. */
  readonly standard: readonly Inherited[];
  /** Another number after each change of either. */
  readonly revision: number;
}

export const NOTHING_AGREED: AgreementTerms = {
  law: null,
  terms: null,
  notice: null,
  feeClause: null,
  interestRate: null,
  acceleration: false,
  disputeClause: '',
  insuranceDeadline: null,
  document: null,
};

/** Written instead of a clause by whoever agreed that there is none, so that the standard one does not apply. */
export const NO_CLAUSE = 'none';
const isNone = (clause: string) => clause.trim().toLowerCase() === NO_CLAUSE;

/** The agreement with the customer, filled up from the standard terms of the selling company. */
export function termsOf(agreement: Agreement | null, standard: StandardTerms | undefined): Terms {
  const { by: _by, on: _on, revision, ...own } = { ...NOTHING_AGREED, revision: 0, by: '', on: '', ...agreement };
  const method = own.notice?.method ?? standard?.notice?.method ?? null;
  const address = own.notice?.address.trim() ?? '';
  const said: Readonly<Record<Inherited, boolean>> = {
    law: own.law !== null,
    terms: own.terms !== null,
    notice: own.notice?.method != null,
    feeClause: own.feeClause !== null,
    disputeClause: own.disputeClause.trim() !== '',
  };
  const clause = said.disputeClause ? own.disputeClause : (standard?.disputeClause ?? '');
  return {
    ...own,
    law: own.law ?? standard?.law ?? null,
    terms: own.terms ?? standard?.terms ?? null,
    notice: method !== null && address !== '' ? { method, address } : null,
    noticeMethod: method,
    feeClause: own.feeClause ?? standard?.feeClause ?? null,
    disputeClause: isNone(clause) ? '' : clause,
    standard: INHERITED.filter((field) => !said[field] && standard && standard[field] !== null && standard[field] !== ''),
    revision: revision + (standard?.revision ?? 0),
  };
}

/** By the settings, which keep the standard terms of each selling company. */
export function termsIn(settings: { readonly terms?: StandardTermsOf }, agreement: Agreement | null, entity: string): Terms {
  return termsOf(agreement, settings.terms?.[entity]);
}

export interface StandardTermsFact {
  readonly type: 'standard-terms-set';
  readonly entity: string;
  readonly from: StandardTerms | null;
  readonly to: StandardTerms;
}

export type StandardTermsRefusal = AgreementRefusal | 'standard-terms-changed' | 'notice-place-missing';

export type StandardTermsDecision =
  | { readonly terms: StandardTerms; readonly fact: StandardTermsFact }
  | { readonly refused: StandardTermsRefusal };

/** `seen`: the revision the form was opened from; 0 where there was none. */
export function decideStandardTerms(
  before: StandardTerms | null,
  { entity, seen, entered }: { readonly entity: string; readonly seen: number; readonly entered: StandardEntered },
  by: string,
  today: Day,
): StandardTermsDecision {
  if ((before?.revision ?? 0) !== seen) return { refused: 'standard-terms-changed' };
  const problem = sharedProblem(entered);
  if (problem) return { refused: problem };
  if (entered.notice && entered.notice.place.trim() === '') return { refused: 'notice-place-missing' };
  const same = (key: keyof StandardEntered) => JSON.stringify(before?.[key]) === JSON.stringify(entered[key]);
  if (before && (Object.keys(entered) as (keyof StandardEntered)[]).every(same)) return { refused: 'agreement-unchanged' };
  const terms: StandardTerms = { ...entered, revision: seen + 1, by, on: today };
  return { terms, fact: { type: 'standard-terms-set', entity, from: before, to: terms } };
}
