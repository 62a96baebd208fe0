import { type Day, daysBetween } from '../kernel/day.ts';
import { AGEING_BUCKETS, type AgeingBucket, bucketOf } from '../ledger/ageing.ts';
import { type AccountNames, type OverdueAccount, overdueCounter } from '../ledger/overdue.ts';
import type { OverdueDispute } from './digest-disputes.ts';
import type { DigestPromises } from './digest-promises.ts';

/** Minor units per ageing bucket of one currency. */
export type BucketAmounts = Record<AgeingBucket, number>;

export interface CurrencyAgeing {
  readonly currency: string;
  readonly open: number;
  readonly overdue: number;
  /** Part of `open` marked as disputed. */
  readonly disputed: number;
  /** Open credit of the customers: unapplied cash and credit notes, not yet subtracted from `open`. */
  readonly credit: number;
  readonly openInvoices: number;
  readonly overdueInvoices: number;
  readonly buckets: BucketAmounts;
}

export interface NewlyOverdue {
  readonly account: string;
  readonly name: string;
  readonly number: string;
  readonly currency: string;
  readonly open: number;
  readonly due: Day;
}

export interface DigestSupply {
  readonly stopped: number;
  /** Of them, those with nothing past due any more. */
  readonly releasable: number;
}

/** What one digest says; frozen when it is decided, so that a retry posts the same and the next one can tell the change. */
export interface DigestFigures {
  readonly today: Day;
  readonly currencies: readonly CurrencyAgeing[];
  readonly biggest: readonly OverdueAccount[];
  readonly newlyOverdue: readonly NewlyOverdue[];
  readonly newlyOverdueTotal: number;
  /** Accounts with something overdue and no collector, most overdue first within a currency. */
  readonly unassigned: readonly OverdueAccount[];
  readonly unassignedTotal: number;
  readonly overdueAccounts: number;
  /** Decisions that people are asked for and have not given; digests of earlier versions did not count them. */
  readonly waitingApprovals?: number;
  /** Not in digests of earlier versions. */
  readonly promises?: DigestPromises;
  /** Past their limit; not in digests of earlier versions. */
  readonly overdueDisputes?: readonly OverdueDispute[];
  /** Customers whose supply is stopped; not in digests of earlier versions. */
  readonly supply?: DigestSupply;
  /** Cash received this calendar month up to yesterday's books, by currency. */
  readonly cashThisMonth: Readonly<Record<string, number>>;
  /** The team's targets of this month, by currency; not in digests of earlier versions. */
  readonly targets?: Readonly<Record<string, number>>;
}

interface Item {
  readonly account: string;
  readonly number: string;
  readonly currency: string;
  readonly due: Day;
  readonly open: number;
  readonly disputed: number;
}

export interface DigestInput {
  readonly today: Day;
  /** Invoices that fell overdue after this day are new: the day of the previous digest, or yesterday for the first one. */
  readonly since: Day;
  readonly accounts: AccountNames;
  readonly cashThisMonth: Readonly<Record<string, number>>;
  readonly credits: Iterable<{ readonly currency: string; readonly unappliedCash: number; readonly openCredit: number }>;
}

const LISTED = 10;

type Running = { -readonly [K in keyof CurrencyAgeing]: CurrencyAgeing[K] };
/** Counts items one by one, so that a ledger of any size streams through. */
export function digestCounter(input: DigestInput) {
  const currencies = new Map<string, Running>();
  const overdue = overdueCounter(input.today, input.accounts);
  const fresh: NewlyOverdue[] = [];
  let freshTotal = 0;

  const currencyOf = (currency: string): Running => {
    let entry = currencies.get(currency);
    if (!entry) {
      const buckets = Object.fromEntries(AGEING_BUCKETS.map((bucket) => [bucket, 0])) as BucketAmounts;
      entry = { currency, open: 0, overdue: 0, disputed: 0, credit: 0, openInvoices: 0, overdueInvoices: 0, buckets };
      currencies.set(currency, entry);
    }
    return entry;
  };
  for (const credit of input.credits) currencyOf(credit.currency).credit += credit.unappliedCash + credit.openCredit;

  const addOverdue = (item: Item, daysPastDue: number) => {
    overdue.add(item, daysPastDue);
    if (item.due >= input.since) {
      freshTotal += 1;
      const name = input.accounts.get(item.account)?.name ?? item.account;
      fresh.push({ account: item.account, name, number: item.number, currency: item.currency, open: item.open, due: item.due });
    }
  };

  return {
    add(item: Item): void {
      const daysPastDue = daysBetween(item.due, input.today);
      const entry = currencyOf(item.currency);
      entry.open += item.open;
      entry.disputed += item.disputed;
      entry.openInvoices += 1;
      entry.buckets[bucketOf(daysPastDue)] += item.open;
      if (daysPastDue <= 0) return;
      entry.overdue += item.open;
      entry.overdueInvoices += 1;
      addOverdue(item, daysPastDue);
    },

    figures(): DigestFigures {
      const rows = overdue.rows();
      const unassigned = rows.filter((row) => row.collector === null);
      return {
        today: input.today,
        currencies: [...currencies.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
        biggest: topPerCurrency(rows),
        newlyOverdue: fresh.sort((a, b) => compare(a.currency, b.currency) || b.open - a.open).slice(0, LISTED),
        newlyOverdueTotal: freshTotal,
        unassigned: unassigned.slice(0, LISTED),
        unassignedTotal: new Set(unassigned.map((row) => row.account)).size,
        overdueAccounts: new Set(rows.map((row) => row.account)).size,
        cashThisMonth: input.cashThisMonth,
      };
    },
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** Amounts of different currencies are not compared: each currency shows its own biggest, the list shared fairly. */
function topPerCurrency(rows: readonly OverdueAccount[]): OverdueAccount[] {
  const currencies = new Set(rows.map((row) => row.currency));
  const each = Math.max(1, Math.floor(LISTED / Math.max(1, currencies.size)));
  return [...currencies].flatMap((currency) => rows.filter((row) => row.currency === currency).slice(0, each));
}

/** True when no amount or invoice moved since the previous digest: then one line says so. Ageing alone is a change. */
export function nothingChanged(previous: DigestFigures, current: DigestFigures): boolean {
  return (
    JSON.stringify(previous.currencies) === JSON.stringify(current.currencies) &&
    JSON.stringify(previous.cashThisMonth) === JSON.stringify(current.cashThisMonth) &&
    current.newlyOverdueTotal === 0 &&
    !current.promises?.due.length &&
    !current.promises?.ended.length &&
    idsOf(previous.overdueDisputes) === idsOf(current.overdueDisputes) &&
    JSON.stringify(previous.supply) === JSON.stringify(current.supply) &&
    previous.unassignedTotal === current.unassignedTotal &&
    (previous.waitingApprovals ?? 0) === (current.waitingApprovals ?? 0)
  );
}

const idsOf = (disputes: readonly { readonly id: string }[] = []) => disputes.map(({ id }) => id).join();
