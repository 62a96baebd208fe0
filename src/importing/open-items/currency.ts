import { exponentOf, isCurrency } from '../../kernel/money.ts';

/** Decimals of an amount whose currency nobody has named yet. */
const USUAL_DECIMALS = 2;
const ALSO: Readonly<Record<string, string>> = { '€': 'EUR', EURO: 'EUR', '£': 'GBP', SFR: 'CHF' };

/** null for what is no currency of ISO 4217. */
export function codeOf(text: string): string | null {
  const code = text.trim().toUpperCase();
  return isCurrency(code) ? code : (ALSO[code] ?? null);
}

export function decimalsOf(currency: string | null): number {
  return currency === null ? USUAL_DECIMALS : exponentOf(currency);
}

/** Whether a sign of several countries can stand for this currency. */
export function signFits(sign: string, currency: string): boolean {
  if (sign === '$') return !/^(?:EUR|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CZK|HUF|INR|TRY|CNY)$/.test(currency);
  if (sign === '¥') return currency === 'JPY' || currency === 'CNY';
  return sign !== 'kr' || /^(?:SEK|NOK|DKK|ISK)$/.test(currency);
}
