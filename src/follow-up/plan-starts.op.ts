import type { LedgerItem } from '../arrangements/collectable.ts';
import { daysBetween } from '../kernel/day.ts';
import { addTo } from '../kernel/money.ts';
import type { World } from '../kernel/world.port.ts';
import { type AccountCase, readAccountDays } from './account-days.op.ts';
import { startUnconfirmed } from './claim.ts';
import { ladderOf } from './ladder.ts';
import { BY_AGE, bandOf } from './start.ts';

/** What was overdue when it was imported and has no starting point yet. */
export interface StartPlan {
  /** Each customer and selling entity, the oldest first. */
  readonly rows: readonly { readonly account: string; readonly entity: string }[];
  readonly accounts: number;
  /** By age, oldest first; of `BY_AGE`. Minor units by currency. */
  readonly bands: readonly { readonly from: number; readonly invoices: number; readonly amounts: ReadonlyMap<string, number> }[];
  /** Invoices of which the accounting system says how often it has reminded: these go by that. */
  readonly dunned: number;
}

/** The invoices of one selling entity that wait for their starting point, on the customer's own day. */
export function unplaced({ work, day }: AccountCase, entity: string): LedgerItem[] {
  const ladder = ladderOf(work.ladders, entity);
  const known = new Set([...ladder.marks, ...ladder.jumps].map(({ invoice }) => invoice));
  const { importedOn, today } = day;
  return day.items.filter(
    (item) => item.entity === entity && item.due < today && !known.has(item.number) && startUnconfirmed({ importedOn, ladder }, item),
  );
}

export async function planStarts(world: World): Promise<StartPlan> {
  const { cases } = await readAccountDays(world);
  return startPlan(cases);
}

export function startPlan(cases: readonly AccountCase[]): StartPlan {
  const rows: { account: string; entity: string; oldest: number }[] = [];
  const bands = BY_AGE.map(({ from }) => ({ from, invoices: 0, amounts: new Map<string, number>() }));
  let dunned = 0;
  for (const each of cases) {
    for (const entity of new Set(each.day.items.map((item) => item.entity))) {
      const items = unplaced(each, entity);
      if (items.length === 0) continue;
      const ages = items.map(({ due }) => daysBetween(due, each.day.today));
      rows.push({ account: each.row.id, entity, oldest: Math.max(...ages) });
      for (const [at, item] of items.entries()) {
        if (item.dunned) dunned += 1;
        const band = bands.find(({ from }) => from === bandOf(BY_AGE, ages[at]!)!.from)!;
        band.invoices += 1;
        addTo(band.amounts, { amount: item.open, currency: item.currency });
      }
    }
  }
  rows.sort((a, b) => b.oldest - a.oldest);
  return {
    rows: rows.map(({ account, entity }) => ({ account, entity })),
    accounts: new Set(rows.map(({ account }) => account)).size,
    bands,
    dunned,
  };
}
