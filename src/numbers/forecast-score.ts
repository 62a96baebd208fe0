import { addDays, type Day } from '../kernel/day.ts';
import { type BookInvoice, openOn } from './book.ts';
import { WEEKS } from './forecast.ts';
import type { MadeForecast } from './forecast-kept.ts';

/** Weeks after a forecast that are compared with it. */
const SCORED = 4;

/** What came in of what was open on the evening of a forecast, week by week; minor units. `through`: the last evening that is known. */
export function cameIn(invoices: Iterable<BookInvoice>, evening: Day, through: Day): Map<string, number[]> {
  const came = new Map<string, number[]>();
  const ends = Array.from({ length: WEEKS }, (_, week) => addDays(evening, 7 * (week + 1)));
  for (const invoice of invoices) {
    if (openOn(invoice, evening) <= 0) continue;
    for (const { on, amount, by } of invoice.cuts) {
      if (by === 'credit' || on <= evening || on > through) continue;
      const week = ends.findIndex((end) => on <= end);
      if (week < 0) continue;
      const weeks = came.get(invoice.currency) ?? new Array<number>(WEEKS).fill(0);
      weeks[week]! += amount;
      came.set(invoice.currency, weeks);
    }
  }
  return came;
}

export const SCORED_METHODS = ['forecast', 'due', 'median'] as const;
export type ScoredMethod = (typeof SCORED_METHODS)[number];

/** How forecasts that are over compare with what came, of one currency. Errors are shares of what came. */
export interface ForecastScore {
  readonly currency: string;
  /** The week that ended last, of the forecast made before it; null where none was kept. */
  readonly last: {
    readonly expected: number;
    readonly low: number;
    readonly high: number;
    readonly came: number;
    readonly byDue: number;
    readonly byMedian: number;
  } | null;
  /** Forecasts of which at least the first week is over. */
  readonly forecasts: number;
  readonly weeks: number;
  /** Null where nothing came. */
  readonly error: Readonly<Record<ScoredMethod, number | null>>;
  /** Weeks whose sum lay in the band. */
  readonly inside: number;
}

/** `came` of each forecast, in the same order. `through`: the last evening that is known; weeks that end later are not scored yet. */
export function scoreForecasts(
  made: readonly { readonly forecast: MadeForecast; readonly came: ReadonlyMap<string, readonly number[]> }[],
  through: Day,
): ForecastScore[] {
  const currencies = [...new Set(made.flatMap(({ forecast }) => forecast.currencies.map(({ currency }) => currency)))].sort();
  return currencies.flatMap((currency) => {
    const sums = { forecast: 0, due: 0, median: 0, came: 0 };
    let [forecasts, weeks, inside] = [0, 0, 0];
    let last: ForecastScore['last'] = null;
    for (const { forecast, came } of made) {
      const own = forecast.currencies.find((each) => each.currency === currency);
      if (!own) continue;
      for (let week = 0; week < SCORED && addDays(forecast.evening, 7 * (week + 1)) <= through; week += 1) {
        const [got, { expected, low, high }] = [came.get(currency)?.[week] ?? 0, own.weeks[week]!];
        if (week === 0) forecasts += 1;
        weeks += 1;
        sums.came += got;
        sums.forecast += Math.abs(expected - got);
        sums.due += Math.abs(own.byDue[week]! - got);
        sums.median += Math.abs(own.byMedian[week]! - got);
        if (low <= got && got <= high) inside += 1;
        if (week === 0 && addDays(forecast.evening, 7) === through)
          last = { expected, low, high, came: got, byDue: own.byDue[0]!, byMedian: own.byMedian[0]! };
      }
    }
    if (weeks === 0) return [];
    const share = (sum: number) => (sums.came > 0 ? sum / sums.came : null);
    const error = { forecast: share(sums.forecast), due: share(sums.due), median: share(sums.median) };
    return [{ currency, last, forecasts, weeks, error, inside }];
  });
}
