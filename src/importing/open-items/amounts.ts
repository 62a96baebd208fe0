import { exponentOf, isCurrency } from '../../kernel/money.ts';

/** An amount as it stands in a cell, before the decimal sign is known. */
export interface WrittenAmount {
  /** Digits and what stands between them. */
  readonly body: string;
  /** By a minus before or behind, brackets, CR, H or Haben. */
  readonly negative: boolean;
  /** '' without a currency; '$' for a dollar of whatever country. */
  readonly currency: string;
  readonly percent: boolean;
}

export type Decimal = '.' | ',';

/** Larger amounts, in minor units, are no invoices: a sum of some would leave the exact numbers. */
export const LARGEST = 1_000_000_000_000_000;
const LONGEST = 40;
const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₺': 'TRY',
  zł: 'PLN',
  Kč: 'CZK',
  Ft: 'HUF',
  US$: 'USD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  R$: 'BRL',
  $: '$',
  '¥': '¥',
  kr: 'kr',
  'Fr.': 'CHF',
  SFr: 'CHF',
};
const SIGN = Object.keys(SIGNS)
  .sort((a, b) => b.length - a.length)
  .map((sign) => sign.replaceAll(/[$.]/g, '\\$&'))
  .join('|');
const AT_HEAD = new RegExp(`^(?:(${SIGN})|([A-Z]{3})(?![A-Za-z]))\\s*`);
const AT_TAIL = new RegExp(`\\s*(?:(${SIGN})|(?<![A-Za-z])([A-Z]{3}))$`);
const MINUS_TAIL = /\s*(?:-|\u2212)$/;
const CREDIT_TAIL = /(?<=[\d)])\s*(?:CR|Cr|H|Haben)$/;
const DEBIT_TAIL = /(?<=[\d)])\s*(?:DR|Dr|S|Soll|D)$/;

