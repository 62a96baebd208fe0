import { isExact } from '../kernel/money.ts';
import { minus, plus, type Quotient, quotient, rounded } from './quotient.ts';

/**
 * Why there is no figure. `history`: the ledger does not reach back far enough; `sales`: nothing was sold on account; `nothing-due`: there was
 * nothing to collect; `few`: too few cases for a share; `large`: amounts that cannot be added up exactly.
 */
export type Lacking = 'history' | 'sales' | 'nothing-due' | 'few' | 'large';

/** Days or per cent with two decimals, or why there is none. `more`: the true figure is above it. */
export type Measure = { readonly value: number; readonly more?: true } | { readonly lacking: Lacking };

export const lacking = (why: Lacking): Measure => ({ lacking: why });

export function isValue(measure: Measure): measure is { readonly value: number; readonly more?: true } {
  return 'value' in measure;
}

/** Amounts in minor units of one currency. What cannot be added up exactly gives no figure. */
function exactly(amounts: readonly number[], measure: () => Measure): Measure {
  return amounts.every(isExact) ? measure() : lacking('large');
}

/** Days sales outstanding: receivables / credit sales x days of the period. */
export function dso(receivables: number, sales: number, days: number): Measure {
  return exactly([receivables, sales], () =>
    sales <= 0 ? lacking('sales') : { value: rounded(quotient(BigInt(receivables) * BigInt(days), sales)) },
  );
}

/** Average days delinquent: DSO - best possible DSO, from the amounts, so that it is rounded once. */
export function averageDaysDelinquent(receivables: number, current: number, sales: number, days: number): Measure {
  return exactly([receivables, current, sales], () => dso(receivables - current, sales, days));
}

/** One calendar month: its credit sales and how many of its days have passed. */
export interface MonthSales {
  readonly sales: number;
  readonly days: number;
}

/** DSO by count-back: the sales of this month and of those before are taken off until the receivables are used up. Months from the newest. */
export function countBack(receivables: number, months: readonly MonthSales[]): Measure {
  return exactly([receivables, ...months.map(({ sales }) => sales)], () => {
    let [rest, days] = [Math.max(0, receivables), 0];
    for (const month of months) {
      const sales = Math.max(0, month.sales);
      if (rest === 0 || (sales > 0 && rest <= sales))
        return { value: rounded(rest === 0 ? quotient(days) : plus(quotient(days), quotient(BigInt(rest) * BigInt(month.days), sales))) };
      rest -= sales;
      days += month.days;
    }
    if (rest === 0) return { value: days };
    return days === 0 ? lacking('history') : { value: days, more: true };
  });
}

/** Open amounts of one month of issue, times their age in days, with the credit sales of that month. */
export interface MonthOpen {
  readonly sales: number;
  readonly open: number;
  /** Sum of open amount x days since issue. */
  readonly openDays: number;
}

/** Sales-weighted ("true") DSO: of each open invoice its age since issue, times its share of the sales of its month. */
export function salesWeighted(months: readonly MonthOpen[]): Measure {
  const owed = months.filter(({ open }) => open !== 0);
  return exactly(
    owed.flatMap(({ sales, openDays }) => [sales, openDays]),
    () => {
      if (owed.some(({ sales }) => sales <= 0)) return lacking('sales');
      return { value: rounded(owed.reduce((sum: Quotient, { openDays, sales }) => plus(sum, quotient(openDays, sales)), quotient(0))) };
    },
  );
}

export interface Collected {
  /** Receivables on the evening before the period. */
  readonly begin: number;
  readonly sales: number;
  readonly end: number;
  readonly current: number;
  /** Months of the period, by which its sales are divided. */
  readonly n: number;
}

/** Collection effectiveness index, Credit Research Foundation: (begin + sales/N - end) / (begin + sales/N - current) x 100. */
export function collectionEffectiveness({ begin, sales, end, current, n }: Collected): Measure {
  return exactly([begin, sales, end, current], () => {
    const came = plus(quotient(begin), quotient(sales, n));
    const [over, under] = [minus(came, quotient(end)), minus(came, quotient(current))];
    if (under.over <= 0n) return lacking('nothing-due');
    return { value: rounded(quotient(100n * over.over * under.under, over.under * under.over)) };
  });
}

/** Per cent of a whole; of nothing there is no share. */
export function share(part: number, whole: number): Measure {
  return exactly([part, whole], () => (whole <= 0 ? lacking('nothing-due') : { value: rounded(quotient(100n * BigInt(part), whole)) }));
}

/** Amount-weighted days: sum of amount x days / sum of amounts. */
export function weightedDays(amountDays: number, amount: number): Measure {
  return exactly([amountDays, amount], () => (amount <= 0 ? lacking('nothing-due') : { value: rounded(quotient(amountDays, amount)) }));
}
