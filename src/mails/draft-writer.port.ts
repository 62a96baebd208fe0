import type { Draft, NewWords } from './draft.ts';
import type { Tone } from './draft-text.ts';

/** Writes a draft's words again, and reads what people make of them; the facts come from the ledger as it is now. */
export interface DraftWriter {
  /** A problem is a sentence: the facts have gone (paid, promised) or nothing could be written. */
  rewrite(draft: Draft, tone: Tone): Promise<{ words: NewWords; text: Draft['text'] } | { problem: string }>;
  checkEdit(
    draft: Draft,
    edited: { readonly subject: string; readonly body: string },
  ): Promise<{ words: NewWords; refused: readonly string[]; pointedOut: readonly string[] }>;
}
