import type { LetterLanguage } from '../../mails/letter-language.ts';
import type { LanguageBook } from './book.ts';
import { DE } from './de.ts';
import { EN } from './en.ts';
import { ES } from './es.ts';
import { FR } from './fr.ts';

export const BOOKS: Readonly<Record<LetterLanguage, LanguageBook>> = { en: EN, de: DE, fr: FR, es: ES };
