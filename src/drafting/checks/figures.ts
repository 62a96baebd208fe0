import { BOX, type Values } from '../placeholders.ts';
import { fixedTexts, type RenderedLetter, subjectOf } from '../skeleton.ts';
import { numbersOf } from '../values.ts';
import type { Check } from './check.ts';
import { WORD_RULES } from './words-alone.ts';

/**
 * The rendered text read again, without looking at how it was made: every value of the fact sheet is taken out where it stands whole, and what
 * remains must hold no fact. Values that must be there are counted.
 */
export const FIGURE_CHECKS: readonly Check[] = [
  {
    name: 'text-read-again',
    holds: 'Read again as sent, the text holds the facts of the ledger and no others.',
    look({ rendered, values, letter, names, facts }) {
      const rest = remainder(rendered, values, [numbersOf(facts, 1), numbersOf(facts, 0)]);
      const broken = WORD_RULES.find((rule) => FACT_RULES.has(rule.name) && rule.breaks(rest, letter.language, names, true));
      return broken ? `Read again as it would be sent: ${broken.wrong}` : null;
    },
  },
  {
    name: 'facts-stand',
    holds: 'The invoices, the amount asked for and the deadline stand in the text unchanged.',
    look({ rendered, values, skeleton, facts }) {
      const body = rendered.body;
      if (values.invoice_table && count(body, values.invoice_table) !== 1)
        return 'The list of invoices does not stand in the text unchanged.';
      const said = skeleton.paragraphs.join('\n');
      const lost = (Object.keys(values) as (keyof Values)[]).find((name) => {
        const times = said.match(new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`, 'g'))?.length ?? 0;
        return values[name] !== '' && count(body.toLowerCase(), values[name]!.toLowerCase()) < times;
      });
      if (lost || rendered.subject !== subjectOf(skeleton, facts, values)) return 'A fact was changed after the letter was put together.';
      return body.includes(values.signature!) ? null : 'The signature does not stand in the text unchanged.';
    },
  },
  {
    name: 'no-mark-left',
    holds: 'No placeholder is left.',
    look: ({ rendered }) => (/[{}]/.test(`${rendered.subject}${rendered.body}`) ? 'A placeholder was left in the text.' : null),
  },
];

/** Of the rules for words, those about facts; how it is worded was asked before. */
const FACT_RULES: ReadonlySet<string> = new Set([
  'ordinary-characters',
  'no-digits',
  'no-number-words',
  'no-dates',
  'no-currency',
  'no-addresses',
  'no-capitals',
  'no-known-names',
]);

/** Subject and body with every whole value taken out; values stand whole when no letter, digit or sign continues them. */
function remainder({ subject, greeting, fixed, body }: RenderedLetter, values: Values, inSubject: readonly string[]): string {
  // The fixed lines are compared word for word elsewhere; here only their values are facts, so they are taken out whole as well.
  const known = [greeting, ...fixedTexts(fixed), ...Object.values(values), ...inSubject];
  return withoutValues(`${subject}\n${body}`, known);
}

/** The text with BOX for every value, longest first. A value may begin with a capital where it begins a subject. */
export function withoutValues(text: string, values: readonly string[]): string {
  const longestFirst = [...new Set(values)].filter((value) => value !== '').sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, value) => takeOut(takeOut(rest, value), value[0]!.toUpperCase() + value.slice(1)), text);
}

const CONTINUES_BEFORE = /[\p{L}\p{N}\p{Sc}\-\u2212+]$/u;
const CONTINUES_BEHIND = /^(?:[\p{L}\p{N}\p{Sc}%]|[.,'’\u00A0\u202F-]\p{N})/u;

/** Only where the value stands whole. By index: a pattern with look-behind takes a hundred times as long on a whole letter. */
function takeOut(text: string, value: string): string {
  let made = '';
  let from = 0;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    if (at < from) continue;
    const end = at + value.length;
    if (CONTINUES_BEFORE.test(text.slice(Math.max(0, at - 2), at)) || CONTINUES_BEHIND.test(text.slice(end, end + 3))) continue;
    made += text.slice(from, at) + BOX;
    from = end;
  }
  return made + text.slice(from);
}

function count(text: string, part: string): number {
  return part === '' ? 0 : text.split(part).length - 1;
}
