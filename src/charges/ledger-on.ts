import type { Day } from '../kernel/day.ts';
import type { CreditNote, Invoice, Payment } from '../ledger/invoice.ts';

export interface LedgerOf {
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly creditNotes: readonly CreditNote[];
}

/** The ledger as of the evening of a day. What has left a balance without a date counts as if the invoice had been smaller from the start. */
export function ledgerOn({ invoices, payments, creditNotes }: LedgerOf, on: Day): LedgerOf {
  const then = {
    payments: payments.filter(({ received }) => received <= on),
    creditNotes: creditNotes.filter(({ issued }) => issued <= on),
  };
  const [ever, until] = [takenOff({ payments, creditNotes }), takenOff(then)];
  return {
    ...then,
    invoices: invoices
      .filter(({ issued, cancelled }) => issued <= on && !cancelled)
      .map((invoice) => {
        const undated = Math.max(0, invoice.total - invoice.open - (ever.get(keyOf(invoice.entity, invoice.number)) ?? 0));
        return { ...invoice, open: Math.max(0, invoice.total - undated - (until.get(keyOf(invoice.entity, invoice.number)) ?? 0)) };
      }),
  };
}

const keyOf = (entity: string, number: string) => `${entity}\n${number}`;

function takenOff({ payments, creditNotes }: Omit<LedgerOf, 'invoices'>): Map<string, number> {
  const sums = new Map<string, number>();
  const valid = [...payments.filter(({ reversed }) => !reversed), ...creditNotes.filter(({ cancelled }) => !cancelled)];
  for (const { entity, allocations } of valid)
    for (const { invoice, amount } of allocations) {
      const key = keyOf(entity, invoice);
      sums.set(key, (sums.get(key) ?? 0) + amount);
    }
  return sums;
}
