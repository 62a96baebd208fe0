import { isCurrency } from '../../kernel/money.ts';
import type { LetterLanguage } from '../../mails/letter-language.ts';
import { BOOKS } from '../languages/books.ts';
import type { NameIndex } from '../names.ts';

/** Rules for words outside placeholders, where no fact may stand. Each: a name, what is wrong, and where it is. */
export interface WordRule {
  readonly name: string;
  readonly holds: string;
  readonly wrong: string;
  /** True when the text breaks the rule. Values have become BOX. `asks`: the letter asks for something. */
  breaks(text: string, language: LetterLanguage, names: NameIndex, asks: boolean): boolean;
}

const LINK =
  /https?:|www\.|:\/\/|[\p{L}\p{N}-]\.\p{L}{2,}|(?<!\p{L})(?:dot|punkt|point|punto)\s+(?:com|net|org|io|de|fr|es|uk|eu)(?!\p{L})/iu;
/** Letters of European languages and the marks of ordinary sentences; no look-alikes, nothing that cannot be seen. */
const ORDINARY = /^[\p{Script=Latin} \n\u00A0\u202F.,:;?!¿¡'’‘"“”„«»‹›()…–—\-/&@%\p{N}\p{Sc}\uFFFC]*$/u;

export const WORD_RULES: readonly WordRule[] = [
  {
    name: 'ordinary-characters',
    holds: 'There are only ordinary letters and marks.',
    wrong: 'There are characters that a reader cannot see or could mistake for others.',
    breaks: (text) => !ORDINARY.test(text) || compatible(text) !== compatible(text).normalize('NFKC'),
  },
  {
    name: 'no-digits',
    holds: 'No digit stands outside the facts.',
    wrong: 'A digit stands in the words; figures come from the ledger alone.',
    breaks: (text) => /\p{N}/u.test(text),
  },
  {
    name: 'no-number-words',
    holds: 'No number stands in words.',
    wrong: 'A number stands in words; figures come from the ledger alone.',
    breaks: (text, language) => tokens(text).some((token) => isNumberWord(token, language)),
  },
  {
    name: 'no-dates',
    holds: 'No date or period stands outside the facts.',
    wrong: 'A day, date or period stands in the words; dates come from the ledger alone.',
    breaks: (text, language) => BOOKS[language].words.calendar.test(text),
  },
  {
    name: 'no-currency',
    holds: 'No currency stands outside the facts.',
    wrong: 'A currency or percentage stands in the words; amounts come from the ledger alone.',
    breaks: (text, language) =>
      /[\p{Sc}%‰]/u.test(text) ||
      BOOKS[language].words.currency.test(text) ||
      (text.match(/(?<!\p{L})[A-Z]{3}(?!\p{L})/gu) ?? []).some(isCurrency),
  },
  {
    name: 'no-addresses',
    holds: 'No link or e-mail address stands outside the facts.',
    wrong: 'A link or an e-mail address stands in the words.',
    breaks: (text) => text.includes('@') || LINK.test(text),
  },
  {
    name: 'no-capitals',
    holds: 'Nothing is written in capitals.',
    wrong: 'A word is written in capitals, as codes and account numbers are.',
    breaks: (text) => /(?<!\p{L})\p{Lu}{4,}(?!\p{Ll})/u.test(text),
  },
  {
    name: 'no-bank-talk',
    holds: 'Only the fixed line speaks of bank details.',
    wrong: 'The words speak of a bank or a means of payment; only the fixed line may.',
    breaks: (text, language) => BOOKS[language].words.bank.test(text),
  },
  {
    name: 'no-known-names',
    holds: 'No name of a customer or colleague stands outside the facts.',
    wrong: 'A name that is known to the store stands in the words.',
    breaks: (text, _language, names) => names.find(text) !== null,
  },
];

/** Marks that NFKC would take apart although readers know them. */
function compatible(text: string): string {
  return text.replaceAll('…', '').replace(/[\u00A0\u202F]/g, ' ');
}

/** Lower case; a word with hyphens also counts joined. */
function tokens(text: string): string[] {
  return [...text.normalize('NFC').matchAll(/[\p{L}\p{M}]+(?:[-‐‑–][\p{L}\p{M}]+)*/gu)].flatMap(([word]) => {
    const parts = word.split(/[-‐‑–]/);
    return parts.length === 1 ? [word] : [...parts, parts.join('')];
  });
}

function isNumberWord(token: string, language: LetterLanguage): boolean {
  if (/^[IVXLCDM]{2,}$/.test(token)) return true;
  const word = token.toLowerCase();
  // A mail may not hide a number in English either; 'second', 'six' and 'double' are French or Spanish words too, and listed there anyway.
  return BOOKS[language].words.number.test(word) || (word.length > 3 && BOOKS.en.words.number.test(word));
}
