import type { CustomerKind } from '../account/account.ts';
import type { AccountPart } from '../ledger/ledger-record.ts';
import type { Cells } from './cells.ts';

const CUSTOMER_KINDS: readonly CustomerKind[] = ['company', 'sole-trader', 'public-body', 'unknown'];
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that Intl names although ISO 3166-1 gives them to no country. */
const NOT_COUNTRIES = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UK', 'UN', 'XA', 'XB', 'XK', 'ZZ']);

/**
 * What a row says of its account. In an accounts file an empty cell empties the field; elsewhere it says nothing, since an
 * invoice without a country does not mean that the customer has none.
 */
export function readAccountPart(cells: Cells, emptyCounts: boolean): AccountPart {
  const part: Record<string, unknown> = { number: cells.required('account', 64) };
  const put = (field: string, key: string, value: unknown) => {
    if (cells.has(field) && (value !== '' || emptyCounts)) part[key] = value;
  };
  const name = cells.text('accountName');
  if (name !== '') part.name = name;
  put('country', 'country', readCountry(cells));
  put('region', 'region', cells.text('region', 10).toUpperCase());
  put('language', 'language', readLanguage(cells));
  put('zone', 'zone', readZone(cells));
  put('segment', 'segment', cells.text('segment', 60));
  put('customerKind', 'kind', readKind(cells));
  put('parent', 'parent', readParent(cells, part.number as string));
  put('accountEntity', 'entity', cells.text('accountEntity', 20));
  put('owner', 'owner', cells.text('owner', 254));
  if (cells.text('autopay', 20) !== '' || (cells.has('autopay') && emptyCounts)) part.autopay = cells.flag('autopay');
  return part as unknown as AccountPart;
}

function readCountry(cells: Cells): string {
  const code = cells.text('country', 60).toUpperCase();
  if (code === '') return '';
  if (/^[A-Z]{2}$/.test(code) && isCountry(code)) return code;
  cells.refuse('country', 'is not a two-letter country code of ISO 3166-1');
  return '';
}

/** Two letters allow 676 codes; asking Intl for each row took a thirtieth of an import. */
const known = new Map<string, boolean>();

function isCountry(code: string): boolean {
  let is = known.get(code);
  if (is === undefined) {
    is = !NOT_COUNTRIES.has(code) && regions.of(code) !== undefined;
    known.set(code, is);
  }
  return is;
}

function readLanguage(cells: Cells): string {
  const language = cells.text('language', 20).toLowerCase();
  // Not given is not English: the letters' language follows from the country (mails/letter-language.ts).
  if (language === '') return '';
  if (/^[a-z]{2}$/.test(language)) return language;
  cells.refuse('language', 'is not a two-letter language code such as "de"');
  return '';
}

function readZone(cells: Cells): string {
  const zone = cells.text('zone', 60);
  if (zone === '') return '';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    cells.refuse('zone', 'is not a time zone such as "Europe/Berlin"');
    return '';
  }
}

function readKind(cells: Cells): CustomerKind {
  const value = cells.text('customerKind', 60).toLowerCase();
  const known = CUSTOMER_KINDS.find((kind) => kind === value);
  if (known === undefined && value !== '') cells.refuse('customerKind', `is not one of ${CUSTOMER_KINDS.join(', ')}`);
  return known ?? 'unknown';
}

function readParent(cells: Cells, number: string): string {
  const parent = cells.text('parent', 64);
  if (parent !== '' && parent === number) cells.refuse('parent', 'an account cannot be its own parent');
  return parent;
}
