import { ASKS_NOTHING } from '../../mails/letter-facts.ts';
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
    name: 'next-step-line',
    holds: 'A demand letter says what may follow, in the approved words.',
    look: (draft) =>
      draft.facts.stage === 'demand-letter' && !standsIn(draft, FROM_END['next-step'])
        ? 'The line on what may follow is missing or changed.'
        : null,
  },
  fixed(
    'remittance-line',
    'how-to-pay',
    'The letter says how to pay and where remittance advice goes.',
    'The line on how to pay and on remittance advice is missing or changed.',
  ),
  fixed(
    'if-paid-or-disputed',
    'if-paid-or-disputed',
    'The letter says what to do if it has been paid or is disputed.',
    'What to do if it has been paid or is disputed is missing or changed.',
  ),
  fixed(
    'bank-line',
    'bank-details',
    'The letter says that our bank details have not changed.',
    'The line that our bank details have not changed is missing or changed.',
  ),
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
    look({ letter, values, rendered }) {
      const words =
        rendered.body
          .replace(values.invoice_table!, '')
          .replace(values.signature!, '')
          .match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
      return words > letter.maxWords ? `The letter has ${words} words; this stage allows ${letter.maxWords}.` : null;
    },
  },
];

/** A closing line must stand word for word; it comes `fromEnd` lines above the signature. */
function fixed(name: string, line: Exclude<keyof typeof FROM_END, 'next-step'>, holds: string, wrong: string): Check {
  return { name, holds, look: (draft) => (ASKS_NOTHING.has(draft.facts.stage) || standsIn(draft, FROM_END[line]) ? null : wrong) };
}

const FROM_END = { 'next-step': -5, 'how-to-pay': -4, 'if-paid-or-disputed': -3, 'bank-details': -2 } as const;

function standsIn({ rendered: { closing, body } }: CheckedDraft, fromEnd: number): boolean {
  const line = closing.at(fromEnd);
  return line !== undefined && body.includes(`\n\n${line}\n\n`);
}
