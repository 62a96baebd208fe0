import type { Clock } from '../kernel/clock.port.ts';
import { type Day, dayIn, daysBetween } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import type { Freshness, Ledger } from './ledger.port.ts';
import {
  matchesAccount,
  matchesItem,
  ORDERS,
  type OverdueAccount,
  type OverdueOrder,
  type OverdueQuery,
  overdueCounter,
} from './overdue.ts';

export interface OverdueList {
  readonly today: Day;
  readonly freshness: Freshness;
  /** Minor units by currency over all rows, not only the page's. */
  readonly totals: ReadonlyMap<string, number>;
  readonly rows: readonly OverdueAccount[];
}

/** All overdue accounts that the query asks for; the caller shows a page of them. */
export async function listOverdue(
  ports: { clock: Clock; settings: SettingsStore; ledger: Ledger },
  query: OverdueQuery,
  order: OverdueOrder,
): Promise<OverdueList> {
  const { zone } = await ports.settings.read();
  const today = dayIn(zone, ports.clock.now());
  const [freshness, accounts, { items }] = await Promise.all([ports.ledger.freshness(), ports.ledger.accounts(), ports.ledger.openBooks()]);
  const wanted = new Map(accounts.filter((account) => matchesAccount(query, account)).map((account) => [account.id, account]));
  const counter = overdueCounter(today, wanted);
  for await (const account of inTurns(wanted.keys()))
    for (const item of items.get(account) ?? []) {
      const daysPastDue = daysBetween(item.due, today);
      if (matchesItem(query, item, daysPastDue)) counter.add(item, daysPastDue);
    }
  const rows = counter.rows().sort(ORDERS[order]);
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(row.currency, (totals.get(row.currency) ?? 0) + row.overdue);
  return { today, freshness, totals: new Map([...totals].sort()), rows };
}
