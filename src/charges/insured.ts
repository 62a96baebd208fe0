import { addDays, type Day } from '../kernel/day.ts';
import type { Insurance } from './agreement.ts';

/** An invoice and the last day through which its insurer allows an extension. */
export interface InsuredInvoice {
  readonly invoice: string;
  readonly last: Day;
}

/** What an arrangement leaves unpaid for longer than the insurer allows without asking. */
export interface BeyondInsured {
  /** The last day of the arrangement. */
  readonly until: Day;
  /** The earliest last day first. */
  readonly invoices: readonly InsuredInvoice[];
}

export interface InsuredFact extends BeyondInsured {
  readonly type: 'insured-period-passed';
  /** The request that was recorded. */
  readonly what: string;
}

type Insured = { readonly insurance?: Insurance | null } | null;
type Due = { readonly number: string; readonly due: Day };

/** Counted from the ORIGINAL due date, whatever was arranged since; null: no period is known. */
export function lastInsuredDay(agreement: Insured, due: Day): Day | null {
  const extension = agreement?.insurance?.extension ?? null;
  return extension === null ? null : addDays(due, extension);
}

/** By when the insurer must hear of an overdue invoice; null: there is no such deadline, or what was overdue by then has been reported. */
export function reportBy(agreement: (Insured & { readonly insuranceDeadline: number | null }) | null, due: Day): Day | null {
  const reported = agreement?.insurance?.reported ?? null;
  if (agreement?.insuranceDeadline == null || (reported !== null && due < reported)) return null;
  return addDays(due, agreement.insuranceDeadline);
}

/** Null: nothing lies beyond the period, or none is known. The last day itself is within it. */
export function beyondInsured(agreement: Insured, items: readonly Due[], until: Day): BeyondInsured | null {
  const invoices = items.flatMap(({ number, due }) => {
    const last = lastInsuredDay(agreement, due);
    return last !== null && last < until ? [{ invoice: number, last }] : [];
  });
  return invoices.length === 0 ? null : { until, invoices: invoices.sort((a, b) => (a.last < b.last ? -1 : 1)) };
}
