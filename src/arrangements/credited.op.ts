import type { Ledger } from '../ledger/ledger.port.ts';

/** Credit notes and invoices of one account that are read; far above what any account has. */
const MOST = 50_000;

/** What of an account's invoices was taken off otherwise than by money: credit notes in minor units, all of a cancelled invoice. */
export async function readCredited(ledger: Ledger, account: string): Promise<(entity: string, invoice: string) => number> {
  const [notes, invoices] = await Promise.all([ledger.creditNotes(account, MOST), ledger.invoices(account, MOST)]);
  const key = (entity: string, invoice: string) => `${entity}\n${invoice}`;
  const sums = new Map<string, number>();
  for (const { entity, cancelled, allocations } of notes) {
    if (cancelled) continue;
    for (const { invoice, amount } of allocations) sums.set(key(entity, invoice), (sums.get(key(entity, invoice)) ?? 0) + amount);
  }
  for (const { entity, number, cancelled, total } of invoices) if (cancelled) sums.set(key(entity, number), total);
  return (entity, invoice) => sums.get(key(entity, invoice)) ?? 0;
}
