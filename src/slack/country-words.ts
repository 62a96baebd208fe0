const countries = new Intl.DisplayNames('en-GB', { type: 'region' });
const languages = new Intl.DisplayNames('en-GB', { type: 'language' });

/** ISO 3166 as people say it: 'DE' is Germany. What is no such code stays as the ledger has it. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? countries.of(code)! : code;
}

/** ISO 639 as people say it: 'de' is German, 'de-AT' Austrian German. What is no such code stays as the ledger has it. */
export function languageName(code: string): string {
  return /^[a-z]{2,3}(-[A-Z]{2})?$/.test(code) ? languages.of(code)! : code;
}
