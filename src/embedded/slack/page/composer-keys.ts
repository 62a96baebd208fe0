/** What a key does in the composer, beside typing. */
export type ComposerDeed = 'next hint' | 'previous hint' | 'complete' | 'close hints' | 'send' | 'recall' | 'unrecall';

interface ComposerMood {
  text: string;
  /** What the hint pointed at would put in; null without hints. */
  insert: string | null;
  recalling: boolean;
}

/** Null: the key types, moves the caret or breaks the line. */
export function composerDeed(key: { key: string; shiftKey: boolean; isComposing: boolean }, mood: ComposerMood): ComposerDeed | null {
  if (key.isComposing) return null;
  const { text, insert, recalling } = mood;
  const enters = key.key === 'Enter' && !key.shiftKey;
  if (insert !== null) {
    if (key.key === 'ArrowDown') return 'next hint';
    if (key.key === 'ArrowUp') return 'previous hint';
    if (key.key === 'Escape') return 'close hints';
    // A command typed out in full is sent by the first Enter.
    if (key.key === 'Tab' || (enters && text.trimEnd() !== insert.trimEnd())) return 'complete';
  }
  if (enters) return 'send';
  if (key.key === 'ArrowUp' && (text === '' || recalling)) return 'recall';
  if (key.key === 'ArrowDown' && recalling) return 'unrecall';
  return null;
}
