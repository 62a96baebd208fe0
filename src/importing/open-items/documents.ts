import type { Day } from '../../kernel/day.ts';

export type DocumentClass = 'invoice' | 'credit' | 'payment' | 'other';

/** One open item. What the file does not say is null, never a default. */
export interface OpenDocument {
  /** The first of the rows it was read from, and all of them. */
  readonly row: number;
  readonly rows: readonly number[];
  readonly class: DocumentClass;
  /** Its type as the file writes it. */
  readonly type: string | null;
  readonly entity: string | null;
  readonly fiscalYear: string | null;
  readonly account: string | null;
  readonly accountName: string | null;
  /** The accounting system's. */
  readonly number: string | null;
  /** What the customer knows it by. */
  readonly reference: string | null;
  readonly purchaseOrder: string | null;
  /** From 1 where one number has several due dates or parts; null for a whole document. */
  readonly line: number | null;
  readonly issued: Day | null;
  readonly due: Day | null;
  readonly currency: string | null;
  /** Minor units with `decimals`, signed: what the customer owes is positive. null where the file does not say it. */
  readonly open: number | null;
  readonly decimals: number;
  readonly total: number | null;
  readonly local: { readonly open: number; readonly currency: string | null } | null;
  readonly dunningLevel: string | null;
  readonly lastDunned: Day | null;
  readonly dunningBlock: string | null;
  readonly text: string | null;
  /** What was not plain in its rows: a field left empty, an amount read with care, a day worked out. */
  readonly marks: readonly string[];
}

export type RowClass =
  | 'document'
  | 'header'
  | 'title'
  | 'group-head'
  | 'subtotal'
  | 'total'
  | 'percentages'
  | 'footer'
  | 'closed'
  | 'draft'
  | 'detail'
  | 'not-a-customer'
  | 'unreadable'
  | 'blank';

export interface RowVerdict {
  readonly row: number;
  readonly line: number;
  readonly class: RowClass;
  /** In words, for whoever looks at the row. */
  readonly why: string;
}
