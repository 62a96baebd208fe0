import type { CheckResult } from '../../mails/draft-text.ts';
import { ASKS_NOTHING } from '../../mails/letter-facts.ts';
import { withoutPlaceholders } from '../placeholders.ts';
import { type Check, type CheckedDraft, runChecks } from './check.ts';
import { FIGURE_CHECKS } from './figures.ts';
import { isOwn, LETTER_CHECKS } from './letter.ts';
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
    look({ skeleton, letter, names }) {
      // A formal demand must say what no other letter may; only in the words of its own file.
      if (letter.stage === 'demand-letter' && FORMAL_WORDS.has(name) && isOwn({ letter, skeleton })) return null;
      const words = wordsOf(skeleton.subject, skeleton.paragraphs);
      return breaks(words, letter.language, names, !ASKS_NOTHING.has(letter.stage)) ? wrong : null;
    },
  };
}

/** Rules that formal wording breaks: courts and agencies, claims, credits taken off, 'par la présente', and two things asked for. */
const FORMAL_WORDS: ReadonlySet<string> = new Set(['no-threat', 'no-legal-claim', 'no-concession', 'no-idiom', 'one-request']);

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
