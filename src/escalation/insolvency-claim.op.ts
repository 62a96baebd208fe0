import { readCharges } from '../charges/read-charges.op.ts';
import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { ClaimLine } from './insolvency.ts';

/** What was open on the opening day, due or not, with interest to that day; one line for each selling company and currency. */
export async function claimOn(world: World, account: string, opened: Day): Promise<ClaimLine[]> {
  const read = await readCharges(world, account, false, opened);
  if (!read) return [];
  const debts = new Map(read.debts.map((debt) => [`${debt.entity}\n${debt.invoice}`, debt]));
  const lines = Map.groupBy(read.open, ({ entity, currency }) => `${entity}\n${currency}`);
  return [...lines.values()].map((invoices): ClaimLine => {
    const { entity, currency } = invoices[0]!;
    let [interest, why]: [number | null, string] = [0, ''];
    for (const { number } of invoices) {
      const found = debts.get(`${entity}\n${number}`)?.interest;
      // Some laws give none behind the opening, also for the time before.
      if (!found || ('refused' in found && found.refused === 'no-interest-in-insolvency')) continue;
      if ('total' in found) interest = interest === null ? null : interest + found.total;
      else [interest, why] = [null, 'refused' in found ? found.refused : 'rate-missing'];
    }
    const owed = invoices.map(({ issued, due }) => (issued > due ? issued : due)).sort();
    const open = invoices.reduce((sum, invoice) => sum + invoice.open, 0);
    return { entity, currency, invoices: invoices.length, open, interest, why, owedFrom: owed[0]!, owedLast: owed.at(-1)! };
  });
}
