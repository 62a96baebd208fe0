import type { Day } from '../kernel/day.ts';

/** All amounts are safe integers in minor units of `currency` (ISO 4217). */
export interface Invoice {
  readonly id: string;
  readonly account: string;
  /** Code of the selling entity. */
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly total: number;
  readonly issued: Day;
  readonly due: Day;
  /** The residual: total less every allocation in force; 0 when settled or cancelled. Never the gross. */
  readonly open: number;
  /** Part of `open` that the ledger marks as disputed. */
  readonly disputed: number;
  readonly cancelled: boolean;
  /** The customer's purchase order number; '' when none is known. */
  readonly purchaseOrder: string;
  /** Link to pay this invoice online; '' when there is none. */
  readonly payLink: string;
  /** Where its copy is (invoice-copy.ts); '' when that is not known. */
  readonly copy: string;
  /** What the customer knows it by; left out: its number. */
  readonly reference?: string;
}

/** An amount taken off one invoice by a payment or a credit note. Positive; a reversal removes it again. */
export interface Allocation {
  /** Invoice number within the same account and selling entity. It may arrive before the invoice does. */
  readonly invoice: string;
  readonly amount: number;
}

/** Money received. What is not allocated is unapplied cash. */
export interface Payment {
  readonly id: string;
  readonly account: string;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  readonly received: Day;
  readonly allocations: readonly Allocation[];
  /** Bounced, charged back or entered in error: counts for nothing. */
  readonly reversed: boolean;
  /** Worked out from a balance that fell from one list to the next: counted as cash, how it was cleared is not known. */
  readonly derived?: boolean;
  /** Of a derived one: the earliest day it may have come on, which is that of the list before. Left out: not known. */
  readonly since?: Day;
  /** Reason code of a short or late payment; '' when none was given. */
  readonly reason: string;
}

/** The day that counts for the customer where it is not known when the money came: the earliest that it may have been. */
export const cameBy = ({ since, received }: Payment): Day => since ?? received;

/** Like a payment, but no cash. What is not allocated is open credit. */
export interface CreditNote {
  readonly id: string;
  readonly account: string;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  readonly issued: Day;
  readonly allocations: readonly Allocation[];
  readonly cancelled: boolean;
  readonly reason: string;
}
