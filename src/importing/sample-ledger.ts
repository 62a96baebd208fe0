import type { Day } from '../kernel/day.ts';
import type { LedgerSource } from '../ledger/import.port.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { chance } from './random.ts';
import { sampleAccounts } from './sample-accounts.ts';
import { sampleInvoices } from './sample-invoices.ts';
import { sampleReceipts } from './sample-receipts.ts';

/** An invented ledger as of a day: 60 accounts, 500 invoices of every age. The same day and seed always give the same rows. */
export function sampleLedger(today: Day, seed = 1): LedgerRecord[] {
  const random = chance(seed);
  const accounts = sampleAccounts(random);
  const invoices = sampleInvoices(accounts, today, random);
  const receipts = sampleReceipts(invoices, today, random);
  return [
    ...accounts.map(({ part }) => ({ kind: 'account' as const, account: part })),
    ...accounts.flatMap(({ contacts }) => contacts),
    ...invoices.map(({ record }) => record),
    ...receipts,
  ];
}

/** For `importLedger` with `sample: true`. */
export function sampleSource(today: Day, seed = 1): LedgerSource {
  const records = sampleLedger(today, seed);
  return {
    name: 'sample ledger',
    declares: 'changes',
    tellsBalances: true,
    async *rows() {
      for (const [i, record] of records.entries()) yield { line: i + 1, record };
    },
  };
}
