import { type Day, day } from '../kernel/day.ts';
import { KNOWN } from './known-rates.ts';

/** '2026H2': 1 July to 31 December 2026. Sorts as text. */
export type Half = string & { readonly __half: unique symbol };

export const SERIES = [
  'bank-of-england',
  'ecb-mro',
  'german-base',
  'austrian-base',
  'polish-reference',
  'swedish-reference',
  'danish-lending',
] as const;
export type Series = (typeof SERIES)[number];

/** Names as they stand in an answer. */
export const SERIES_NAMES: Readonly<Record<Series, string>> = {
  'bank-of-england': 'Bank Rate of the Bank of England',
  'ecb-mro': 'main refinancing rate of the European Central Bank',
  'german-base': 'German base rate (Basiszinssatz, BGB s.247)',
  'austrian-base': 'Austrian base rate (Basiszinssatz, UGB s.456)',
  'polish-reference': 'reference rate of Narodowy Bank Polski',
  'swedish-reference': 'Swedish reference rate (räntelag s.9)',
  'danish-lending': 'lending rate of Danmarks Nationalbank (rentelov s.5)',
};

/** A reference rate of a half-year, in hundredths of a percent a year. For the Bank of England the rate of the last day before it. */
export interface DatedRate {
  readonly series: Series;
  readonly half: Half;
  readonly rate: number;
  /** Where it was published. */
  readonly source: string;
}

/** By series and half-year. A rate that is not in it is not known: it is asked for, never guessed. */
export type RateTable = ReadonlyMap<string, DatedRate>;

/** Who publishes them. */
export const SOURCES: Readonly<Record<Series, string>> = {
  'bank-of-england': 'Bank of England, Official Bank Rate history',
  'ecb-mro': 'European Central Bank, key interest rates: main refinancing operations',
  'german-base': 'Deutsche Bundesbank, Basiszinssatz nach § 247 BGB',
  'austrian-base': 'Oesterreichische Nationalbank, Basiszinssatz',
  'polish-reference': 'Narodowy Bank Polski, stopa referencyjna; notices in Monitor Polski',
  'swedish-reference': 'Sveriges riksbank, referensränta',
  'danish-lending': 'Danmarks Nationalbank, udlånsrente',
};

/** A rate that comes with the program, with the two places in which it was found. */
export interface KnownRate extends DatedRate {
  readonly checked: readonly [string, string];
}

const TABLES: Readonly<Record<Series, Readonly<Record<string, readonly [rate: number, string, string]>>>> = KNOWN;

/** Rates that come with the program; later ones, and those that could not be checked twice, are added by an admin with their source. */
export const KNOWN_RATES: readonly KnownRate[] = SERIES.flatMap((series) =>
  Object.entries(TABLES[series]).map(
    ([half, [rate, ...checked]]): KnownRate => ({ series, half: half as Half, rate, source: SOURCES[series], checked }),
  ),
);

/** The half-years whose rates were looked for when this version was made. */
export const FIRST_HALF = '2020H1' as Half;
export const LAST_HALF = '2026H2' as Half;

/** The known rates with those that were added; of two for one half-year the added one counts, the later of two added ones. */
export function rateTable(added: readonly DatedRate[]): RateTable {
  return new Map([...KNOWN_RATES, ...added].map((rate) => [keyOf(rate.series, rate.half), rate]));
}

export function rateOf(table: RateTable, series: Series, half: Half): DatedRate | null {
  return table.get(keyOf(series, half)) ?? null;
}

const keyOf = (series: Series, half: Half) => `${series} ${half}`;

export function halfOf(of: Day): Half {
  return `${of.slice(0, 4)}H${of.slice(5, 7) <= '06' ? 1 : 2}` as Half;
}

/** Its first day. */
export function startOf(half: Half): Day {
  return day(`${half.slice(0, 4)}-${half.endsWith('1') ? '01-01' : '07-01'}`);
}

/** Last day of a half-year. */
export function endOf(half: Half): Day {
  return day(`${half.slice(0, 4)}-${half.endsWith('1') ? '06-30' : '12-31'}`);
}

/** The day whose Bank Rate counts for debts on which interest starts in this half-year (SI 2002/1675 art. 4). */
export function referenceDay(half: Half): Day {
  const year = Number(half.slice(0, 4));
  return day(half.endsWith('1') ? `${year - 1}-12-31` : `${year}-06-30`);
}

/** Null for text that is no half-year, such as '2026H3'. */
export function readHalf(text: string): Half | null {
  const written = text.trim().toUpperCase();
  return /^20\d{2}H[12]$/.test(written) ? (written as Half) : null;
}

/** 'the Bank Rate of the Bank of England on 31 December 2026': names a rate for people. */
export function rateName(series: Series, half: Half): string {
  if (series === 'bank-of-england') {
    const on = Temporal.PlainDate.from(referenceDay(half)).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
    return `the ${SERIES_NAMES[series]} on ${on}`;
  }
  return `the ${SERIES_NAMES[series]} for the ${half.endsWith('1') ? 'first' : 'second'} half of ${half.slice(0, 4)}`;
}
