import type { Day } from '../kernel/day.ts';

/** An amount taken off an invoice, from the day on which both the invoice and what pays it were there. Minor units, above zero. */
export interface Cut {
  readonly on: Day;
  readonly amount: number;
  /** `seen`: the open amount fell from one list to the next; counted as cash, dated on the day we saw it. */
  readonly by: 'cash' | 'credit' | 'seen';
}

/** An invoice with its whole story. Cancelled ones are left out. Amounts in minor units. */
export interface BookInvoice {
  readonly account: string;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly issued: Day;
  readonly due: Day;
  readonly total: number;
  /** Oldest first; what was taken off without a date is in `undated`. */
  readonly cuts: readonly Cut[];
  /** Known to be paid, not known when: counted as paid before the ledger begins. */
  readonly undated: number;
  readonly disputed: number;
}

/** A payment or credit note in force; what the ledger states as paid on an invoice's own row, with a day, is a payment, too. */
export interface BookReceipt {
  readonly account: string;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly on: Day;
  readonly amount: number;
  readonly by: 'cash' | 'credit';
  /** What it took off invoices, from the day on which both were there. */
  readonly takes: readonly { readonly on: Day; readonly amount: number }[];
}

/** What the ledger says of the past. */
export interface Book {
  readonly invoices: readonly BookInvoice[];
  readonly receipts: readonly BookReceipt[];
  /** The day on which the first row came in; null for an empty ledger. */
  readonly firstImport: Day | null;
}

/** What was open of an invoice on the evening of a day; nil before it was issued. */
export function openOn({ issued, total, undated, cuts }: BookInvoice, evening: Day): number {
  if (issued > evening) return 0;
  let open = total - undated;
  for (const { on, amount } of cuts) {
    if (on > evening) break;
    open -= amount;
  }
  return open;
}

/** What was left of a payment or credit note on the evening of a day: it pays no invoice yet. */
export function leftOn({ on, amount, takes }: BookReceipt, evening: Day): number {
  if (on > evening) return 0;
  return takes.reduce((left, take) => (take.on <= evening ? left - take.amount : left), amount);
}

/**
 * From when balances and sales of each selling company are complete. A ledger that holds invoices paid before it was first imported came with its
 * history, which begins with its first invoice; a list of what is open says nothing of the time before it.
 */
export function knownFrom({ invoices, firstImport }: Book): Map<string, Day> {
  const counter = new KnownFrom(firstImport);
  for (const invoice of invoices) counter.add(invoice);
  return counter.days();
}

/** The same, invoice by invoice. */
export class KnownFrom {
  private readonly known = new Map<string, { first: Day; whole: boolean; dated: boolean }>();
  private readonly firstImport: Day | null;

  constructor(firstImport: Day | null) {
    this.firstImport = firstImport;
  }

  add({ entity, issued, cuts, total, undated }: BookInvoice): void {
    const mine = this.known.get(entity) ?? { first: issued, whole: false, dated: true };
    this.known.set(entity, mine);
    if (issued < mine.first) mine.first = issued;
    if (undated > 0) mine.dated = false;
    const last = cuts.at(-1);
    if (!mine.whole && last && (this.firstImport === null || last.on < this.firstImport))
      mine.whole = cuts.reduce((sum, { amount }) => sum + amount, undated) === total;
  }

  days(): Map<string, Day> {
    const { firstImport } = this;
    const fromOf = ({ first, whole, dated }: { first: Day; whole: boolean; dated: boolean }): Day =>
      firstImport === null || (whole && dated) ? first : firstImport;
    return new Map([...this.known].map(([entity, of]) => [entity, fromOf(of)]));
  }
}
