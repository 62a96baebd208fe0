import type { PersonToErase } from './erasure.ts';

/** What was erased, counted. */
export interface Erased {
  /** Texts of the trail: their entries stay and verify. */
  readonly texts: number;
  readonly replies: number;
  readonly mails: number;
  readonly files: ErasedFiles;
}

/** Files with the person's data: each goes or stays as a whole. */
export interface ErasedFiles {
  readonly erased: number;
  /** Evidence of a claim that is open, or of what has left the company. */
  readonly kept: { readonly mails: number; readonly letters: number; readonly packs: number };
}

export interface Erasures {
  /** May be repeated. The ledger's row goes last, and no import brings it back. `unpaid`: numbers of the customer's open invoices. */
  erase(account: string, person: PersonToErase, now: Temporal.Instant, unpaid: ReadonlySet<string>): Promise<Erased>;
}
