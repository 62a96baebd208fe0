import { type Day, daysBetween, day as toDay } from '../../kernel/day.ts';

export type DateOrder = 'day-month-year' | 'month-day-year' | 'year-month-day';
export const DATE_ORDERS = ['day-month-year', 'month-day-year', 'year-month-day'] as const satisfies readonly DateOrder[];

/** A date as it stands in a cell: either plain whatever the file's order is, or three numbers whose order decides. */
export type WrittenDay =
  | { readonly form: 'plain'; readonly day: Day }
  | { readonly form: 'numbers'; readonly parts: readonly [string, string, string]; readonly sign: string }
  | { readonly form: 'serial'; readonly day: Day }
  | { readonly form: 'empty' };

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'january', 'januar', 'janner', 'janvier', 'janv', 'enero', 'ene'],
  ['feb', 'february', 'februar', 'fevrier', 'fevr', 'fev', 'febrero'],
  ['mar', 'march', 'marz', 'mrz', 'mars', 'marzo'],
  ['apr', 'april', 'avril', 'avr', 'abril', 'abr'],
  ['may', 'mai', 'mayo'],
  ['jun', 'june', 'juni', 'juin', 'junio'],
  ['jul', 'july', 'juli', 'juillet', 'juil', 'julio'],
  ['aug', 'august', 'aout', 'agosto', 'ago'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'setiembre'],
  ['oct', 'october', 'okt', 'oktober', 'octobre', 'octubre'],
  ['nov', 'november', 'novembre', 'noviembre'],
  ['dec', 'december', 'dez', 'dezember', 'decembre', 'diciembre', 'dic'],
];
const MONTH_OF = new Map(MONTHS.flatMap((names, at) => names.map((name) => [name, at + 1] as const)));
const TIME = /[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT)?\s*(?:[+-]\d{2}:?\d{2})?$/;
const LONGEST = 60;
/** Excel's day 0 is 30 December 1899; serials from 1982 to 2119. */
const SERIAL = /^([3-7]\d{4})(?:\.\d+)?$/;

/** Null for what is no date. */
export function writtenDay(cell: string): WrittenDay | null {
  if (cell === '' || cell.length > LONGEST) return null;
  const text = cell.trim().replace(TIME, '').replaceAll(/\s+/g, ' ').trim();
  if (/^0{4}[-/.]?0{2}[-/.]?0{2}$/.test(text) || /^0{2}[./-]0{2}[./-]0{4}$/.test(text)) return { form: 'empty' };
  const serial = SERIAL.exec(text);
  if (serial)
    return {
      form: 'serial',
      day: Temporal.PlainDate.from('1899-12-30')
        .add({ days: Number(serial[1]) })
        .toString() as Day,
    };
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (packed) {
    const whole = plain(packed[1]!, packed[2]!, packed[3]!) ?? plain(text.slice(4), text.slice(2, 4), text.slice(0, 2));
    return whole && { form: 'plain', day: whole };
  }
  const parts = /^(\d{1,4}) ?([-./]) ?(\d{1,2}) ?\2 ?(\d{1,4})\.?$/.exec(text);
  if (parts) return numbered(parts[1]!, parts[3]!, parts[4]!, parts[2]!);
  return named(text);
}

function numbered(a: string, b: string, c: string, sign: string): WrittenDay | null {
  if (a.length === 4) {
    const whole = c.length <= 2 ? plain(a, b, c) : null;
    return whole && { form: 'plain', day: whole };
  }
  if (a.length > 2 || c.length === 3 || c.length === 1) return null;
  return { form: 'numbers', parts: [a, b, c], sign };
}

function named(text: string): WrittenDay | null {
  const simple = text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^[a-z]+day,? |^(?:mon|tue|wed|thu|fri|sat|sun),? /, '');
  const dayFirst = /^(\d{1,2})(?:\.|st|nd|rd|th|er)?[ -]?(?:de )?([a-z]{3,10})\.?,?[ -]?(?:del? )?(\d{4}|\d{2})$/.exec(simple);
  const monthFirst = /^([a-z]{3,10})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4}|\d{2})$/.exec(simple);
  const yearFirst = /^(\d{4})[ -]([a-z]{3,10})[ -](\d{1,2})$/.exec(simple);
  const found = dayFirst
    ? [dayFirst[3]!, dayFirst[2]!, dayFirst[1]!]
    : monthFirst
      ? [monthFirst[3]!, monthFirst[1]!, monthFirst[2]!]
      : yearFirst && [yearFirst[1]!, yearFirst[2]!, yearFirst[3]!];
  const month = found && MONTH_OF.get(found[1]!);
  const whole = month ? plain(fullYear(found[0]!), String(month), found[2]!) : null;
  return whole && { form: 'plain', day: whole };
}

/** Two digits are of this century: that is declared, nobody is still owed money of the last one. */
function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}

