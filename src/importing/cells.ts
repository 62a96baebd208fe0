import type { Day } from '../kernel/day.ts';
import { isCurrency, parseAmount } from '../kernel/money.ts';
import type { Fault } from '../ledger/import.port.ts';
import { readDay } from './dates.ts';
import { decimalText } from './decimal-text.ts';
import type { Mapping } from './mapping.ts';

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'j', 'oui', 'o', 'si', 'sí', 's']);
const NO = new Set(['no', 'n', 'false', '0', 'nein', 'non', '-']);
// C0 and C1 controls, marks that hide or reorder text, and tag characters: they have no place in a name and can carry instructions unseen.
export const HIDDEN = /[\p{Cc}\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const SHOWN_VALUE = 200;
/** No date or amount is longer; what is looks for its end in ways that are no matter for short texts only. */
const LONGEST_FIGURE = 60;
/** What a spreadsheet shows where a formula failed. */
export const FAILED_FORMULA = /^#(N\/A|NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!|GETTING_DATA)$/;

/** The cells of one row by field, read as what they should be. A cell that is not gives a fault and an empty value. */
export interface Cells {
  readonly faults: readonly Fault[];
  /** The file has a column, or the mapping a value, for it. */
  has(field: string): boolean;
  text(field: string, longest?: number): string;
  required(field: string, longest?: number): string;
  date(field: string): Day | '';
  currency(field: string): string;
  /** Minor units; null for an empty cell, and when the currency is not one. */
  amount(field: string, currency: string): number | null;
  /** An amount that stands within a cell, in the file's style; null where it is none. */
  amountIn(text: string, currency: string): number | null;
  flag(field: string): boolean;
  /** Refuses the cell of a field for a reason that only the whole row shows. */
  refuse(field: string, reason: string): void;
}

export function cellsOf(row: readonly string[], places: ReadonlyMap<string, number>, mapping: Mapping): Cells {
  const faults: Fault[] = [];
  const headerOf = (field: string) => mapping.columns[field] ?? mapping.optionalColumns[field] ?? field;
  const raw = (field: string): string => {
    const fixed = mapping.fixed[field];
    if (fixed !== undefined) return fixed;
    const at = places.get(field);
    const cell = at === undefined ? '' : plain(row[at] ?? '');
    return cell === '' ? (mapping.defaults[field] ?? '') : cell;
  };
  const refuse = (field: string, reason: string) => {
    faults.push({ column: headerOf(field), value: raw(field).replaceAll(HIDDEN, '\ufffd').slice(0, SHOWN_VALUE), reason });
  };
  const text = (field: string, longest = 200): string => {
    const value = raw(field);
    if (value === '') return '';
    if (FAILED_FORMULA.test(value)) refuse(field, 'is the error of a formula');
    else if (value.search(HIDDEN) >= 0) refuse(field, 'holds control or invisible characters');
    else if (value.length > longest) refuse(field, `longer than ${longest} characters`);
    else return value;
    return '';
  };

  return {
    faults,
    has: (field) => places.has(field) || field in mapping.fixed || field in mapping.defaults,
    text,
    required(field, longest) {
      if (raw(field) === '') refuse(field, 'is missing');
      return text(field, longest);
    },
    date(field) {
      const value = raw(field);
      if (value === '') return '';
      if (value.length > LONGEST_FIGURE) {
        refuse(field, `not a date of the form ${mapping.dates}`);
        return '';
      }
      const read = readDay(value, mapping.dates);
      if (typeof read === 'string') return read;
      refuse(field, read.reason);
      return '';
    },
    currency(field) {
      const value = raw(field).toUpperCase();
      if (isCurrency(value)) return value;
      refuse(field, value === '' ? 'is missing' : 'is not a currency of ISO 4217');
      return '';
    },
    amount(field, currency) {
      const value = raw(field);
      if (value === '' || currency === '') return null;
      if (value.length > LONGEST_FIGURE) {
        refuse(field, `longer than ${LONGEST_FIGURE} characters`);
        return null;
      }
      const read = parseAmount(withoutNoise(value, mapping.numbers.decimal), currency, mapping.numbers);
      if (read.ok) return read.amount;
      refuse(field, read.reason);
      return null;
    },
    amountIn(text, currency) {
      const read = parseAmount(text, currency, mapping.numbers);
      return read.ok ? read.amount : null;
    },
    flag(field) {
      const value = raw(field).toLowerCase();
      if (mapping.trueWords) return mapping.trueWords.some((word) => word.toLowerCase() === value);
      if (value !== '' && !YES.has(value) && !NO.has(value)) refuse(field, 'is neither yes nor no');
      return YES.has(value);
    },
    refuse,
  };
}

/** Digits that binary arithmetic left over, as in 2309.7899999999995, go as they do in a spreadsheet. */
function withoutNoise(value: string, decimal: '.' | ','): string {
  const plain = value.replace(decimal, '.');
  return /^-?\d+\.\d{9,}$/.test(plain) ? decimalText(plain, decimal) : value;
}

/** Most cells are plain ASCII on one line: a look at them costs less than rewriting them. */
function plain(cell: string): string {
  if (cell === '' || /^[!-~](?:[ -~]*[!-~])?$/.test(cell)) return cell;
  return cell
    .normalize('NFC')
    .replaceAll(/[\t\r\n]+/g, ' ')
    .trim();
}
