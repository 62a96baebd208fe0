import type { FactSheet } from '../mails/letter-facts.ts';
import type { LetterLanguage } from '../mails/letter-language.ts';
import type { Letters } from './letters.ts';
import { fill, type Values } from './placeholders.ts';
import { closingOf, greetingOf } from './values.ts';

/** The words of a letter between greeting and closing, with placeholders for every fact. A template's or a model's. */
export interface Skeleton {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/** A letter as it would be sent, in its parts. */
export interface RenderedLetter {
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly closing: readonly string[];
  readonly body: string;
}

/** Throws a RangeError for a placeholder without a value. A paragraph whose values are all empty is left out. */
export function render(skeleton: Skeleton, facts: FactSheet, letters: Letters, values: Values): RenderedLetter {
  const greeting = greetingOf(facts);
  const paragraphs = skeleton.paragraphs.map((text) => fill(typeset(text, facts.language), values).trim()).filter((text) => text !== '');
  const closing = closingLines(facts, letters, values);
  const subject = capitalised(fill(typeset(skeleton.subject, facts.language), values).trim(), facts.locale);
  return { subject, greeting, paragraphs, closing, body: `${[greeting, ...paragraphs, ...closing].join('\n\n')}\n` };
}

/** As they stand in the letter, the signature last. */
export function closingLines(facts: FactSheet, letters: Letters, values: Values): string[] {
  return closingOf(facts, letters, values).map((text) => typeset(text, facts.language));
}

/** French sets a space before double signs that must not break. */
function typeset(text: string, language: LetterLanguage): string {
  return language === 'fr' ? text.replace(/ (?=[:;?!»])/g, '\u00A0').replace(/(?<=«) /g, '\u00A0') : text;
}

function capitalised(text: string, locale: string): string {
  const [first = '', ...rest] = Array.from(text);
  return first.toLocaleUpperCase(locale) + rest.join('');
}
