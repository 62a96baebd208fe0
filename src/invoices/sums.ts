import { isExact, withCode } from '../kernel/money.ts';
import { type EInvoice, type ERemark, isCreditNote, RATE_UNIT, WITHOUT_LINES } from './e-invoice.ts';

/** Rounding of a tax may differ by one minor unit either way. */
const TAX_TOLERANCE = 1;

/**
 * The first rule of EN 16931 that the sums of an invoice break, every sum worked out anew in minor units; null when all hold. The rules'
 * names and formulas: https://docs.peppol.eu/poacc/billing/3.0/rules/ubl-tc434/
 */
export function brokenSum(invoice: EInvoice): ERemark | null {
  const { totals: t, lines, adjustments, vat, currency } = invoice;
  const own = (rule: string, what: string, stated: number, sum: number): ERemark | null =>
    stated === sum && isExact(sum)
      ? null
      : { rule, says: `${what} is ${decimal(stated, currency)} in the e-invoice; added up it is ${decimal(sum, currency)}` };
  const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + each, 0);
  const part = (charge: boolean) => sumOf(adjustments.filter((each) => each.charge === charge).map(({ amount }) => amount));
  const itemised = !WITHOUT_LINES.test(invoice.profile);
  const listed = itemised || lines.length > 0;
  const checks = [
    () => (itemised && lines.length === 0 ? { rule: 'BR-16', says: 'The e-invoice has no lines' } : null),
    () => (listed ? own('BR-CO-10', 'The sum of its lines', t.lines, sumOf(lines.map(({ net }) => net))) : null),
    () => (listed ? own('BR-CO-11', 'The sum of its allowances', t.allowances, part(false)) : null),
    () => (listed ? own('BR-CO-12', 'The sum of its charges', t.charges, part(true)) : null),
    () => own('BR-CO-13', 'The total without VAT', t.net, t.lines - t.allowances + t.charges),
    () => (itemised && vat.length === 0 ? { rule: 'BR-CO-18', says: 'The e-invoice does not say at which rates VAT was charged' } : null),
    () => (vat.length > 0 ? own('BR-CO-14', 'The VAT', t.tax, sumOf(vat.map(({ tax }) => tax))) : null),
    () => own('BR-CO-15', 'The total with VAT', t.gross, t.net + t.tax),
    () => own('BR-CO-16', 'The amount to be paid', t.payable, t.gross - t.prepaid + t.rounding),
    () => wrongTax(invoice),
    () =>
      t.gross < 0 && !isCreditNote(invoice) && invoice.type === '380'
        ? {
            rule: 'type-380',
            says: 'The e-invoice says that it is an invoice (380), but its total is negative: a credit note has type 381',
          }
        : null,
  ];
  for (const check of checks) {
    const broken = check();
    if (broken) return broken;
  }
  return null;
}

/** What a reader would find odd though no sum is wrong. */
export function oddities(invoice: EInvoice): ERemark[] {
  const { issued, due, currency, vat, lines, adjustments } = invoice;
  const odd: ERemark[] = [];
  if (due !== null && due < issued) odd.push({ rule: 'due-before-issued', says: `It is due on ${due}, before it was issued on ${issued}` });
  if (lines.length === 0) return odd;
  const bases = new Map<string, number>();
  const put = (of: { category: string; rate: number }, amount: number) => bases.set(keyOf(of), (bases.get(keyOf(of)) ?? 0) + amount);
  for (const line of lines) put(line, line.net);
  for (const each of adjustments) put(each, each.charge ? each.amount : -each.amount);
  const stated = new Map<string, number>();
  for (const each of vat) stated.set(keyOf(each), (stated.get(keyOf(each)) ?? 0) + each.base);
  for (const key of new Set([...bases.keys(), ...stated.keys()])) {
    const [sum, base] = [bases.get(key) ?? 0, stated.get(key) ?? 0];
    if (sum !== base)
      odd.push({
        rule: 'BR-S-08',
        says: `VAT of ${key} is worked out on ${decimal(base, currency)}; its lines, allowances and charges come to ${decimal(sum, currency)}`,
      });
  }
  return odd;
}

function wrongTax({ vat, currency }: EInvoice): ERemark | null {
  for (const { category, rate, base, tax } of vat) {
    const exact = taxOn(base, rate);
    if (Math.abs(exact - tax) > TAX_TOLERANCE)
      return {
        rule: 'BR-CO-17',
        says: `VAT of ${rateWords(rate)} on ${decimal(base, currency)} (${category}) is ${decimal(tax, currency)} in the e-invoice; it should be ${decimal(exact, currency)}`,
      };
  }
  return null;
}

/** Half up, away from zero. Whole numbers beyond 2^53 on the way: BigInt. */
function taxOn(base: number, rate: number): number {
  const whole = 100n * BigInt(RATE_UNIT);
  const product = BigInt(Math.abs(base)) * BigInt(rate);
  const tax = Number((product * 2n + whole) / (2n * whole));
  return base < 0 ? -tax : tax;
}

const rateWords = (rate: number) => `${rate / RATE_UNIT} %`;
/** Category O ("not subject to VAT") has no rate, others state theirs. */
const keyOf = ({ category, rate }: { readonly category: string; readonly rate: number }) => `${rateWords(rate)} (${category})`;
const decimal = (amount: number, currency: string) =>
  isExact(amount) ? withCode({ amount, currency }) : `${currency} (too large to add up)`;
