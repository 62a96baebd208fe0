import type { Connection } from 'mongoose';
import type { Day } from '../kernel/day.ts';
import type { OldRecord } from '../trail/retention.port.ts';
import { ledgerModels } from './ledger-models.ts';

interface Invoice {
  readonly _id: string;
  readonly account: string;
  readonly issued: Day;
  readonly open: number;
}

interface Receipt {
  readonly _id: string;
  readonly account: string;
  readonly date: Day;
  readonly unapplied: number;
  readonly allocations: readonly { readonly id: string }[];
}

/**
 * Invoices that are settled, with the payments and credit notes that settled them, as far as all of those are old enough: an invoice without
 * its payment would be open again, a payment without its invoice would be a credit. An invoice's time counts from the last payment on it.
 */
export async function oldBooks(connection: Connection, ids: readonly string[], through: Day): Promise<Map<string, OldRecord[]>> {
  const models = ledgerModels(connection);
  const about = { account: { $in: [...ids] } };
  const invoices = await models.invoices.collection
    .find<Invoice>(about as never, { projection: { account: 1, issued: 1, open: 1 } })
    .toArray();
  const projection = { account: 1, date: 1, unapplied: 1, 'allocations.id': 1 };
  const receipts: (Receipt & Pick<OldRecord, 'of'>)[] = [];
  for (const [of, model] of [
    ['payment', models.payments],
    ['credit-note', models.creditNotes],
  ] as const)
    for await (const each of model.collection.find<Receipt>(about as never, { projection })) receipts.push({ ...each, of });
  const going = goingTogether(invoices, receipts, through);
  const paidOn = new Map<string, Day>();
  for (const { date, allocations } of receipts) for (const { id } of allocations) if (date > (paidOn.get(id) ?? '')) paidOn.set(id, date);
  // Invoices first: a payment that is left over is found by the next run, an invoice that is left over would be open.
  const old: (OldRecord & { readonly account: string })[] = [
    ...invoices.map(({ _id: id, account, issued }) => ({
      of: 'invoice' as const,
      id,
      account,
      on: [issued, paidOn.get(id) ?? issued].sort()[1]!,
    })),
    ...receipts.map(({ _id: id, account, date, of }) => ({ of, id, account, on: date })),
  ].filter(({ id, of }) => going.has(keyOf(of === 'invoice' ? 'invoice' : 'receipt', id)));
  return new Map(
    [...Map.groupBy(old, ({ account }) => account)].map(([account, all]) => [account, all.map(({ account: _, ...record }) => record)]),
  );
}

const keyOf = (what: 'invoice' | 'receipt', id: string) => `${what} ${id}`;

/** What is connected by a payment goes together or stays together: whatever stays keeps all that it touches, step by step. */
function goingTogether(invoices: readonly Invoice[], receipts: readonly Receipt[], through: Day): Set<string> {
  const there = new Set(invoices.map(({ _id }) => _id));
  const touching = new Map<string, string[]>();
  const touches = (a: string, b: string) => touching.set(a, [...(touching.get(a) ?? []), b]);
  for (const { _id, allocations } of receipts)
    for (const { id } of allocations) {
      if (!there.has(id)) continue;
      touches(keyOf('invoice', id), keyOf('receipt', _id));
      touches(keyOf('receipt', _id), keyOf('invoice', id));
    }
  const staying = [
    ...invoices.filter(({ issued, open }) => issued > through || open > 0).map(({ _id }) => keyOf('invoice', _id)),
    ...receipts.filter(({ date, unapplied }) => date > through || unapplied > 0).map(({ _id }) => keyOf('receipt', _id)),
  ];
  const going = new Set([...invoices.map(({ _id }) => keyOf('invoice', _id)), ...receipts.map(({ _id }) => keyOf('receipt', _id))]);
  for (let next = staying.pop(); next !== undefined; next = staying.pop())
    if (going.delete(next)) staying.push(...(touching.get(next) ?? []).filter((each) => going.has(each)));
  return going;
}
