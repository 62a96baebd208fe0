import type { MisplacedReceipt, ReceiptPlacing } from '../ledger/import.port.ts';
import type { AccountPart } from '../ledger/ledger-record.ts';
import { existingReceipts, invoicesBefore } from './derived-receipts.ts';
import type { AccountDocument, InvoiceDocument, ReceiptDocument } from './ledger-documents.ts';
import type { LedgerModels } from './ledger-models.ts';
import { byId, receiptModel, settle } from './settle.ts';

/** Open invoices that money names under another customer or in another currency, with that money; oldest first. */
export async function misplacedReceipts(models: LedgerModels, limit: number, of?: string): Promise<MisplacedReceipt[]> {
  const filter = { 'misplaced.0': { $exists: true }, open: { $gt: 0 }, sample: false, ...(of === undefined ? {} : { account: of }) };
  const invoices = await models.invoices.collection.find<InvoiceDocument>(filter).sort({ due: 1, _id: 1 }).limit(limit).toArray();
  if (invoices.length === 0) return [];
  const receipts = new Map(
    (await existingReceipts(models, [...new Set(invoices.flatMap(({ misplaced = [] }) => misplaced))])).map((each) => [each._id, each]),
  );
  const accounts = [...new Set([...invoices, ...receipts.values()].map(({ account }) => account))];
  const named = await models.accounts.collection.find<AccountDocument>(byId(accounts)).toArray();
  const numbers = new Map(named.map(({ _id, ledger }) => [_id, ledger.number]));
  return invoices
    .flatMap(({ _id, number, account, currency, open, misplaced = [] }) =>
      misplaced.flatMap((id): MisplacedReceipt[] => {
        const receipt = receipts.get(id);
        if (!receipt) return [];
        return [
          {
            receipt: id,
            kind: id.startsWith('pay_') ? 'payment' : 'credit-note',
            number: receipt.number,
            account: numbers.get(receipt.account) ?? '',
            currency: receipt.currency,
            amount: receipt.allocations.find((each) => each.id === _id)?.amount ?? 0,
            invoice: _id,
            invoiceNumber: number,
            invoiceAccount: numbers.get(account) ?? '',
            invoiceCurrency: currency,
            open,
          },
        ];
      }),
    )
    .slice(0, limit);
}

/** What people said of a receipt stays with it when the source sends it again. */
export function withPlaced(said: readonly ReceiptDocument[], before: readonly ReceiptDocument[]): ReceiptDocument[] {
  const placed = new Map(before.flatMap(({ _id, placed }) => (placed ? [[_id, placed] as const] : [])));
  return said.map((receipt) => {
    const kept = placed.get(receipt._id);
    return kept ? { ...receipt, placed: kept } : receipt;
  });
}

/** Answers how many say something new; what was said first stays. `mark` marks accounts as being written. */
export async function placeOn(
  models: LedgerModels,
  mark: (ids: ReadonlySet<string>, parts: ReadonlyMap<string, AccountPart>) => Promise<void>,
  placings: readonly ReceiptPlacing[],
): Promise<number> {
  const invoices = await invoicesBefore(
    models,
    placings.map(({ invoice }) => invoice),
  );
  const receipts = await existingReceipts(
    models,
    placings.map(({ receipt }) => receipt),
  );
  await mark(new Set([...invoices.values(), ...receipts].map(({ account }) => account)), new Map());
  let changed = 0;
  for (const { receipt, invoice, placed } of placings) {
    if (!invoices.has(invoice)) continue;
    const filter = { _id: receipt as never, 'placed.id': { $ne: invoice } };
    const update = { $push: { placed: { id: invoice, ...placed } as never } };
    changed += (await receiptModel(models, receipt).collection.updateOne(filter, update)).modifiedCount;
  }
  await settle(models, [...invoices.keys()]);
  return changed;
}
