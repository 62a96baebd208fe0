import { type Day, daysBetween } from '../kernel/day.ts';
import { type AgeingBucket, bucketOf } from './ageing.ts';
import { searchRank } from './search.ts';

/** What one account owes past its due date in one currency. */
export interface OverdueAccount {
  readonly account: string;
  readonly name: string;
  /** Customer number in the accounting system. */
  readonly number: string;
  readonly currency: string;
  /** Minor units. */
  readonly overdue: number;
  readonly invoices: number;
  /** Days past due of its oldest overdue invoice. */
  readonly oldest: number;
  /** Slack user id, or null. */
  readonly collector: string | null;
}

export interface OverdueItem {
  readonly account: string;
  readonly currency: string;
  readonly due: Day;
  readonly open: number;
}

export type AccountNames = ReadonlyMap<string, { readonly name: string; readonly number: string; readonly collector: string | null }>;

/** Groups overdue items by account and currency, one by one, so that a ledger of any size streams through. */
export function overdueCounter(today: Day, accounts: AccountNames) {
  const rows = new Map<string, { -readonly [K in keyof OverdueAccount]: OverdueAccount[K] }>();
  return {
    /** Items that are not overdue must be left out by the caller. */
    add(item: OverdueItem, daysPastDue = daysBetween(item.due, today)): void {
      const key = `${item.account}\n${item.currency}`;
      let row = rows.get(key);
      if (!row) {
        const known = accounts.get(item.account);
        const { name = item.account, number = '', collector = null } = known ?? {};
        row = { account: item.account, name, number, currency: item.currency, overdue: 0, invoices: 0, oldest: 0, collector };
        rows.set(key, row);
      }
      row.overdue += item.open;
      row.invoices += 1;
      row.oldest = Math.max(row.oldest, daysPastDue);
    },
    /** By currency, then most overdue first: amounts of different currencies are not compared. */
    rows(): OverdueAccount[] {
      return [...rows.values()].sort(ORDERS.amount);
    },
  };
}

export type OverdueOrder = 'amount' | 'age' | 'name';

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const tie = (a: OverdueAccount, b: OverdueAccount) => text(a.name, b.name) || text(a.account, b.account);

export const ORDERS: Readonly<Record<OverdueOrder, (a: OverdueAccount, b: OverdueAccount) => number>> = {
  amount: (a, b) => text(a.currency, b.currency) || b.overdue - a.overdue || tie(a, b),
  age: (a, b) => b.oldest - a.oldest || b.overdue - a.overdue || tie(a, b),
  name: (a, b) => tie(a, b) || text(a.currency, b.currency),
};

/** Which overdue items a list shows; every set part must hold. */
export interface OverdueQuery {
  /** Part of a name or number, any case. */
  readonly account?: string;
  /** Slack user id, or 'nobody' for accounts without a collector. */
  readonly collector?: string;
  readonly bucket?: AgeingBucket;
  /** More than so many days past due. */
  readonly moreThanDays?: number;
  readonly currency?: string;
}

/** One question is asked per account, the others per item: ask with the item's days past due. Both sides must say yes. */
export function matchesAccount(query: OverdueQuery, account: { name: string; number: string; collector: string | null }): boolean {
  if (query.collector !== undefined && query.collector !== (account.collector ?? 'nobody')) return false;
  if (query.account === undefined) return true;
  const wanted = query.account.toLowerCase();
  if (account.name.toLowerCase().includes(wanted) || account.number.toLowerCase().includes(wanted)) return true;
  // Other spellings and word orders; typing errors would bring strangers into a list.
  return (searchRank(query.account, account.name) ?? 3) < 3;
}

export function matchesItem(query: OverdueQuery, item: OverdueItem, daysPastDue: number): boolean {
  if (query.currency !== undefined && item.currency !== query.currency) return false;
  if (query.bucket !== undefined && bucketOf(daysPastDue) !== query.bucket) return false;
  return daysPastDue > (query.moreThanDays ?? 0);
}
