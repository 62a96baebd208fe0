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

export type EuMember = (typeof EURO_MEMBERS)[number] | (typeof OTHER_MEMBERS)[number];

/** The law that governs a contract. 'other' is named in the document; it is known not to be one of the rest. */
export type Law = 'UK' | 'DE' | 'FR' | `EU:${EuMember}` | 'other';

export const LAWS: readonly Law[] = [
  'UK',
  'DE',
  'FR',
  ...[...EURO_MEMBERS, ...OTHER_MEMBERS].sort().map((member): Law => `EU:${member}`),
  'other',
];

export function isLaw(code: string): code is Law {
  return (LAWS as readonly string[]).includes(code);
}
