import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { planDay } from './plan-day.op.ts';

/** An invoice that has had every step whose minimum it reaches. Minor units. */
export interface SmallBalance {
  readonly account: string;
  readonly name: string;
  readonly entity: string;
  readonly invoice: string;
  readonly currency: string;
  readonly amount: number;
  readonly daysPastDue: number;
}

/** The queue of small balances, oldest first; what a person keeps for now is left out. */
export async function smallBalances(world: World): Promise<SmallBalance[]> {
  const { accounts } = await planDay(world);
  const rows = accounts.flatMap(({ row, work, day, decision }) =>
    decision.entities.flatMap(({ entity, invoices }) => {
      const rests = work.ladders.find((ladder) => ladder.entity === entity)?.rests ?? [];
      return invoices
        .filter(({ reasons }) => reasons.some(({ code }) => code === 'small-balance'))
        .filter(({ invoice }) => !rests.some((each) => each.invoice === invoice && keeps(each, day.today)))
        .map(({ invoice, currency, ask, daysPastDue }) => ({
          ...{ account: row.id, name: row.name, entity, invoice, currency, amount: ask, daysPastDue },
        }));
    }),
  );
  return rows.sort((a, b) => b.daysPastDue - a.daysPastDue || (a.name < b.name ? -1 : 1));
}

const keeps = ({ why, until }: { readonly why: string; readonly until: Day | null }, today: Day) =>
  why === 'small' && (until === null || today < until);
