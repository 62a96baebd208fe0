import { LETTER_LANGUAGES, type LetterLanguage } from '../../mails/letter-language.ts';
import type { Words } from '../languages/book.ts';
import { BOOKS } from '../languages/books.ts';
import { BOX } from '../placeholders.ts';
import type { WordRule } from './words-alone.ts';

const unwanted = (name: string, which: keyof Words, holds: string, wrong: string): WordRule => ({
  name,
  holds,
  wrong,
  breaks: (text, language) => (BOOKS[language].words[which] as RegExp).test(text),
});

/** How we write, whatever the facts. */
export const WORDING_RULES: readonly WordRule[] = [
  unwanted('no-threat', 'threat', 'Nothing is threatened.', 'The words threaten, or speak of courts, lawyers or collection.'),
  unwanted(
    'no-legal-claim',
    'claim',
    'No legal claim is made.',
    'The words make a legal claim, such as interest or fees, outside approved wording.',
  ),
  unwanted(
    'no-concession',
    'concession',
    'Nothing is offered, cancelled or declared paid.',
    'The words offer, cancel, postpone or settle something, or say that payment is not needed.',
  ),
  unwanted(
    'no-idiom',
    'idiom',
    'There is no idiom or office phrase.',
    'There is an idiom or an office phrase that a plain sentence would replace.',
  ),
  unwanted('no-label', 'label', 'The customer is not labelled.', 'The customer is called something that we do not write to customers.'),
  unwanted(
    'final-by-facts',
    'final',
    'Only the facts call a notice final.',
    'The words call this final or the last; only an authorised notice is, and the facts say so.',
  ),
  {
    name: 'no-exclamation-mark',
    holds: 'There is no exclamation mark.',
    wrong: 'There is an exclamation mark.',
    breaks: (text) => /[!¡]/.test(text),
  },
  {
    name: 'one-request',
    holds: 'One thing is asked for, or nothing where the letter thanks or acknowledges.',
    wrong: 'A letter asks for exactly one thing, one that thanks or acknowledges for nothing; this does not.',
    breaks: (text, language, _names, asks) => requests(text, language) !== (asks ? 1 : 0),
  },
  {
    name: 'language',
    holds: 'The words are in the language of the letter.',
    wrong: 'The words are not in the language of the letter.',
    breaks: (text, language) => recognised(text) !== language,
  },
];

/** Sentences that ask, without those that only apply in some case. The subject, which is the first line, asks for nothing. */
function requests(text: string, language: LetterLanguage): number {
  const { request, condition } = BOOKS[language].words;
  const paragraphs = text.split('\n').slice(1);
  const sentences = paragraphs.flatMap((paragraph) => [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(paragraph)]);
  return sentences
    .map(({ segment }) => segment.trim())
    .filter((sentence) => !condition.test(sentence) && (request.test(sentence) || sentence.includes('?'))).length;
}

const LITTLE = Object.fromEntries(LETTER_LANGUAGES.map((language) => [language, new Set(BOOKS[language].words.little)]));

/** The language whose little words are the most frequent; null when none stands out. */
function recognised(text: string): LetterLanguage | null {
  const words =
    text
      .replaceAll(BOX, ' ')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const counted = LETTER_LANGUAGES.map((language) => ({ language, count: words.filter((word) => LITTLE[language]!.has(word)).length }));
  const [best, second] = counted.sort((a, b) => b.count - a.count);
  return best!.count > second!.count && best!.count * 8 >= words.length ? best!.language : null;
}
