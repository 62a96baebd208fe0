import { greetedName, greetingOf } from '../values.ts';
import type { Check, CheckedDraft } from './check.ts';

/** The letter as the customer will read it: what must stand in it, and how long it may be. */
export const LETTER_CHECKS: readonly Check[] = [
  {
    name: 'greeting-by-name',
    holds: 'The contact is greeted by name.',
    look({ facts, rendered }) {
      if (!rendered.body.startsWith(`${greetingOf(facts)}\n\n`)) return 'The letter does not begin with the greeting.';
      const name = greetedName(facts.contact);
      return name && !rendered.greeting.includes(name) ? 'The contact is not greeted by name.' : null;
    },
  },
  {
    name: 'deadline-date',
    holds: 'Where the stage sets a deadline, its date is given.',
    look: ({ facts, values, rendered }) =>
      facts.deadline && !rendered.body.includes(values.deadline!) ? 'The deadline is not given as a date.' : null,
  },
  {
    name: 'fixed-lines',
    holds: 'Every fixed line that belongs into this letter stands in it, word for word.',
    look({ rendered: { body, fixed } }) {
      const lost = [...fixed.below, ...fixed.behind].find(({ text }) => !body.includes(`\n\n${text}\n\n`));
      if (lost) return LOST[lost.name] ?? 'A fixed line is missing or changed.';
      return body.endsWith(`\n\n${fixed.leave.join('\n\n')}\n`) ? null : 'The last line or the signature is missing or changed.';
    },
  },
  {
    name: 'person-and-number',
    holds: 'A person signs, with a telephone number.',
    look({ facts: { sender }, rendered }) {
      const end = rendered.body.slice(-400);
      return sender.name.trim() === '' || sender.phone.trim() === '' || !end.includes(sender.name) || !end.includes(sender.phone)
        ? 'The letter does not end with the name and the telephone number of a person.'
        : null;
    },
  },
  {
    name: 'length',
    holds: 'The letter is short enough.',
    look(draft) {
      const [words, most] = [lengthOf(draft), mostWords(draft)];
      return words > most ? `The letter has ${words} words; this stage allows ${most}.` : null;
    },
  },
];

/** Words between white space, without lists, the signature and what the law of the contract adds to a formal demand; a mark alone is no word. */
export function lengthOf({ rendered, values }: Pick<CheckedDraft, 'rendered' | 'values'>): number {
  const apart = [values.invoice_table, values.instalments, values.formal_terms, values.signature];
  const own = apart.reduce<string>((text, each) => (each ? text.replace(each, '') : text), rendered.body);
  return own.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** A letter with words for one customer may be longer than the house's own by this much. */
const OWN_WORDS_MORE = 1.25;

/** The letter of the house keeps its limit exactly; what was written for this customer has some room. */
function mostWords({ letter, skeleton }: CheckedDraft): number {
  return isOwn({ letter, skeleton }) ? letter.maxWords : Math.floor(letter.maxWords * OWN_WORDS_MORE);
}

/** The words are those of prompts/, unchanged. */
export const isOwn = ({ letter, skeleton }: Pick<CheckedDraft, 'letter' | 'skeleton'>): boolean =>
  skeleton.subject === letter.subject && skeleton.paragraphs.join('\n\n') === letter.paragraphs.join('\n\n');

const LOST: Readonly<Record<string, string>> = {
  pay: 'The line on how to pay and on remittance advice is missing or changed.',
  safety: 'What to do if it has been paid or is disputed, or that our bank details have not changed, is missing or changed.',
  'bank-only': 'The line that our bank details have not changed is missing or changed.',
};
