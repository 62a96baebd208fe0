import type { Day } from '../kernel/day.ts';

/** An invoice as its XML states it (EN 16931). Amounts are safe integers in minor units of `currency`; texts are the seller's own words. */
export interface EInvoice {
  readonly syntax: 'UBL' | 'CII';
  /** BT-24: the specification that it follows. */
  readonly profile: string;
  /** BT-3, UNTDID 1001: 380 invoice, 381 credit note, 384 corrected, 389 self-billed, 751 for booking only. */
  readonly type: string;
  readonly number: string;
  readonly issued: Day;
  /** Null when the XML names none; of several the last. */
  readonly due: Day | null;
  readonly currency: string;
  readonly seller: EParty;
  readonly buyer: EParty;
  /** BT-13; '' for none. */
  readonly order: string;
  readonly buyerReference: string;
  /** Payee's accounts as written, each once. */
  readonly accounts: readonly string[];
  readonly terms: string;
  readonly lines: readonly ELine[];
  readonly adjustments: readonly EAdjustment[];
  readonly vat: readonly EVat[];
  readonly totals: ETotals;
}

export interface EParty {
  readonly name: string;
  /** VAT number; '' for none. */
  readonly taxId: string;
}

export interface ELine {
  readonly id: string;
  readonly name: string;
  /** As written, with its unit code. */
  readonly quantity: string;
  readonly net: number;
  readonly category: string;
  readonly rate: number;
}

/** An allowance or a charge on the whole invoice. */
export interface EAdjustment {
  readonly charge: boolean;
  readonly amount: number;
  readonly category: string;
  readonly rate: number;
}

/** `rate` in ten-thousandths of a percent: 19 % is 190,000. */
export interface EVat {
  readonly category: string;
  readonly rate: number;
  readonly base: number;
  readonly tax: number;
}

export interface ETotals {
  readonly lines: number;
  readonly allowances: number;
  readonly charges: number;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  readonly prepaid: number;
  readonly rounding: number;
  readonly payable: number;
}

/** What is odd about an invoice that was read all the same; `rule` as EN 16931 names it where it does. */
export interface ERemark {
  readonly rule: string;
  readonly says: string;
}

/** What a file came to: an invoice whose sums are right, with what is odd about it, or the rule that it breaks. */
export type EInvoiceRead =
  | { readonly ok: true; readonly invoice: EInvoice; readonly remarks: readonly ERemark[] }
  | { readonly ok: false; readonly rule: string; readonly says: string };

/** Of these profiles of Factur-X an invoice has no lines. */
export const WITHOUT_LINES = /:(minimum|basicwl)$/;
export const RATE_UNIT = 10_000;
export const isCreditNote = ({ type }: Pick<EInvoice, 'type'>): boolean => type === '381' || type === '396' || type === '261';
