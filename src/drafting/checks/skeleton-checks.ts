import { BOX, offered, placeholdersIn, withoutPlaceholders } from '../placeholders.ts';
import type { Check, CheckedDraft } from './check.ts';

/** Paragraphs of their own, in no subject. */
export const LISTS: ReadonlySet<string> = new Set(['invoice_table', 'instalments']);
/** Facts that a letter states wherever it has them among its inputs, each with the sentences of code that state it. */
const STATED: Readonly<Record<string, readonly string[]>> = {
  invoice_table: [],
  total: ['unpaid'],
  amount: ['promise_result'],
  date: ['promise_result'],
  instalments: [],
  answer_by: [],
  offer_until: [],
  reply_by: [],
  next_step: [],
};
const LONGEST_SUBJECT = 120;

/** Facts that every draft of a stage must state, each once. */
export function requiredPlaceholders({ letter, facts }: Pick<CheckedDraft, 'letter' | 'facts'>): string[] {
  const required = Object.keys(STATED).filter((name) => letter.inputs.includes(name));
  if (facts.deadline) required.push('deadline');
  return required;
}

/** What was written must be a skeleton: known placeholders in their places, the required ones once, nothing else in braces. */
export const SKELETON_CHECKS: readonly Check[] = [
  {
    name: 'placeholders-known',
    holds: 'Every placeholder is one of those listed.',
    look({ skeleton, values, letter }) {
      const known: ReadonlySet<string> = new Set([...offered(values, letter.inputs), ...letter.inputs]);
      const texts = [skeleton.subject, ...skeleton.paragraphs];
      if (texts.flatMap(placeholdersIn).some((name) => !known.has(name))) return 'A placeholder is used that was not listed.';
      if (texts.some((text) => /[{}]/.test(withoutPlaceholders(text)))) return 'There are braces that are no placeholder.';
      return texts.some((text) => /[\p{L}\p{N}]\uFFFC|\uFFFC[\p{L}\p{N}]/u.test(withoutPlaceholders(text)))
        ? 'A placeholder is glued to a word.'
        : null;
    },
  },
  {
    name: 'facts-required',
    holds: 'The list of invoices, the amount and the deadline each stand where they belong.',
    look(draft) {
      const { paragraphs, subject } = draft.skeleton;
      const all = paragraphs.flatMap(placeholdersIn);
      const times = (name: string) => all.filter((each) => each === name).length;
      const isStated = (name: string) => {
        const instead = STATED[name]?.some((each) => draft.letter.inputs.includes(each) && times(each) > 0) ?? false;
        if (draft.facts.stage === 'demand-letter') return times(name) >= 1;
        return times(name) === 1 || (instead && times(name) === 0);
      };
      const missing = requiredPlaceholders(draft).find((name) => !isStated(name));
      if (missing) return `The paragraphs must state {{${missing}}} exactly once.`;
      const alone = paragraphs
        .filter((text) => placeholdersIn(text).some((name) => LISTS.has(name)))
        .every((text) => withoutPlaceholders(text).trim() === BOX);
      if (!alone) return 'The list of invoices, and that of instalments, must each be a paragraph of its own.';
      return placeholdersIn(subject).some((name) => LISTS.has(name) || name === 'history')
        ? 'The subject is one line and holds no list.'
        : null;
    },
  },
  {
    name: 'one-line-each',
    holds: 'Subject and paragraphs are single lines.',
    look: ({ skeleton, rendered }) =>
      [skeleton.subject, ...skeleton.paragraphs].some((text) => /[\r\n\u2028\u2029\u0085]/.test(text)) ||
      rendered.subject.length > LONGEST_SUBJECT
        ? 'The subject and each paragraph must be a single line, the subject a short one.'
        : null,
  },
];
