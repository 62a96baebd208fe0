import type { FactSheet } from '../mails/letter-facts.ts';
import type { LetterLanguage } from '../mails/letter-language.ts';
import { BOOKS } from './languages/books.ts';
import { linesBehind, linesBelow } from './letter-lines.ts';
import type { Letters, Partial } from './letters.ts';
import { fill, type Values } from './placeholders.ts';
import { capitalised, greetedOf, greetingOf, numbersOf } from './values.ts';

/** The words of a letter between greeting and closing, with placeholders for every fact. A template's or a model's. */
export interface Skeleton {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/** A sentence that code adds, by the name of its partial. */
export interface FixedLine {
  readonly name: Partial;
  readonly text: string;
}

/** Everything of a letter that code writes besides values. */
export interface FixedLines {
  /** Right below the list of invoices. */
  readonly below: readonly FixedLine[];
  /** Below the letter's own words. */
  readonly behind: readonly FixedLine[];
  /** The last line and the signature, a paragraph each. */
  readonly leave: readonly [closing: string, signature: string];
}

/** A letter as it would be sent, in its parts. */
export interface RenderedLetter {
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly fixed: FixedLines;
  readonly body: string;
}

/** Characters of a subject that a mail program shows. */
const LONGEST_SUBJECT = 78;

/** Throws a RangeError for a placeholder without a value. A paragraph whose values are all empty is left out. */
export function render(skeleton: Skeleton, facts: FactSheet, letters: Letters, values: Values): RenderedLetter {
  const greeting = greetingOf(facts);
  const fixed = fixedLines(facts, letters, values);
  const paragraphs = skeleton.paragraphs.flatMap((text, at) => {
    const filled = fill(typeset(text, facts.language), values).trim();
    const own = at > 0 && BEGINS.test(text) ? capitalised(filled, facts.locale) : filled;
    return [...(own === '' ? [] : [own]), ...(own === values.invoice_table ? fixed.below.map((line) => line.text) : [])];
  });
  const subject = subjectOf(skeleton, facts, values);
  const body = `${[greeting, ...paragraphs, ...fixed.behind.map(({ text }) => text), ...fixed.leave].join('\n\n')}\n`;
  return { subject, greeting, paragraphs, fixed, body };
}

/** Sentences that are written as the first of a letter; in German, that goes on from the greeting in lower case. */
const BEGINS = /^\{\{\s*(?:unpaid|promise_result)\s*\}\}/;

/** The subject as it is sent: the amount and then the numbers give way where it would be too long. */
export function subjectOf({ subject }: Skeleton, facts: FactSheet, values: Values): string {
  const short = subject.replace(/,\s*\{\{\s*total\s*\}\}$/, '');
  const made = (text: string, invoices = values.invoices ?? '') =>
    capitalised(fill(typeset(text, facts.language), { ...values, invoices }).trim(), facts.locale);
  const ways = [() => made(subject), () => made(short), () => made(short, numbersOf(facts, 1)), () => made(short, numbersOf(facts, 0))];
  return ways.map((way) => way()).find((text) => text.length <= LONGEST_SUBJECT) ?? ways.at(-1)!();
}

export function fixedLines(facts: FactSheet, letters: Letters, values: Values): FixedLines {
  const lines = (names: readonly Partial[]) =>
    names.map((name) => ({ name, text: typeset(letters.partial(name, facts.language, values), facts.language) }));
  const leave = BOOKS[facts.language].labels.closing(greetedOf(facts).tone, greetedOf(facts));
  return { below: lines(linesBelow(facts)), behind: lines(linesBehind(facts)), leave: [leave, values.signature!] };
}

/** The texts of all fixed lines, as they stand in the letter, the signature last. */
export const fixedTexts = ({ below, behind, leave }: FixedLines): string[] => [...[...below, ...behind].map(({ text }) => text), ...leave];

/** French sets a space before double signs that must not break. */
function typeset(text: string, language: LetterLanguage): string {
  return language === 'fr' ? text.replace(/ (?=[:;?!»])/g, '\u00A0').replace(/(?<=«) /g, '\u00A0') : text;
}
