import { type Day, day } from '../kernel/day.ts';

/** '2026H2': 1 July to 31 December 2026. Sorts as text. */
export type Half = string & { readonly __half: unique symbol };

export const SERIES = ['bank-of-england', 'ecb-mro', 'german-base'] as const;
export type Series = (typeof SERIES)[number];

/** Names as they stand in an answer. */
export const SERIES_NAMES: Readonly<Record<Series, string>> = {
  'bank-of-england': 'Bank Rate of the Bank of England',
  'ecb-mro': 'main refinancing rate of the European Central Bank',
  'german-base': 'German base rate (Basiszinssatz, BGB s.247)',
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

/** Where the known rates were published. */
export const SOURCES: Readonly<Record<Series, string>> = {
  'bank-of-england': 'Bank of England, Official Bank Rate history',
  'ecb-mro': 'European Central Bank, key interest rates: main refinancing operations',
  'german-base': 'Deutsche Bundesbank, Basiszinssatz nach § 247 BGB',
};

/** Official rates known when this version was made; later ones are added by an admin with their source. */
const KNOWN: Readonly<Record<Series, Readonly<Record<string, number>>>> = {
  // As of 31 December 2022, 30 June 2023, 31 December 2023, ... 30 June 2026.
  'bank-of-england': {
    '2023H1': 350,
    '2023H2': 500,
    '2024H1': 525,
    '2024H2': 525,
    '2025H1': 475,
    '2025H2': 425,
    '2026H1': 375,
    '2026H2': 375,
  },
  // Applied to the last main refinancing operation before the first day of the half-year (Directive 2011/7/EU art. 2(7)).
  'ecb-mro': { '2024H1': 450, '2024H2': 425, '2025H1': 315, '2025H2': 215, '2026H1': 215, '2026H2': 240 },
  'german-base': { '2024H1': 362, '2024H2': 337, '2025H1': 227, '2025H2': 127, '2026H1': 127, '2026H2': 152 },
};

/** Rates that come with the program. */
export const KNOWN_RATES: readonly DatedRate[] = SERIES.flatMap((series) =>
  Object.entries(KNOWN[series]).map(([half, rate]): DatedRate => ({ series, half: half as Half, rate, source: SOURCES[series] })),
);

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
