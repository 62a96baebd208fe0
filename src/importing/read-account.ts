import type { CustomerKind } from '../account/account.ts';
import { LONGEST_TERMS, NOTICE_METHODS } from '../charges/agreement.ts';
import { isLaw } from '../charges/law.ts';
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
  putAgreed(cells, put);
  putLimits(cells, put);
  if (cells.text('autopay', 20) !== '' || (cells.has('autopay') && emptyCounts)) part.autopay = cells.flag('autopay');
  return part as unknown as AccountPart;
}

/** What differs from our standard terms. */
function putAgreed(cells: Cells, put: (field: string, key: string, value: unknown) => void): void {
  const law = cells.text('law', 20).toUpperCase();
  if (law !== '' && law !== 'OTHER' && !isLaw(law))
    cells.refuse('law', 'is no law of the list: a code such as UK, UK:SCT, DE, FR, EU:NL, US:NY or OTHER');
  put('law', 'law', law === 'OTHER' ? 'other' : law);
  const terms = cells.text('paymentTerms', 20);
  if (terms !== '' && !(/^\d{1,3}$/.test(terms) && Number(terms) <= LONGEST_TERMS))
    cells.refuse('paymentTerms', `is not a whole number of days from 0 to ${LONGEST_TERMS}`);
  put('paymentTerms', 'paymentTerms', terms);
  const method = cells.text('noticeMethod', 40).toLowerCase().replaceAll(' ', '-');
  if (method !== '' && !NOTICE_METHODS.some((each) => each === method))
    cells.refuse('noticeMethod', `is not one of ${NOTICE_METHODS.join(', ')}`);
  const address = cells.text('noticeAddress', 500);
  if (method !== '' && address === '') cells.refuse('noticeAddress', 'is missing although a method of notice is given');
  put('noticeMethod', 'noticeMethod', method);
  put('noticeAddress', 'noticeAddress', address);
  put('reminderFee', 'reminderFee', readAmounts(cells, 'reminderFee', 1, 'is not an amount above zero with its currency, such as EUR 15'));
}

/** Decided elsewhere. An empty cell of an accounts file takes nothing back: a limit of 0 does. */
function putLimits(cells: Cells, put: (field: string, key: string, value: unknown) => void): void {
  const why = 'is not an amount of zero or more with its currency, such as EUR 50000; 0 means cash in advance';
  put('creditLimit', 'creditLimit', readAmounts(cells, 'creditLimit', 0, why));
  put('groupLimit', 'groupLimit', readAmounts(cells, 'groupLimit', 0, why));
  put('limitUntil', 'limitUntil', cells.date('limitUntil'));
}

/** 'EUR 15, GBP 12.50' in the file's own style of amounts. */
function readAmounts(cells: Cells, field: string, least: number, why: string): string {
  const parts = cells.text(field, 100).split(/;|,(?=\s*[A-Za-z]{3}\b)/);
  const read = parts.map((part) => /^\s*([A-Za-z]{3})\s+(.+?)\s*$/.exec(part));
  if (parts.join('').trim() === '') return '';
  const fees = read.map((found) => (found ? cells.amountIn(found[2]!, found[1]!.toUpperCase()) : null));
  if (fees.every((fee) => fee !== null && fee >= least)) return read.map((found, n) => `${found![1]!.toUpperCase()} ${fees[n]}`).join(' ');
  cells.refuse(field, why);
  return '';
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
