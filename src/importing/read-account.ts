import type { CustomerKind } from '../account/account.ts';
import type { AccountPart } from '../ledger/ledger-record.ts';
import type { Cells } from './cells.ts';
import { countryCode, languageCode } from './open-items/places.ts';

const CUSTOMER_KINDS: readonly CustomerKind[] = ['company', 'sole-trader', 'public-body', 'unknown'];

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
  // Only an accounts file can take a kind back.
  if (emptyCounts || cells.text('customerKind', 60) !== '') put('customerKind', 'kind', readKind(cells));
  put('parent', 'parent', readParent(cells, part.number as string));
  put('accountEntity', 'entity', cells.text('accountEntity', 20));
  put('owner', 'owner', cells.text('owner', 254));
  if (cells.text('autopay', 20) !== '' || (cells.has('autopay') && emptyCounts)) part.autopay = cells.flag('autopay');
  return part as unknown as AccountPart;
}

function readCountry(cells: Cells): string {
  const text = cells.text('country', 60);
  if (text === '') return '';
  const code = countryCode(text);
  if (code === null)
    cells.refuse(
      'country',
      'is no country of ISO 3166-1: a code of two or three letters, or its name in English, German, French or Spanish',
    );
  return code ?? '';
}

function readLanguage(cells: Cells): string {
  const text = cells.text('language', 60);
  // Not given is not English: the letters' language follows from the country (mails/letter-language.ts).
  if (text === '') return '';
  const code = languageCode(text) ?? (/^[a-z]{2}$/i.test(text) ? text.toLowerCase() : null);
  if (code === null) cells.refuse('language', 'is no language that is known, such as "de" or "German"');
  return code ?? '';
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
