import type { AccountWork } from '../account/account-work.ts';
import { type OpenDispute, pastLimit } from '../arrangements/dispute.ts';
import type { Day } from '../kernel/day.ts';

/** A dispute past its limit, as a digest says it. */
export interface OverdueDispute extends Pick<OpenDispute, 'id' | 'invoice' | 'currency' | 'amount' | 'owner'> {
  readonly account: string;
  readonly name: string;
  readonly until: Day;
}

/** Every dispute that nobody has resolved in time, the one longest past its limit first. */
export function overdueDisputes(
  accounts: Iterable<{ readonly id: string; readonly name: string }>,
  work: ReadonlyMap<string, Pick<AccountWork, 'disputes'>>,
  today: Day,
): OverdueDispute[] {
  const found: OverdueDispute[] = [];
  for (const { id: account, name } of accounts) {
    for (const dispute of work.get(account)?.disputes ?? []) {
      const { id, invoice, currency, amount, owner, until } = dispute;
      if (until !== null && pastLimit(dispute, today)) found.push({ id, account, name, invoice, currency, amount, owner, until });
    }
  }
  return found.sort((a, b) => (a.until < b.until ? -1 : 1));
}
