/** A letter as a file to be sent or printed, and its pages as pictures of the same lines. */
export interface LetterSheets {
  readonly name: string;
  readonly pdf: Uint8Array;
  /** PNG. */
  readonly pages: readonly Uint8Array[];
}
