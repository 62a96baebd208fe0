/** Languages that letters are written in. */
export const LETTER_LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

export interface ChosenLanguage {
  readonly language: LetterLanguage;
  /** The ledger names it, the customer's country speaks it, our company usually writes in it, or English because nothing else is known. */
  readonly from: 'ledger' | 'country' | 'company' | 'nothing';
  /** Why it is this one, behind its name; '' where the ledger names it. */
  readonly why: string;
}

/** Countries where business is done in one of our languages. Those of several languages are missing: somebody must ask. */
const SPOKEN_IN: Readonly<Record<LetterLanguage, readonly string[]>> = {
  en: ['GB', 'IE', 'US', 'AU', 'NZ'],
  de: ['DE', 'AT', 'LI'],
  fr: ['FR', 'MC', 'LU'],
  es: ['ES', 'MX', 'AR', 'BO', 'CL', 'CO', 'CR', 'CU', 'DO', 'EC', 'GT', 'HN', 'NI', 'PA', 'PE', 'PY', 'SV', 'UY', 'VE'],
};
const SEVERAL_LANGUAGES = new Set(['CH', 'BE', 'CA']);

/**
 * The one rule of the language in which a customer is written to. The ledger's IETF tag goes first: 'de-AT' is German. Without one it is the country's,
 * then the one in which our company usually writes, then English; `why` says so to whoever reviews.
 */
export function letterLanguage(
  customer: { readonly language: string; readonly country: string },
  usual: LetterLanguage | null,
): ChosenLanguage {
  const { language: tag, country } = customer;
  const primary = tag.trim().toLowerCase().split(/[-_]/)[0] ?? '';
  const language = LETTER_LANGUAGES.find((each) => each === primary);
  if (language) return { language, from: 'ledger', why: '' };
  const spoken = primary === '' ? LETTER_LANGUAGES.find((each) => SPOKEN_IN[each].includes(country)) : undefined;
  if (spoken) return { language: spoken, from: 'country', why: `because the customer is in ${placeName(country)}; not set in the ledger` };
  const why = whyUsual(primary, country);
  if (usual) return { language: usual, from: 'company', why: `the usual language of our company, because ${why}` };
  return { language: 'en', from: 'nothing', why: `because ${why}, and no usual language is set in our standard terms` };
}

function whyUsual(primary: string, country: string): string {
  const name = /^[a-z]{2,3}$/.test(primary) ? LANGUAGE_NAMES.of(primary) : undefined;
  if (name) return `there are no letters in ${name}`;
  if (primary !== '') return `“${primary.slice(0, 20)}” in the ledger is no language we know`;
  if (SEVERAL_LANGUAGES.has(country)) return `${placeName(country)} has several languages; ask the customer and set it in the ledger`;
  return 'the customer’s language is not set in the ledger';
}

const LANGUAGE_NAMES = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'none' });
const COUNTRY_NAMES = new Intl.DisplayNames('en-GB', { type: 'region' });
const WITH_ARTICLE = new Set(['GB', 'US', 'DO']);
const placeName = (country: string) => `${WITH_ARTICLE.has(country) ? 'the ' : ''}${COUNTRY_NAMES.of(country)}`;

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
