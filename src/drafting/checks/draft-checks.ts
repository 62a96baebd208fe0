import type { CheckResult } from '../../mails/draft-text.ts';
import { ASKS_NOTHING } from '../../mails/letter-facts.ts';
import { withoutPlaceholders } from '../placeholders.ts';
import { type Check, type CheckedDraft, runChecks } from './check.ts';
import { FIGURE_CHECKS } from './figures.ts';
import { LETTER_CHECKS } from './letter.ts';
import { SKELETON_CHECKS } from './skeleton-checks.ts';
import { WORDING_RULES } from './wording.ts';
import { WORD_RULES, type WordRule } from './words-alone.ts';

/** Every rule, in the order in which a reader would ask: first the words as written, then the letter as it would be sent. */
export function checkDraft(draft: CheckedDraft): CheckResult[] {
  return runChecks(CHECKS, draft);
}

function ofWords({ name, holds, wrong, breaks }: WordRule): Check {
  return {
    name,
    holds,
    look: ({ skeleton, letter, names }) =>
      breaks(wordsOf(skeleton.subject, skeleton.paragraphs), letter.language, names, !ASKS_NOTHING.has(letter.stage)) ? wrong : null,
  };
}

/** Each paragraph on a line of its own, so that nothing joins across them. */
function wordsOf(subject: string, paragraphs: readonly string[]): string {
  return [subject, ...paragraphs].map(withoutPlaceholders).join('\n');
}

const CHECKS: readonly Check[] = [
  ...SKELETON_CHECKS,
  ...[...WORD_RULES, ...WORDING_RULES].map(ofWords),
  ...LETTER_CHECKS,
  ...FIGURE_CHECKS,
];

export const CHECK_NAMES: readonly string[] = CHECKS.map(({ name }) => name);
