/** Languages that letters are written in. */
export const LETTER_LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

export interface ChosenLanguage {
  readonly language: LetterLanguage;
  /** False when the ledger names none that letters exist in, so that English is used; the reviewer is told. */
  readonly known: boolean;
}

/** From the ledger's IETF tag: 'de-AT' is German; 'nl' and '' are not known. */
export function letterLanguage(tag: string): ChosenLanguage {
  const primary = tag.trim().toLowerCase().split(/[-_]/)[0] ?? '';
  const language = LETTER_LANGUAGES.find((each) => each === primary);
  return language ? { language, known: true } : { language: 'en', known: false };
}

/** Countries whose dates and amounts differ from the language's usual ones, and which Intl knows. */
const OWN_FORMATS: Readonly<Record<LetterLanguage, readonly string[]>> = {
  en: ['US', 'IE', 'CA', 'AU', 'NZ'],
  de: ['AT', 'CH'],
  fr: ['CH', 'CA', 'BE', 'LU'],
  es: ['MX', 'US', 'AR', 'CL', 'CO'],
};
const USUAL: Readonly<Record<LetterLanguage, string>> = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' };

/** Locale of dates and amounts for a customer's country (ISO 3166-1 alpha-2, or ''). */
export function letterLocale(language: LetterLanguage, country: string): string {
  return OWN_FORMATS[language].includes(country) ? `${language}-${country}` : USUAL[language];
}
