import type { CustomerKind } from '../account/account.ts';
import { addDays, type Day } from '../kernel/day.ts';
import type { CreditNote, Invoice, Payment } from '../ledger/invoice.ts';
import { LETTER_STAGES } from '../mails/letter-facts.ts';
import type { Agreement } from './agreement.ts';
import { type Charges, chargeId, claimedBefore, interestClaimed } from './charges.ts';
import { type Debt, type InterestStep, interestUntil, owedOn } from './interest.ts';
import type { RateTable } from './interest-rates.ts';
import { compensationOn, type InterestTerms, type InterestTermsRefusal, interestBasis } from './interest-rules.ts';

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
    }
  /** Names the reference rate that is not on file. */
  | { readonly missing: string }
  | { readonly refused: InterestTermsRefusal };

export type ClaimableSum =
  | { readonly amount: number; readonly source: string }
  | { readonly refused: InterestTermsRefusal | 'claimed-already' | 'not-overdue' };

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
}

export function claimableDebt(invoice: Invoice, resting: number, circumstances: ClaimCircumstances): ClaimableDebt {
  const { agreement, kind, inBusiness, today, charges, rates } = circumstances;
  const { entity, number, currency, due, open } = invoice;
  const debt = debtOf(invoice, resting, circumstances);
  const terms = { law: agreement?.law ?? null, agreedRate: agreement?.interestRate ?? null, kind, inBusiness, currency };
  const claimed = interestClaimed(charges, entity, number).amount;
  const compensation = claimedBefore(charges, chargeId('compensation', entity, number))
    ? { refused: 'claimed-already' as const }
    : sumOn(debt, terms, today);
  const interest = interestOn(debt, terms, today, claimed, rates);
  return { entity, invoice: number, currency, due, open, resting, interest, compensation, fees: feesOn(invoice, circumstances) };
}

function interestOn(debt: Debt, terms: InterestTerms, today: Day, claimed: number, rates: RateTable): ClaimableInterest {
  const basis = interestBasis(terms);
  if ('refused' in basis) return basis;
  const result = interestUntil(debt, today, basis, rates);
  if ('missing' in result) return result;
  const { amount: total, steps } = result;
  return { starts: addDays(debt.due, 1), to: today, total, toClaim: total - claimed, steps, source: basis.source };
}

/** Its size is what was owed when interest began; what was paid by the due date earned no sum. */
function sumOn(debt: Debt, terms: InterestTerms, today: Day): ClaimableSum {
  const starts = addDays(debt.due, 1);
  const size = owedOn(debt, starts);
  return today < starts || size === 0 ? { refused: 'not-overdue' } : compensationOn(terms, size);
}

/**
 * In doubt for the customer: a credit note counts as if the invoice had been smaller from the start, and so does whatever has left the balance
 * without a date; a contested part bears nothing while it is contested.
 */
function debtOf(invoice: Invoice, resting: number, { payments, creditNotes }: ClaimCircumstances): Debt {
  const { entity, number, total, open, due } = invoice;
  const partOf = (receipt: Payment | CreditNote) =>
    receipt.entity === entity
      ? receipt.allocations.reduce((sum, allocation) => (allocation.invoice === number ? sum + allocation.amount : sum), 0)
      : 0;
  const dated = payments
    .filter(({ reversed }) => !reversed)
    .map((payment) => ({ on: payment.received, amount: partOf(payment) }))
    .filter(({ amount }) => amount > 0);
  const credited = creditNotes.filter(({ cancelled }) => !cancelled).reduce((sum, note) => sum + partOf(note), 0);
  const undated = Math.max(0, total - open - credited - dated.reduce((sum, { amount }) => sum + amount, 0));
  return { due, amount: Math.max(0, total - credited - undated - resting), payments: dated };
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
