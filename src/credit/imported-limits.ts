import type { LimitsInFile } from '../account/account.ts';
import type { Day } from '../kernel/day.ts';
import type { CreditFile, CreditFileRequest, DecidedLimit } from './credit-file.ts';

/** What a file says of limits, as a request; null: it says nothing, or the same as last time. What a decision sets afterwards stays until the file changes. */
export function importedLimits(row: LimitsInFile, { imported }: CreditFile): CreditFileRequest | null {
  const { creditLimit = '', groupLimit = '', limitUntil = '' } = row;
  if (creditLimit === '' && groupLimit === '') return null;
  const said = JSON.stringify([creditLimit, groupLimit, limitUntil]);
  if (said === imported) return null;
  const until = limitUntil === '' ? null : (limitUntil as Day);
  return {
    do: 'import-limits',
    imported: said,
    limits: [...limitsIn(creditLimit, 'account', until), ...limitsIn(groupLimit, 'group', until)],
  };
}

function limitsIn(text: string, scope: DecidedLimit['scope'], until: Day | null): DecidedLimit[] {
  return [...text.matchAll(/([A-Z]{3}) (\d+)/g)].map(([, currency, amount]) => ({
    scope,
    currency: currency!,
    amount: Number(amount),
    until,
  }));
}
