import type { Day } from '../kernel/day.ts';
import type { LetterLanguage } from '../mails/letter-language.ts';
import type { ChargeKind } from './charges.ts';

export interface StatementLine {
  readonly number: string;
  readonly issued: Day;
  readonly due: Day;
  /** As invoiced; null when that is not known any more. */
  readonly total: number | null;
  readonly open: number;
}

/** What is claimed besides the invoices, and still asked for. */
export interface StatementCharge {
  readonly kind: ChargeKind;
  /** '' for the whole account. */
  readonly invoice: string;
  /** Days of interest, both counted, with the rates of those days in hundredths of a percent a year. */
  readonly period: { readonly from: Day; readonly to: Day } | null;
  readonly rates: readonly number[];
  readonly amount: number;
}

/** What is open between a customer and one selling entity in one currency. Minor units. */
export interface Statement {
  readonly account: { readonly name: string; readonly number: string };
  readonly seller: string;
  readonly currency: string;
  /** Oldest due date first; everything that is open, whether or not it is asked for now. */
  readonly lines: readonly StatementLine[];
  /** Payments without an invoice and open credit notes; positive. */
  readonly credit: number;
  /** The lines' sum less the credit. */
  readonly balance: number;
  /** Apart from the balance. */
  readonly charges: readonly StatementCharge[];
}

/** How and as of when a statement is written. */
export interface StatementStyle {
  readonly language: LetterLanguage;
  /** Of dates and amounts. */
  readonly locale: string;
  /** The customer's day. */
  readonly today: Day;
  /** Payments are known up to here. `zone` is IANA. */
  readonly asOf: { readonly at: Temporal.Instant; readonly zone: string };
}

type Open = StatementLine & { readonly currency: string };

/** One a currency, by code. */
export function statementsOf(
  account: Statement['account'],
  seller: string,
  open: readonly Open[],
  credits: readonly { readonly currency: string; readonly amount: number }[],
  claimed: readonly (StatementCharge & { readonly currency: string })[] = [],
): Statement[] {
  const used = [...open, ...credits.filter(({ amount }) => amount > 0), ...claimed];
  const currencies = [...new Set(used.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const lines = open
      .filter((line) => line.currency === currency)
      .map(({ number, issued, due, total, open: left }) => ({ number, issued, due, total, open: left }))
      .sort((a, b) => (a.due === b.due ? (a.number < b.number ? -1 : 1) : a.due < b.due ? -1 : 1));
    const credit = credits.filter((each) => each.currency === currency).reduce((sum, { amount }) => sum + amount, 0);
    const charges = claimed.filter((each) => each.currency === currency).map(({ currency: _, ...charge }) => charge);
    return { account, seller, currency, lines, credit, balance: lines.reduce((sum, line) => sum + line.open, 0) - credit, charges };
  });
}
