/** Public holidays of 2026 on weekdays, from the authorities' own lists and not from the library that the product asks. */
export const HOLIDAYS_2026: Readonly<Record<string, string>> = {
  // gov.uk/bank-holidays
  'GB-ENG': '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  'GB-SCT': '01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28',
  // Feiertagsgesetze of the states
  'DE-BY': '01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 12-25',
  'DE-BE': '01-01 04-03 04-06 05-01 05-14 05-25 12-25',
  'DE-NW': '01-01 04-03 04-06 05-01 05-14 05-25 06-04 12-25',
  // Code du travail, L3133-1
  'FR-': '01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25',
  // opm.gov: federal holidays
  'US-NY': '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25',
  // BOE: calendario laboral, national part
  'ES-MD': '01-01 01-06 04-03 05-01 10-12 12-08 12-25',
  'NL-': '01-01 04-06 04-27 05-14 05-25 12-25',
  // National Day and Founding Day; the weekend is Friday and Saturday
  'SA-': '02-22 09-23',
};
