import type { CustomerKind } from '../account/account.ts';
import { addDays, type Day } from '../kernel/day.ts';
import type { WorkingDays } from '../kernel/working-days.ts';
import { type CreditNote, cameBy, type Invoice, type Payment } from '../ledger/invoice.ts';
import { LETTER_STAGES } from '../mails/letter-facts.ts';
import type { Agreement } from './agreement.ts';
import { type Charges, chargeId, claimedBefore, interestClaimed } from './charges.ts';
import { type Debt, type InterestStep, interestUntil, type MissingRate, owedOn } from './interest.ts';
import type { RateTable } from './interest-rates.ts';
import { compensationOn, type InterestTerms, type InterestTermsRefusal, interestBasis, type SumRefusal } from './interest-rules.ts';
import { type InterestStart, interestStart } from './interest-start.ts';
import { ruleOf } from './law-rules.ts';
import { setOff } from './set-off.ts';

export type ClaimableInterest =
  | {
      /** Days that bear interest, both counted. */
      readonly starts: Day;
      readonly to: Day;
      /** Since the due date; `toClaim` is what has not been claimed of it. */
      readonly total: number;
      readonly toClaim: number;
      readonly steps: readonly InterestStep[];
      readonly source: string;
      /** Why it begins on that day; '' where that is the day after an agreed due date. */
      readonly why: string;
    }
  | MissingRate
  | { readonly refused: InterestTermsRefusal };

export type ClaimableSum =
  /** `of` is the law's sum; `amount` what of it costs do not cover already. */
  | { readonly amount: number; readonly of: number; readonly source: string }
  | { readonly refused: SumRefusal | 'claimed-already' | 'covered-by-costs' | 'not-overdue' };

/** What an overdue invoice would bear today besides itself, and how that was worked out. Minor units. */
export interface ClaimableDebt {
  readonly entity: string;
  readonly invoice: string;
  readonly currency: string;
  readonly due: Day;
  readonly open: number;
  /** Part of `open` that is contested: it bears nothing meanwhile. */
  readonly resting: number;
  readonly interest: ClaimableInterest;
  readonly compensation: ClaimableSum;
  /** One for each reminder that was sent about it and for which no fee was claimed yet. */
  readonly fees: readonly { readonly stage: string; readonly amount: number }[];
}

/** A stage that reached the customer in writing. */
export interface SentReminder {
  readonly entity: string;
  /** Key of the policy's stage, and its letter. */
  readonly stage: string;
  readonly letter: string;
  readonly invoices: readonly string[];
  /** When it went out. */
  readonly on: Day;
}

export interface ClaimCircumstances {
  /** What holds with the company that invoiced. */
  readonly agreement: Pick<Agreement, 'law' | 'terms' | 'interestRate' | 'feeClause'> | null;
  readonly kind: CustomerKind;
  /** As in InterestTerms. */
  readonly inBusiness: boolean;
  /** The customer's. */
  readonly today: Day;
  readonly charges: Charges;
  readonly rates: RateTable;
  readonly reminders: readonly SentReminder[];
  readonly payments: readonly Payment[];
  readonly creditNotes: readonly CreditNote[];
  /** Days off by which the law moves a due date; null where it moves none. */
  readonly calendar: WorkingDays | null;
  /** The day on which insolvency proceedings over the customer were opened. */
  readonly opened?: Day | null;
}

export function claimableDebt(invoice: Invoice, resting: number, circumstances: ClaimCircumstances): ClaimableDebt {
  const { agreement, kind, inBusiness, charges } = circumstances;
  const { entity, number, currency, due, open } = invoice;
  const terms = { law: agreement?.law ?? null, agreedRate: agreement?.interestRate ?? null, kind, inBusiness, currency };
  const start = startOf(invoice, circumstances);
  const debt = start && debtOf(invoice, start.last, resting, circumstances);
  const compensation = claimedBefore(charges, chargeId('compensation', entity, number))
    ? { refused: 'claimed-already' as const }
    : sumOn(debt, terms, invoice, circumstances);
  const interest = interestOn(debt, start, terms, invoice, circumstances);
  return { entity, invoice: number, currency, due, open, resting, interest, compensation, fees: feesOn(invoice, circumstances) };
}