/** Null for what is no amount at all. */
export function writtenAmount(cell: string): WrittenAmount | null {
  if (cell === '' || cell.length > LONGEST || !/\d/.test(cell)) return null;
  let rest = cell.replaceAll(/[\s\u00a0\u2007\u2009\u202f]+/gu, ' ').trim();
  let minus = 0;
  let signs = 0;
  let currency = '';
  let percent = false;
  const strip = (pattern: RegExp, then: (match: RegExpExecArray) => void): boolean => {
    const match = pattern.exec(rest);
    if (!match) return false;
    rest = rest.replace(pattern, '').trim();
    then(match);
    return true;
  };
  const negate = () => {
    minus += 1;
    signs += 1;
  };
  const named = (match: RegExpExecArray) => {
    currency ||= match[1] !== undefined ? SIGNS[match[1]]! : match[2]!;
  };
  for (let turn = 0; turn < 6; turn += 1) {
    const bracketed = /^\((.*)\)$/.exec(rest);
    if (bracketed) {
      rest = bracketed[1]!.trim();
      negate();
      continue;
    }
    if (strip(/^[-\u2212]\s*/, negate) || strip(MINUS_TAIL, negate) || strip(CREDIT_TAIL, negate)) continue;
    if (strip(/^\+\s*|\s*\+$/, () => (signs += 1)) || strip(DEBIT_TAIL, () => (signs += 1))) continue;
    if (strip(/\s*%$/, () => (percent = true))) continue;
    if (currency === '' && (strip(AT_HEAD, named) || strip(AT_TAIL, named))) continue;
    break;
  }
  if (signs > 1 || !/^(?:\d[\d.,'’ ]*|[.,]\d+)$/.test(rest)) return null;
  if (/^[A-Z]{3}$/.test(currency) && !isCurrency(currency)) return null;
  return { body: rest.replaceAll('’', "'"), negative: minus > 0, currency, percent };
}

/** Digits before and behind the decimal sign; null where the body cannot be written so. */
export function digitsOf(body: string, decimal: Decimal): { whole: string; fraction: string } | null {
  const parts = body.split(decimal);
  if (parts.length > 2) return null;
  const [before = '', fraction = ''] = parts;
  if (!/^\d*$/.test(fraction)) return null;
  const whole = ungrouped(before, decimal);
  return whole === null || whole + fraction === '' ? null : { whole: whole || '0', fraction };
}

/** Groups of three, or of two and three as in India; one kind of sign between them. */
function ungrouped(text: string, decimal: Decimal): string | null {
  if (/^\d*$/.test(text)) return text;
  for (const group of [decimal === '.' ? ',' : '.', ' ', "'"]) {
    const parts = text.split(group);
    if (parts[0] === '0' || parts[0] === '00') continue;
    if (parts.length < 2 || !parts.every((part) => /^\d+$/.test(part))) continue;
    const inThree = parts[0]!.length <= 3 && parts.slice(1).every((part) => part.length === 3);
    const inTwo =
      group === ',' && parts[0]!.length <= 2 && parts.slice(1, -1).every((part) => part.length === 2) && parts.at(-1)!.length === 3;
    if (inThree || inTwo) return parts.join('');
  }
  return null;
}

export type ReadAmount = { readonly amount: number; readonly noise: boolean } | { readonly fault: string };

/** Minor units with so many decimals. Digits left over from binary arithmetic are less than a millionth and are dropped, and that is said. */
export function minorUnits({ whole, fraction }: { whole: string; fraction: string }, decimals: number, currency: string): ReadAmount {
  const significant = fraction.replace(/0+$/, '');
  let units = BigInt(whole) * 10n ** BigInt(decimals) + BigInt(significant.slice(0, decimals).padEnd(decimals, '0') || '0');
  let noise = false;
  const rest = significant.slice(decimals);
  if (rest !== '') {
    const over = Number(`0.${rest}`);
    const tolerance = 1e-6 * 10 ** decimals;
    if (rest.length < 4 || (over > tolerance && 1 - over > tolerance))
      return { fault: `has ${significant.length} decimals, ${currency || 'a usual currency'} ${decimals}` };
    if (over > 0.5) units += 1n;
    noise = true;
  }
  if (units >= BigInt(LARGEST)) return { fault: 'is larger than any invoice: perhaps it is another column' };
  return { amount: Number(units), noise };
}

export interface NumberEvidence {
  readonly decimal: Decimal | null;
  readonly sentence: string;
  /** Both signs fit every amount, and they mean different amounts. */
  readonly ambiguous: boolean;
  /** An amount that both fit. */
  readonly example?: string;
}

/** What sign stands before the decimals, from all amounts together. `currency` of an amount tells how many decimals it can have. */
export function numberEvidence(amounts: readonly { readonly body: string; readonly currency: string }[]): NumberEvidence {
  const fits = (decimal: Decimal) => amounts.filter(({ body, currency }) => fitsAs(body, currency, decimal)).length;
  const telling = amounts.filter(({ body }) => /\D/.test(body));
  if (telling.length === 0) return { decimal: '.', sentence: 'The amounts have no decimals.', ambiguous: false };
  const [point, comma] = [fits('.'), fits(',')];
  const all = amounts.length;
  const decimal: Decimal = point >= comma ? '.' : ',';
  const [most, least] = [Math.max(point, comma), Math.min(point, comma)];
  const sentence = `${most} of ${all} amounts fit a decimal ${decimal === '.' ? 'point' : 'comma'}; ${least === 0 ? 'none fits' : `${least} fit`} a decimal ${decimal === '.' ? 'comma' : 'point'}.`;
  const open = telling.find(
    ({ body, currency }) => fitsAs(body, currency, '.') && fitsAs(body, currency, ',') && meaning(body, '.') !== meaning(body, ','),
  );
  const against = telling.some(
    ({ body, currency }) => fitsAs(body, currency, decimal === '.' ? ',' : '.') && !fitsAs(body, currency, decimal),
  );
  // Where each amount says itself how it is meant, both signs may stand in one file.
  if (open === undefined) return { decimal: point === comma && against ? null : decimal, sentence, ambiguous: false };
  if (point !== comma && !against) return { decimal, sentence, ambiguous: false };
  return {
    decimal: null,
    sentence: `"${open.body}" can be read with a decimal point and with a decimal comma. ${sentence}`,
    ambiguous: true,
    example: open.body,
  };
}

function fitsAs(body: string, currency: string, decimal: Decimal): boolean {
  const digits = digitsOf(body, decimal);
  if (digits === null) return false;
  const decimals = isCurrency(currency) ? exponentOf(currency) : 2;
  return 'amount' in minorUnits(digits, decimals, currency);
}

function meaning(body: string, decimal: Decimal): string {
  const digits = digitsOf(body, decimal);
  return digits === null ? '' : `${digits.whole.replace(/^0+(?=\d)/, '')}.${digits.fraction.replace(/0+$/, '')}`;
}
