import { addDays, type Day } from '../kernel/day.ts';
import type { Allocation } from '../ledger/invoice.ts';
import type { ReceiptRecord } from '../ledger/ledger-record.ts';
import type { Chance } from './random.ts';
import type { SampleAccount } from './sample-accounts.ts';
import type { SampleInvoice } from './sample-invoices.ts';

const PART_PAYMENTS = 18;
const UNAPPLIED = 6;
const REVERSED = 2;
const CREDIT_NOTES = 12;

/** Payments of paid invoices, part payments, cash that names no invoice, bounced debits and credit notes. */
export function sampleReceipts(invoices: readonly SampleInvoice[], today: Day, random: Chance): ReceiptRecord[] {
  const late = random.shuffled(
    invoices.filter(({ paid, record }) => !paid && !record.cancelled && record.due < today && record.disputed === 0),
  );
  const receipts: Omit<ReceiptRecord, 'number'>[] = paymentsInFull(invoices, today, random);
  for (const { account, record } of late.slice(0, PART_PAYMENTS)) {
    const amount = Math.round((record.total * random.between(20, 70)) / 100);
    receipts.push(receipt('payment', account, amount, recent(today, random), [{ invoice: record.number, amount }], 'part payment'));
  }
  for (const { account } of late.slice(PART_PAYMENTS, PART_PAYMENTS + UNAPPLIED)) {
    receipts.push(receipt('payment', account, random.between(5_000, 90_000), recent(today, random), [], ''));
  }
  for (const { account, record } of late.slice(-REVERSED)) {
    const bounced = receipt(
      'payment',
      account,
      record.total,
      recent(today, random),
      [{ invoice: record.number, amount: record.total }],
      'direct debit returned',
    );
    receipts.push({ ...bounced, annulled: true });
  }
  for (const [i, { account, record }] of random.shuffled(late).slice(0, CREDIT_NOTES).entries()) {
    const amount = Math.round(record.total / random.pick([5, 10, 20]));
    const allocations = i % 2 === 0 ? [{ invoice: record.number, amount }] : [];
    receipts.push(
      receipt(
        'credit-note',
        account,
        amount,
        recent(today, random),
        allocations,
        random.pick(['goods returned', 'price correction', 'volume bonus']),
      ),
    );
  }
  return receipts.map((made, i) => ({ ...made, number: `${made.kind === 'payment' ? 'P' : 'CN'}-${70_001 + i}` }));
}

/** About a third of the payments pay two or three invoices at once; one in forty pays too much. */
function paymentsInFull(invoices: readonly SampleInvoice[], today: Day, random: Chance): Omit<ReceiptRecord, 'number'>[] {
  const byAccount = Map.groupBy(
    invoices.filter(({ paid }) => paid),
    ({ account }) => account,
  );
  const made: Omit<ReceiptRecord, 'number'>[] = [];
  for (const [account, paid] of byAccount) {
    const waiting = [...paid].sort((a, b) => (a.record.due < b.record.due ? -1 : 1));
    while (waiting.length > 0) {
      const together = waiting.splice(0, random.of(0.35) ? random.between(2, 3) : 1);
      const last = together.at(-1)!.record;
      const received = addDays(last.due, random.between(-6, 4 + account.slowness * 12));
      // The one in the middle: not before the invoice, not after today.
      const day = [last.issued, received, today].sort()[1]!;
      const allocations = together.map(({ record }) => ({ invoice: record.number, amount: record.total }));
      const excess = random.of(0.025) ? random.between(100, 20_000) : 0;
      const amount = allocations.reduce((sum, part) => sum + part.amount, excess);
      made.push(receipt('payment', account, amount, day, allocations, ''));
    }
  }
  return made;
}

function receipt(
  kind: ReceiptRecord['kind'],
  { part, currency }: SampleAccount,
  amount: number,
  date: Day,
  allocations: readonly Allocation[],
  reason: string,
): Omit<ReceiptRecord, 'number'> {
  return { kind, account: { number: part.number }, entity: part.entity, currency, amount, date, allocations, annulled: false, reason };
}

function recent(today: Day, random: Chance): Day {
  return addDays(today, -random.between(0, 25));
}
