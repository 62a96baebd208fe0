/** Members of the European Union that have laws of their own to Directive 2011/7/EU; Germany and France are listed by their own code. */
export const EURO_MEMBERS = [
  'AT',
  'BE',
  'BG',
  'CY',
  'EE',
  'ES',
  'FI',
  'GR',
  'HR',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PT',
  'SI',
  'SK',
] as const;
/** Their reference rate is their own central bank's (art. 2(7)(b)). */
export const OTHER_MEMBERS = ['CZ', 'DK', 'HU', 'PL', 'RO', 'SE'] as const;

/** States whose law governs most contracts with American customers; each has times of its own. */
export const US_STATES = ['CA', 'DE', 'FL', 'IL', 'NJ', 'NY', 'PA', 'TX'] as const;
export type UsState = (typeof US_STATES)[number];

export type EuMember = (typeof EURO_MEMBERS)[number] | (typeof OTHER_MEMBERS)[number];

/** The law that governs a contract. 'other' is named in the document; it is known not to be one of the rest. */
export type Law = 'UK' | 'UK:SCT' | 'UK:NI' | 'DE' | 'FR' | `EU:${EuMember}` | `US:${UsState}` | 'other';

export const LAWS: readonly Law[] = [
  'UK',
  'UK:SCT',
  'UK:NI',
  'DE',
  'FR',
  ...[...EURO_MEMBERS, ...OTHER_MEMBERS].sort().map((member): Law => `EU:${member}`),
  ...US_STATES.map((state): Law => `US:${state}`),
  'other',
];

const STATES: Readonly<Record<UsState, string>> = {
  CA: 'California',
  DE: 'Delaware',
  FL: 'Florida',
  IL: 'Illinois',
  NJ: 'New Jersey',
  NY: 'New York',
  PA: 'Pennsylvania',
  TX: 'Texas',
};
const COUNTRIES = new Intl.DisplayNames('en-GB', { type: 'region' });

/** As people call it. */
export function lawName(law: Law): string {
  if (law === 'UK') return 'United Kingdom (England and Wales)';
  if (law === 'UK:SCT') return 'Scotland';
  if (law === 'UK:NI') return 'Northern Ireland';
  if (law === 'other') return 'Another law, see the document';
  if (law.startsWith('US:')) return `${STATES[law.slice(3) as UsState]}, United States`;
  return COUNTRIES.of(law.replace('EU:', ''))!;
}

export function isLaw(code: string): code is Law {
  return (LAWS as readonly string[]).includes(code);
}
