import type { Day } from '../kernel/day.ts';

export type PostingKind = 'settlement' | 'discount' | 'write-off' | 'write-off-reversal';

/**
 * What the bookkeepers must credit, since a customer has paid what was offered or the claim was given up, or take back, since they paid after
 * that; open until an import shows it done. Minor units.
 */
export interface OpenPosting {
  readonly id: string;
  readonly kind: PostingKind;
  readonly entity: string;
  readonly currency: string;
  readonly amount: number;
  /** `openThen`: the residual when the credit became owed; `creditedThen`: of a credit to be taken back, what had been credited. */
  readonly lines: readonly {
    readonly invoice: string;
    readonly amount: number;
    readonly openThen: number;
    readonly creditedThen?: number;
  }[];
  readonly on: Day;
}

export interface PostingRequest {
  readonly do: 'confirm-posting';
  readonly id: string;
}

type PostingWords = Pick<OpenPosting, 'kind' | 'currency' | 'amount'> & { readonly posting: string; readonly invoices: readonly string[] };

export type PostingFact = PostingWords & { readonly type: 'posting-owed' | 'posting-confirmed' };

export type PostingRefusal = 'no-such-posting';

export function postingFact(type: PostingFact['type'], { id, kind, currency, amount, lines }: OpenPosting): PostingFact {
  return { type, posting: id, kind, currency, amount, invoices: lines.map((line) => line.invoice) };
}
