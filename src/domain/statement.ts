import type { Day } from './day.ts';
import type { LetterLanguage } from './letter-language.ts';

export interface StatementLine {
  readonly number: string;
  readonly issued: Day;
  readonly due: Day;
  /** As invoiced; null when that is not known any more. */
  readonly total: number | null;
  readonly open: number;
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
): Statement[] {
  const currencies = [...new Set([...open, ...credits.filter(({ amount }) => amount > 0)].map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const lines = open
      .filter((line) => line.currency === currency)
      .map(({ number, issued, due, total, open: left }) => ({ number, issued, due, total, open: left }))
      .sort((a, b) => (a.due === b.due ? (a.number < b.number ? -1 : 1) : a.due < b.due ? -1 : 1));
    const credit = credits.filter((each) => each.currency === currency).reduce((sum, { amount }) => sum + amount, 0);
    return { account, seller, currency, lines, credit, balance: lines.reduce((sum, line) => sum + line.open, 0) - credit };
  });
}
