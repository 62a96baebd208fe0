import type { Chosen, ChosenMail, Draft, NewWords } from './draft.ts';
import type { Tone } from './draft-text.ts';

/** Writes a draft's words again, and reads what people make of them; the facts come from the ledger as it is now. */
export interface DraftWriter {
  /** A problem is a sentence: the facts have gone (paid, promised) or nothing could be written. */
  rewrite(draft: Draft, tone: Tone): Promise<{ words: NewWords; text: Draft['text'] } | { problem: string }>;
  /** `chosen`: whom it is to go to and what is to go along; `gone`: one of them is not there any more. */
  checkEdit(
    draft: Draft,
    edited: { readonly subject: string; readonly body: string; readonly chosen?: Chosen },
  ): Promise<{ words: NewWords; mail?: ChosenMail; refused: readonly string[]; gone?: string; pointedOut: readonly string[] }>;
}
