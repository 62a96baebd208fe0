import type { CheckResult } from '../../mails/draft-text.ts';
import type { FactSheet } from '../../mails/letter-facts.ts';
import type { Letter } from '../letters.ts';
import type { NameIndex } from '../names.ts';
import type { Values } from '../placeholders.ts';
import type { RenderedLetter, Skeleton } from '../skeleton.ts';

/** A draft before it is believed. */
export interface CheckedDraft {
  readonly facts: FactSheet;
  readonly values: Values;
  readonly letter: Letter;
  readonly skeleton: Skeleton;
  readonly rendered: RenderedLetter;
  readonly names: NameIndex;
}

/** One named rule. `look` answers with a sentence about what is wrong, or null. It never repeats what it found in a model's text. */
export interface Check {
  readonly name: string;
  /** What holds when the check passes, in one sentence. */
  readonly holds: string;
  look(draft: CheckedDraft): string | null;
}

export function runChecks(checks: readonly Check[], draft: CheckedDraft): CheckResult[] {
  return checks.map(({ name, holds, look }) => {
    const wrong = look(draft);
    return { name, passed: wrong === null, says: wrong ?? holds };
  });
}