/** Null: without terms in the agreement this law's start was not checked. */
function startOf({ entity, number, issued, due }: Invoice, { agreement, reminders, calendar }: ClaimCircumstances): InterestStart | null {
  const demands = reminders.filter((each) => each.entity === entity && each.invoices.includes(number)).map(({ on }) => on);
  const rule = agreement?.law ? ruleOf(agreement.law) : null;
  return interestStart(rule?.untermed ?? null, { issued, due, termsAgreed: agreement?.terms != null, demands, calendar });
}

function interestOn(
  debt: Debt | null,
  start: InterestStart | null,
  terms: InterestTerms,
  { entity, number }: Invoice,
  { today, charges, rates, opened }: ClaimCircumstances,
): ClaimableInterest {
  const basis = interestBasis(terms);
  if ('refused' in basis) return basis;
  if (opened && ruleOf(terms.law!)?.notInInsolvency) return { refused: 'no-interest-in-insolvency' };
  if (!debt || !start) return { refused: 'start-not-checked' };
  const result = interestUntil(debt, today, basis, rates);
  if ('missing' in result) return result;
  const { amount: total, steps } = result;
  const toClaim = total - interestClaimed(charges, entity, number).amount;
  const to = opened && opened <= today ? addDays(opened, -1) : today;
  return { starts: addDays(debt.due, 1), to, total, toClaim, steps, source: basis.source, why: start.why };
}

/** Its size is what was owed when interest began; what was paid by the due date earned no sum. */
function sumOn(debt: Debt | null, terms: InterestTerms, invoice: Invoice, { today, charges, opened }: ClaimCircumstances): ClaimableSum {
  if (!debt) {
    const sum = compensationOn(terms, 0);
    return 'refused' in sum ? sum : { refused: 'start-not-checked' };
  }
  const starts = addDays(debt.due, 1);
  const size = owedOn(debt, starts);
  if (today < starts || size === 0) return { refused: 'not-overdue' };
  const sum = compensationOn(terms, size);
  if ('refused' in sum) return sum;
  if (opened && (opened <= starts || ruleOf(terms.law!)?.notInInsolvency)) return { refused: 'no-interest-in-insolvency' };
  const { entity, number, currency } = invoice;
  const { amount } = setOff(charges.claimed, { kind: 'compensation', entity, invoice: number, currency }, sum.amount);
  return amount === 0 ? { refused: 'covered-by-costs' } : { ...sum, amount, of: sum.amount };
}

/**
 * In doubt for the customer: a credit note counts as if the invoice had been smaller from the start, and so does whatever has left the balance
 * without a date; a contested part bears nothing while it is contested.
 */
function debtOf(invoice: Invoice, due: Day, resting: number, circumstances: ClaimCircumstances): Debt {
  const { payments, creditNotes, charges, opened = null } = circumstances;
  const { entity, number, total, open } = invoice;
  const partOf = (receipt: Payment | CreditNote) =>
    receipt.entity === entity
      ? receipt.allocations.reduce((sum, allocation) => (allocation.invoice === number ? sum + allocation.amount : sum), 0)
      : 0;
  const dated = payments
    .filter(({ reversed }) => !reversed)
    .map((payment) => ({ on: cameBy(payment), amount: partOf(payment) }))
    .filter(({ amount }) => amount > 0);
  const credited = creditNotes.filter(({ cancelled }) => !cancelled).reduce((sum, note) => sum + partOf(note), 0);
  const undated = Math.max(0, total - open - credited - dated.reduce((sum, { amount }) => sum + amount, 0));
  const settled = interestClaimed(charges, entity, number).settled;
  return { due, amount: Math.max(0, total - credited - undated - resting), payments: dated, settled, opened };
}

function feesOn({ entity, number, currency }: Invoice, { agreement, reminders, charges }: ClaimCircumstances): ClaimableDebt['fees'] {
  const clause = agreement?.feeClause;
  const amount = clause?.amounts[currency];
  if (!clause || amount === undefined) return [];
  const order: readonly string[] = LETTER_STAGES;
  const sent = reminders.filter(
    (each) => each.entity === entity && each.invoices.includes(number) && order.indexOf(each.letter) >= order.indexOf(clause.from),
  );
  const unclaimed = (stage: string) => !claimedBefore(charges, chargeId('reminder-fee', entity, number, stage));
  return [...new Set(sent.map(({ stage }) => stage))].filter(unclaimed).map((stage) => ({ stage, amount }));
}
