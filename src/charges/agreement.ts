import type { CurrencyAmounts } from '../follow-up/policy.ts';
import type { Day } from '../kernel/day.ts';
import { LETTER_STAGES, type LetterStage } from '../mails/letter-facts.ts';
import { isLaw, type Law } from './law.ts';

export const NOTICE_METHODS = ['email', 'post', 'registered-post', 'courier'] as const;
export type NoticeMethod = (typeof NOTICE_METHODS)[number];

/** A fee that the contract allows for a reminder, once for an invoice and stage. */
export interface FeeClause {
  /** Minor units; a currency that is not listed has no fee. */
  readonly amounts: CurrencyAmounts;
  /** The mildest letter for which it may be claimed. */
  readonly from: LetterStage;
}

/** Where the signed agreement lies. It is named here and never copied, whatever its size. */
export interface SignedDocument {
  readonly name: string;
  /** An https address, a Slack file's permalink among them, or a Slack file's id. */
  readonly at: string;
  readonly signed: Day | null;
}

/** The credit insurer's policy that covers this customer. */
export interface Insurance {
  /** Its number; '' while not known. */
  readonly policy: string;
  /** Days after an invoice's ORIGINAL due date through which it may be extended without asking the insurer; null: not known. */
  readonly extension: number | null;
  /** When the insurer was told of what was overdue by then; absent: not yet. */
  readonly reported?: Day | null;
}

/**
 * What was agreed with a customer, as far as collecting rests on it. What is null is not said here: the standard terms of the selling company may say it
 * (terms.ts termsOf).
 */
export interface Agreement {
  /** 1, 2, ...: a form opened from another one is refused. */
  readonly revision: number;
  readonly law: Law | null;
  /** Days from the invoice's date to its due date. */
  readonly terms: number | null;
  /** `method` null: as the standard terms of the selling company say; the address is the customer's own. */
  readonly notice: { readonly method: NoticeMethod | null; readonly address: string } | null;
  /** Without any amount: agreed that there is no fee. */
  readonly feeClause: FeeClause | null;
  /** Agreed rate in hundredths of a percent a year; it takes the place of the statutory one. */
  readonly interestRate: number | null;
  /** On default of a plan the whole balance falls due. */
  readonly acceleration: boolean;
  /** Mediation or arbitration, in the contract's words; '' when there is no such clause. */
  readonly disputeClause: string;
  /** Days after the due date within which the credit insurer must be told. */
  readonly insuranceDeadline: number | null;
  /** Absent in agreements of before: not insured, or not entered. */
  readonly insurance?: Insurance | null;
  readonly document: SignedDocument | null;
  /** What a file said of it last, so that the same file again changes nothing; absent: no file did. */
  readonly imported?: string;
  /** Slack user id, or 'import'. */
  readonly by: string;
  readonly on: Day;
}

/** What a person enters. */
export type AgreementTerms = Omit<Agreement, 'revision' | 'imported' | 'by' | 'on'>;

export interface AgreementRequest {
  readonly do: 'set-agreement';
  /** The revision the form was opened from; 0 where there was none. */
  readonly seen: number;
  readonly terms: AgreementTerms;
  /** Of a file that said it. */
  readonly imported?: string;
}

export interface AgreementFact {
  readonly type: 'agreement-set';
  readonly from: Agreement | null;
  readonly to: Agreement;
}

export type AgreementRefusal =
  | 'agreement-changed-meanwhile'
  | 'agreement-unchanged'
  | 'law-unknown'
  | 'terms-out-of-range'
  | 'notice-address-missing'
  | 'fee-not-positive'
  | 'fee-stage-unknown'
  | 'rate-out-of-range'
  | 'insurance-out-of-range'
  | 'extension-out-of-range'
  | 'reported-in-future'
  | 'document-name-missing'
  | 'document-link'
  | 'document-in-future';

export type AgreementDecision = { readonly agreement: Agreement; readonly fact: AgreementFact } | { readonly refused: AgreementRefusal };

/** Longer ones are mistyped. */
export const LONGEST_TERMS = 365;
const LONGEST_INSURANCE = 730;
/** 50 % a year: above it courts speak of usury, and a decimal point was probably forgotten (own limit). */
const HIGHEST_RATE = 5000;
const SLACK_FILE = /^F[A-Z0-9]{6,20}$/;

export function decideAgreement(before: Agreement | null, request: AgreementRequest, by: string, today: Day): AgreementDecision {
  const { terms, seen, imported = before?.imported } = request;
  if ((before?.revision ?? 0) !== seen) return { refused: 'agreement-changed-meanwhile' };
  const problem = problemOf(terms, today);
  if (problem) return { refused: problem };
  if (before && sameTerms(before, terms)) return { refused: 'agreement-unchanged' };
  const agreement: Agreement = { ...terms, ...(imported === undefined ? {} : { imported }), revision: seen + 1, by, on: today };
  return { agreement, fact: { type: 'agreement-set', from: before, to: agreement } };
}

function problemOf(terms: AgreementTerms, today: Day): AgreementRefusal | null {
  const { notice, interestRate, insuranceDeadline, insurance, document } = terms;
  const problem = sharedProblem(terms);
  if (problem) return problem;
  if (notice && notice.address.trim() === '') return 'notice-address-missing';
  if (outside(interestRate, 1, HIGHEST_RATE)) return 'rate-out-of-range';
  if (outside(insuranceDeadline, 1, LONGEST_INSURANCE)) return 'insurance-out-of-range';
  if (outside(insurance?.extension ?? null, 1, LONGEST_INSURANCE)) return 'extension-out-of-range';
  if (insurance?.reported && insurance.reported > today) return 'reported-in-future';
  return document && documentProblem(document, today);
}

/** Of what standard terms and agreements have in common. */
export function sharedProblem({
  law,
  terms,
  feeClause,
}: Pick<AgreementTerms, 'law' | 'terms' | 'feeClause'>):
  | 'law-unknown'
  | 'terms-out-of-range'
  | 'fee-not-positive'
  | 'fee-stage-unknown'
  | null {
  if (law !== null && !isLaw(law)) return 'law-unknown';
  if (outside(terms, 0, LONGEST_TERMS)) return 'terms-out-of-range';
  if (!feeClause) return null;
  if (Object.values(feeClause.amounts).some((amount) => !Number.isSafeInteger(amount) || amount <= 0)) return 'fee-not-positive';
  return !LETTER_STAGES.includes(feeClause.from) || feeClause.from === 'note' ? 'fee-stage-unknown' : null;
}

function documentProblem({ name, at, signed }: SignedDocument, today: Day): AgreementRefusal | null {
  if (name.trim() === '') return 'document-name-missing';
  if (!isPlaceOfDocument(at)) return 'document-link';
  return signed !== null && signed > today ? 'document-in-future' : null;
}

/** An https address without a password in it, or a Slack file's id. */
export function isPlaceOfDocument(at: string): boolean {
  if (SLACK_FILE.test(at)) return true;
  if (/[\s<>|]/.test(at) || !URL.canParse(at)) return false;
  const { protocol, username, password } = new URL(at);
  return protocol === 'https:' && username === '' && password === '';
}

function outside(value: number | null, least: number, most: number): boolean {
  return value !== null && !(Number.isInteger(value) && value >= least && value <= most);
}

function sameTerms({ revision, imported, by, on, ...before }: Agreement, terms: AgreementTerms): boolean {
  return (Object.keys(terms) as (keyof AgreementTerms)[]).every(
    (key) => JSON.stringify(before[key] ?? null) === JSON.stringify(terms[key] ?? null),
  );
}
