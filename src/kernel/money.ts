import { allocate, dinero, toSnapshot } from 'dinero.js/bigint';
import * as iso4217 from 'dinero.js/currencies';

/** `amount` is a safe integer in minor units of `currency` (ISO 4217). Made only by this file. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** How amounts are written in a file. `group` '' means no thousands separator. A space stands for every kind of space. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  readonly group: '' | '.' | ',' | ' ' | "'";
}

export type ParsedAmount = { readonly ok: true; readonly amount: number } | { readonly ok: false; readonly reason: string };

interface IsoCurrency {
  readonly base: number | readonly number[];
  readonly exponent: number;
}
const CURRENCIES = new Map<string, IsoCurrency>(Object.entries(iso4217));

/**
 * Decimals of a currency by ISO 4217 (JPY 0, HUF 2, KWD 3). Intl.NumberFormat is not asked: it follows common usage (HUF 0, IQD 0) instead.
 * Throws a RangeError for a code ISO does not list.
 */
export function exponentOf(currency: string): number {
  const known = CURRENCIES.get(currency);
  if (known === undefined) throw new RangeError(`unknown currency: ${currency}`);
  // Ariary and ouguiya are divided by five, yet ISO 4217 and bank files write them with two decimals.
  return known.base === 10 ? known.exponent : 2;
}

/** Codes, in the order of the alphabet. */
export const CURRENCY_CODES: readonly string[] = [...CURRENCIES.keys()].sort();

export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** Minor units that are not a safe integer: most often a sum, whose figures would be false from there on. */
export class AmountTooLarge extends RangeError {
  override readonly name = 'AmountTooLarge';
}

/** A sum may leave the safe integers and is then shown to nobody as a figure; each row by itself never does (parseAmount). */
export function isExact(amount: number): boolean {
  return Number.isSafeInteger(amount);
}

/** Throws a RangeError for an unknown currency, and AmountTooLarge. */
export function moneyOf(amount: number, currency: string): Money {
  exponentOf(currency);
  return { amount: safe(amount), currency };
}

/** Throws a TypeError when the currencies differ: there is no sum without a dated rate. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new TypeError(`cannot add ${b.currency} to ${a.currency}`);
  return { amount: safe(a.amount + b.amount), currency: a.currency };
}

/** Adds to a running total per currency, in minor units. One row too many does not stop the others: whoever shows the total looks at isExact. */
export function addTo(totals: Map<string, number>, { amount, currency }: Money): void {
  totals.set(currency, (totals.get(currency) ?? 0) + amount);
}

/**
 * Splits minor units by whole-number weights so that the parts sum exactly to the amount; units left over go to the largest weights, of equal ones to the first.
 * Throws a RangeError without a positive weight.
 */
export function allocateAmount({ amount, currency }: Money, weights: readonly number[]): number[] {
  if (!weights.some((weight) => weight > 0) || weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError('weights must be whole numbers, at least one above zero');
  }
  const whole = dinero({ amount: BigInt(amount), currency: { code: currency, base: 10n, exponent: BigInt(exponentOf(currency)) } });
  return allocate(whole, weights.map(BigInt)).map((part) => Number(toSnapshot(part).amount));
}

const SPACES = /[\s\u00a0\u2007\u2009\u202f]/gu;

/**
 * Reads decimal text such as '1.234,56', '1 234,56', '(12.30)' or '12,30-' into minor units.
 * Never guesses: text that does not fit the declared style, more decimals than the currency has, and amounts beyond the safe integers are refused.
 */
export function parseAmount(text: string, currency: string, style: NumberStyle): ParsedAmount {
  if (!isCurrency(currency)) return refuse(`"${currency}" is not a currency of ISO 4217`);
  const { negative, digits } = splitSign(text.replace(SPACES, ' ').replaceAll('\u2019', "'").trim());
  const parts = digits.split(style.decimal);
  const whole = ungroup(parts[0] ?? '', style.group);
  const fraction = parts[1] ?? '';
  if (parts.length > 2 || whole === null || !/^\d+$/.test(whole) || !/^\d*$/.test(fraction)) {
    return refuse(`not an amount with decimal "${style.decimal}"${style.group ? ` and thousands "${style.group}"` : ''}`);
  }
  const exponent = exponentOf(currency);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > exponent) return refuse(`${currency} has ${exponent} decimals, this has ${significant.length}`);
  const amount = Number(whole + significant.padEnd(exponent, '0'));
  if (!Number.isSafeInteger(amount)) return refuse('too large to be kept exactly');
  return { ok: true, amount: negative && amount !== 0 ? -amount : amount };
}

/** '5119.85' for 511985 USD: point, no grouping, always the decimals of the currency. For machines. */
export function toDecimal({ amount, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(safe(amount))).padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  return `${amount < 0 ? '-' : ''}${digits.slice(0, cut)}${exponent > 0 ? `.${digits.slice(cut)}` : ''}`;
}

/** 'EUR 1234.50': as people type it into a form, and as it is said of files. */
export const withCode = (money: Money): string => `${money.currency} ${toDecimal(money)}`;

/** A total for our own people, who are told when there are no exact figures for it. For customers: formatMoney, which throws then. */
export function formatTotal(of: Money, locale: string): string {
  return isExact(of.amount) ? formatMoney(of, locale) : `${of.currency} ${TOO_LARGE}`;
}

/** In place of figures that would be false. */
export const TOO_LARGE = '(too large to add up)';

/** For people: '5.119,85 €' in 'de', 'US$5,119.85' in 'en-GB'. Throws AmountTooLarge. */
export function formatMoney(of: Money, locale: string): string {
  // A decimal string is formatted exactly, a number above 2^53 / 100 would not be.
  return formatter(of.currency, locale).format(toDecimal(of) as Intl.StringNumericLiteral);
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const kept = formatters.get(key);
  if (kept !== undefined) return kept;
  const decimals = exponentOf(currency);
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    // Spanish groups four digits too where amounts stand one below the other.
    ...(locale.startsWith('es') ? { useGrouping: 'always' as const } : {}),
  });
  formatters.set(key, made);
  return made;
}

function splitSign(text: string): { negative: boolean; digits: string } {
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed) return { negative: true, digits: bracketed[1]!.trim() };
  const signed = /^([+\-\u2212]?) ?(.*?) ?([+\-\u2212]?)$/.exec(text);
  const [, before = '', digits = '', after = ''] = signed ?? [];
  if (before && after) return { negative: false, digits: text };
  return { negative: /[-\u2212]/.test(before + after), digits };
}

/** Groups must be groups of three, so that '1.23' under a thousands point is refused, not read as 123. */
function ungroup(whole: string, group: NumberStyle['group']): string | null {
  if (group === '' || !whole.includes(group)) return whole;
  const groups = whole.split(group);
  const fits = /^\d{1,3}$/.test(groups[0]!) && groups.slice(1).every((part) => /^\d{3}$/.test(part));
  return fits ? groups.join('') : null;
}

function refuse(reason: string): ParsedAmount {
  return { ok: false, reason };
}

function safe(amount: number): number {
  if (!isExact(amount)) throw new AmountTooLarge(`not a safe integer of minor units: ${amount}`);
  return amount;
}