function plain(year: string, month: string, of: string): Day | null {
  if (Number(year) < 1970 || Number(year) > 2199) return null;
  try {
    return toDay(`${year}-${month.padStart(2, '0')}-${of.padStart(2, '0')}`);
  } catch {
    return null;
  }
}

/** The day under an order; null where there is no such day. */
export function dayOf(written: WrittenDay, order: DateOrder | null): Day | null {
  if (written.form === 'empty') return null;
  if (written.form !== 'numbers') return written.day;
  if (order === null) return null;
  const [a, b, c] = written.parts;
  if (order === 'day-month-year') return plain(fullYear(c), b, a);
  if (order === 'month-day-year') return plain(fullYear(c), a, b);
  return a.length === 2 && c.length === 2 ? plain(fullYear(a), b, c) : null;
}

export interface DateEvidence {
  readonly order: DateOrder | null;
  readonly sentence: string;
  readonly ambiguous: boolean;
}

export const CALLED: Readonly<Record<DateOrder, string>> = {
  'day-month-year': 'day.month.year',
  'month-day-year': 'month/day/year',
  'year-month-day': 'year-month-day',
};

/**
 * The order of day and month, from all dates of the file together; `pairs` are invoice and due date of a row, since money is due after it is
 * asked for, and `elsewhere` dates of titles and footers.
 */
export function dateEvidence(
  cells: readonly string[],
  pairs: readonly (readonly [string, string])[],
  elsewhere: readonly string[],
): DateEvidence {
  const written = cells.map(writtenDay).filter((each): each is WrittenDay & { form: 'numbers' } => each?.form === 'numbers');
  if (written.length === 0) return { order: null, sentence: 'Every date says its order itself.', ambiguous: false };
  const count = (order: DateOrder) => written.filter((each) => dayOf(each, order) !== null && mayBe(order, each)).length;
  const counted = DATE_ORDERS.map((order) => ({ order, fits: count(order) })).sort((a, b) => b.fits - a.fits);
  const [first, second] = [counted[0]!, counted[1]!];
  const all = written.length;
  const sentence = `${first.fits} of ${all} dates fit ${CALLED[first.order]}; ${second.fits === 0 ? 'none fits' : `${second.fits} fit`} ${CALLED[second.order]}.`;
  if (first.fits > second.fits) {
    const against = written.filter((each) => readsOnly(each, second.order, first.order)).length;
    if (against === 0) return { order: first.order, sentence, ambiguous: false };
    return { order: null, sentence: `${sentence} ${against} fit only the second.`, ambiguous: true };
  }
  return (
    bySense([first.order, second.order], pairs, elsewhere) ?? {
      order: null,
      sentence: `All ${all} dates fit ${CALLED[first.order]} and ${CALLED[second.order]}.`,
      ambiguous: true,
    }
  );
}

/** Nobody writes month.day.year, and a year of two digits stands in front only between dashes. */
function mayBe(order: DateOrder, { parts, sign }: { parts: readonly string[]; sign: string }): boolean {
  if (sign === '.') return order === 'day-month-year';
  return order !== 'year-month-day' || (sign === '-' && parts[0]!.length === 2 && Number(parts[0]) >= 15 && Number(parts[0]) <= 45);
}

function readsOnly(written: WrittenDay & { form: 'numbers' }, order: DateOrder, not: DateOrder): boolean {
  return dayOf(written, order) !== null && mayBe(order, written) && dayOf(written, not) === null;
}

function bySense(
  orders: readonly [DateOrder, DateOrder],
  pairs: readonly (readonly [string, string])[],
  elsewhere: readonly string[],
): DateEvidence | null {
  const beside = elsewhere.map(writtenDay).filter((each) => each?.form === 'numbers') as (WrittenDay & { form: 'numbers' })[];
  const told = orders.filter((order) =>
    beside.some((each, _, all) => readsOnly(each, order, orders.find((other) => other !== order)!) && all.length > 0),
  );
  if (told.length === 1)
    return {
      order: told[0]!,
      sentence: `The dates fit both orders; a date in the title or footer fits only ${CALLED[told[0]!]}.`,
      ambiguous: false,
    };
  const faults = (order: DateOrder) =>
    pairs.filter(([issued, due]) => {
      const [from, to] = [writtenDay(issued), writtenDay(due)].map((each) => each && dayOf(each, order));
      return from && to && daysBetween(from, to) < 0;
    }).length;
  const [a, b] = orders.map((order) => ({ order, faults: faults(order) })).sort((x, y) => x.faults - y.faults) as [
    { order: DateOrder; faults: number },
    { order: DateOrder; faults: number },
  ];
  if (a.faults > 0 || b.faults < 2) return null;
  return {
    order: a.order,
    sentence: `The dates fit both orders, but under ${CALLED[b.order]} ${b.faults} invoices would be due before their date, under ${CALLED[a.order]} none.`,
    ambiguous: false,
  };
}
