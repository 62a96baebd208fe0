import { isCurrency } from '../../kernel/money.ts';
import { type Decimal, digitsOf, minorUnits, writtenAmount } from './amounts.ts';
import { codeOf, decimalsOf, signFits } from './currency.ts';
import type { OpenField } from './field-words.ts';
import type { Reading } from './reading.ts';
import type { SheetRow } from './sheet.ts';

export interface RowAmounts {
  /** Signed minor units; null: the row does not say what is open. */
  readonly open: number | null;
  readonly decimals: number;
  readonly currency: string | null;
  readonly local: { readonly open: number; readonly currency: string | null } | null;
  readonly total: number | null;
  readonly marks: readonly string[];
  /** '$', '¥' or 'kr': of more than one country. */
  readonly hint: string;
}

type Cell = { readonly amount: number; readonly currency: string; readonly hint: string; readonly marks: readonly string[] };
type Read = Cell | null | { readonly fault: string };

/** What a row says of money, in its own currency; or why that cannot be read. A side amount that does not fit is left empty and told. */
export function rowAmounts(row: SheetRow, reading: Reading): RowAmounts | { readonly fault: string } {
  const currency = currencyOf(row, reading);
  if (currency !== null && typeof currency === 'object') return currency;
  const localCurrency = codeOf(reading.cell(row, 'currencyLocal')) ?? reading.currency;
  const local = localAmount(row, reading, localCurrency);
  if (local && 'fault' in local) return local;
  const useLocal =
    local !== null && (reading.cell(row, 'open') === '' || (reading.has('currency') && currency === null && !saysOne(row, reading)));
  const base = currency ?? reading.currency;
  const own = useLocal ? null : (readOne(row, 'open', base, reading) ?? derived(row, base, reading));
  if (own && 'fault' in own) return own;
  const main = useLocal ? local : own;
  const marks = [...(main?.marks ?? [])];
  let open = main?.amount ?? null;
  if (open !== null && !useLocal && local !== null && local.amount < 0 && open > 0) {
    open = -open;
    marks.push('its sign is taken from the amount in local currency');
  }
  const of = useLocal ? localCurrency : own?.currency || base;
  const total = readOne(row, 'total', of, reading);
  if (total && 'fault' in total) marks.push(`"${reading.cell(row, 'total')}" is no total: ${total.fault}`);
  return {
    open: flipped(open, row, reading),
    decimals: decimalsOf(of),
    currency: of,
    local: local && !useLocal ? { open: local.amount, currency: localCurrency } : null,
    total: total && 'amount' in total ? total.amount : null,
    marks,
    hint: main?.hint ?? '',
  };
}

function saysOne(row: SheetRow, reading: Reading): boolean {
  return isCurrency(writtenAmount(reading.cell(row, 'open'))?.currency ?? '');
}

/** A column of S and H, or of debit and credit, says the sign. */
function flipped(open: number | null, row: SheetRow, reading: Reading): number | null {
  if (open === null || open <= 0) return open;
  return /^(?:h|haben|c|cr|credit|cred|haber)$/i.test(reading.cell(row, 'debitCredit').trim()) ? -open : open;
}

/** The code of the row; null for an empty cell. */
function currencyOf(row: SheetRow, reading: Reading): string | null | { fault: string } {
  const text = reading.cell(row, 'currency');
  if (text === '') return null;
  return codeOf(text) ?? { fault: `"${text}" is not a currency of ISO 4217` };
}

function localAmount(row: SheetRow, reading: Reading, currency: string | null): Read {
  const one = readOne(row, 'openLocal', currency, reading);
  if (one !== null || reading.has('openLocal')) return one;
  // Debit and credit say what is open only where no column of its own does, or that one is in another currency.
  if (reading.has('open') && !reading.has('currency')) return null;
  return debitLessCredit(row, currency, reading);
}

function debitLessCredit(row: SheetRow, currency: string | null, reading: Reading): Read {
  const debit = readOne(row, 'debit', currency, reading);
  const credit = readOne(row, 'credit', currency, reading);
  if (debit && 'fault' in debit) return debit;
  if (credit && 'fault' in credit) return credit;
  if (!debit && !credit) return null;
  return {
    amount: (debit?.amount ?? 0) - (credit?.amount ?? 0),
    currency: debit?.currency || credit?.currency || '',
    hint: '',
    marks: [...(debit?.marks ?? []), ...(credit?.marks ?? [])],
  };
}

/** Without a column of what is open: the total less what is paid. */
function derived(row: SheetRow, currency: string | null, reading: Reading): Read {
  if (reading.has('open')) return null;
  const balance = debitLessCredit(row, currency, reading);
  if (balance !== null) return balance;
  const total = readOne(row, 'total', currency, reading);
  if (total === null || 'fault' in total) return total;
  const paid = readOne(row, 'paid', currency, reading);
  if (paid && 'fault' in paid) return paid;
  return paid === null
    ? total
    : { ...total, amount: total.amount - paid.amount, marks: [...total.marks, 'what is open is its total less what is paid'] };
}

/** null for an empty cell. */
export function readOne(row: SheetRow, field: OpenField, currency: string | null, reading: Reading): Read {
  const text = reading.cell(row, field);
  if (text === '' || text === '-') return null;
  const written = writtenAmount(text);
  if (written === null) return { fault: `"${text.slice(0, 40)}" is not an amount` };
  const says = isCurrency(written.currency) ? written.currency : '';
  if (says !== '' && currency !== null && says !== currency && reading.cell(row, 'currency') !== '')
    return { fault: `it says ${says}, its row ${currency}` };
  if (says === '' && written.currency !== '' && currency !== null && !signFits(written.currency, currency))
    return { fault: `it says ${written.currency}, its row ${currency}` };
  const machine = reading.spreadsheet && /^\d+(?:\.\d+)?$/.test(written.body);
  const digits = digitsUnder(written.body, machine ? '.' : reading.decimal);
  if ('fault' in digits) return { fault: `"${text.slice(0, 40)}" ${digits.fault}` };
  const of = says || currency;
  const read = minorUnits(digits, decimalsOf(of), of ?? '');
  if ('fault' in read) return { fault: `"${text.slice(0, 40)}" ${read.fault}` };
  return {
    amount: written.negative && read.amount !== 0 ? -read.amount : read.amount,
    currency: says,
    hint: says === '' ? written.currency : '',
    marks: [
      ...(read.noise ? [`${text} is read without the digits that binary arithmetic left over`] : []),
      ...(digits.otherwise ? [`${text} is written with another decimal sign than the rest of the file`] : []),
    ],
  };
}

/** An amount that fits one sign only says so itself; one that fits both waits for what the file or a person says. */
function digitsUnder(body: string, decimal: Decimal | null): { whole: string; fraction: string; otherwise: boolean } | { fault: string } {
  const [point, comma] = [digitsOf(body, '.'), digitsOf(body, ',')];
  const stated = decimal === '.' ? point : decimal === ',' ? comma : null;
  if (stated) return { ...stated, otherwise: false };
  if (decimal === null && point && comma && (point.whole !== comma.whole || point.fraction !== comma.fraction))
    return { fault: 'can be read in two ways: which sign stands before the decimals?' };
  const only = point ?? comma;
  return only ? { ...only, otherwise: decimal !== null } : { fault: 'is not an amount' };
}
