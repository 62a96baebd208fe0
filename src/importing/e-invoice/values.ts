import { type EAdjustment, type EInvoice, RATE_UNIT } from '../../invoices/e-invoice.ts';
import { type Day, day } from '../../kernel/day.ts';
import { isCurrency, parseAmount } from '../../kernel/money.ts';
import { NotRead, one, textAt, type XmlNode } from './xml-tree.ts';

/** Own limit: what people still look through; more lines than any invoice of the public samples has by a hundred times. */
export const MOST_LINES = 10_000;
const LONGEST_TEXT = 1_000;
const DECIMAL = /^[+-]?\d{1,15}(\.\d{1,10})?$/;

/** Whether a product states texts and amounts as the norm asks is judged here, with the rule's own number. */
export function required(text: string, rule: string, what: string): string {
  if (text === '') throw new NotRead(rule, `it does not state ${what}`);
  return short(text);
}

export const short = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

export function currencyIn(text: string): string {
  const code = required(text, 'BR-05', 'its currency');
  if (!isCurrency(code)) throw new NotRead('BR-CL-04', `it is in a currency that ISO 4217 does not know`);
  return code;
}

/** Minor units. `currencyID`, where it stands, must be the invoice's own currency. Null where there is no such element. */
export function amountOf(node: XmlNode | null, currency: string, what: string): number | null {
  if (node === null) return null;
  const stated = node.attributes.currencyID;
  if (stated !== undefined && stated !== currency)
    throw new NotRead('BR-CL-03', `${what} is in ${stated.slice(0, 3)}, the invoice in ${currency}`);
  const text = node.text.trim();
  if (!DECIMAL.test(text)) throw new NotRead('amount', `${what} is no amount`);
  const read = parseAmount(text, currency, { decimal: '.', group: '' });
  if (!read.ok) throw new NotRead('BR-DEC', `${what} cannot be kept exactly: ${read.reason}`);
  return read.amount;
}

export function amountAt(node: XmlNode, path: string, currency: string, rule: string, what: string): number {
  const amount = amountOf(one(node, path), currency, what);
  if (amount === null) throw new NotRead(rule, `it does not state ${what}`);
  return amount;
}

/** Ten-thousandths of a percent; 0 where none stands, as for what is not subject to VAT. */
export function rateAt(node: XmlNode, path: string): number {
  const text = textAt(node, path);
  if (text === '') return 0;
  const rate = DECIMAL.test(text) ? Math.round(Number(text) * RATE_UNIT) : Number.NaN;
  if (!(rate >= 0 && rate <= 100 * RATE_UNIT) || /\.\d{4}0*[1-9]/.test(text))
    throw new NotRead('rate', 'it states a VAT rate that is none');
  return rate;
}

/** '2026-03-31', or 20260331 in CII. */
export function dayIn(text: string, what: string): Day {
  const plain = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  try {
    return day(plain ? `${plain[1]}-${plain[2]}-${plain[3]}` : text.slice(0, 10));
  } catch {
    throw new NotRead('date', `${what} is no day`);
  }
}

export function charged(text: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new NotRead('allowance', 'it does not say whether an amount is an allowance or a charge');
}

export function totalOf(adjustments: readonly EAdjustment[], charge: boolean): number {
  return adjustments.filter((each) => each.charge === charge).reduce((sum, { amount }) => sum + amount, 0);
}

export function bounded(lines: readonly XmlNode[]): readonly XmlNode[] {
  if (lines.length > MOST_LINES)
    throw new NotRead(
      'lines',
      `it has ${lines.length.toLocaleString('en-GB')} lines; at most ${MOST_LINES.toLocaleString('en-GB')} are read`,
    );
  return lines;
}

/** Each once, without the spaces that people write into them. */
export function accountsOf(texts: readonly string[]): EInvoice['accounts'] {
  return [...new Set(texts.map((text) => text.replaceAll(/\s/g, '').toUpperCase().slice(0, 50)).filter((text) => text !== ''))];
}
