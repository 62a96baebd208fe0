import { exponentOf, isCurrency, parseAmount, toDecimal } from '../kernel/money.ts';
import { clip } from './text.ts';

/** How the team types amounts: its Slack is in English, whatever the customer's language. */
const TEAM_STYLE = { decimal: '.', group: ',' } as const;

interface Problem {
  /** A sentence to stand under the field. */
  readonly problem: string;
}

/** What a person typed, in minor units. Nothing is guessed: '3,50' is refused and not read as 350. */
export function readAmount(text: string, currency: string): { readonly amount: number } | Problem {
  const parsed = parseAmount(text, currency, TEAM_STYLE);
  if (parsed.ok) return { amount: parsed.amount };
  const named = isCurrency(currency) ? ` in ${currency}` : '';
  return { problem: `“${clip(text.trim(), 40)}” is not an amount${named}. Type it like ${example(currency)}.` };
}

/** The same; null where the field was left empty. */
export function readOptionalAmount(text: string, currency: string): { readonly amount: number | null } | Problem {
  return text.trim() === '' ? { amount: null } : readAmount(text, currency);
}

/** One amount with its currency before or behind it, such as 'GBP 120.00' or '120.00 GBP'. */
export function readCurrencyAmount(text: string): { readonly currency: string; readonly amount: number } | Problem {
  const [, before = '', figure = '', behind = ''] = /^([A-Za-z]{3})?\s*([^A-Za-z]*?)\s*([A-Za-z]{3})?$/.exec(text.trim()) ?? [];
  const currency = (before || behind).toUpperCase();
  if ((before !== '') === (behind !== '') || !isCurrency(currency))
    return { problem: `“${clip(text.trim(), 40)}” is not an amount with its currency. Type it like GBP 120.00.` };
  const read = readAmount(figure, currency);
  return 'problem' in read ? read : { currency, ...read };
}

/** One amount for each currency, such as 'GBP 5000, EUR 4,000.00', in minor units; {} for an empty text. */
export function readAmounts(text: string): { readonly amounts: Readonly<Record<string, number>> } | Problem {
  const amounts: Record<string, number> = {};
  for (const part of text.split(/[;\n]|,(?=\s*[A-Za-z])|,\s*$/).filter((each) => each.trim() !== '')) {
    const read = readCurrencyAmount(part);
    if ('problem' in read) return { problem: `${read.problem.replace(/ Type it like .*$/, '')} Type each amount like GBP 50, EUR 1,000.` };
    if (read.currency in amounts) return { problem: `${read.currency} stands there twice. Type one amount for each currency.` };
    amounts[read.currency] = read.amount;
  }
  return { amounts };
}

function example(currency: string): string {
  return isCurrency(currency) ? toDecimal({ amount: 125 * 10 ** exponentOf(currency), currency }) : '125.00';
}
