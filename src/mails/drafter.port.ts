import type { DraftText, EditVerdict, Tone } from './draft-text.ts';
import type { FactSheet } from './letter-facts.ts';

/** Writes drafts and reads what people make of them. */
export interface Drafter {
  /** By the model, or by the template with the reason why. Takes as long as the model may (two attempts); never throws for a failing model. */
  draftFor(facts: FactSheet, wish?: { readonly tone?: Tone }): Promise<DraftText>;
  /** A person's edit of a draft made from these facts. `names` are known to the store; quick enough for a modal's answer. */
  /** How the list of invoices and the deadline stand in a letter made from these facts. */
  pieces(facts: FactSheet): { readonly invoiceTable: string; readonly deadline: string };
  checkEdit(facts: FactSheet, edited: { readonly subject: string; readonly body: string }): Promise<EditVerdict>;
}

/** The names that no draft may mention by itself: accounts, contacts, our own people. The same array until something changes. */
export type NamesKnown = () => Promise<readonly string[]>;

/** Counts the model's tokens of a day over all instances; the day is that of UTC. */
export interface TokenBudget {
  /** Sets tokens aside before a request; false when the day's cap would be passed. */
  take(tokens: number): Promise<boolean>;
  /** Replaces what was set aside by what was used. */
  settle(taken: number, used: number): Promise<void>;
}
