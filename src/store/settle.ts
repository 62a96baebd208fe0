import type { Model, mongo } from 'mongoose';
import { type Claim, settleInvoice } from '../ledger/balance.ts';
import { billed, type InvoiceDocument, type ReceiptDocument } from './ledger-documents.ts';
import type { LedgerModels } from './ledger-models.ts';

const CHUNK = 1000;

interface Balanced {
  readonly invoices: readonly InvoiceDocument[];
  readonly receipts: readonly ReceiptDocument[];
}

/** Every payment and credit note that names one of these invoices. */
export async function receiptsOn({ payments, creditNotes }: LedgerModels, invoiceIds: readonly string[]): Promise<ReceiptDocument[]> {
  const filter = { 'allocations.id': { $in: [...invoiceIds] } };
  const found = await Promise.all([payments, creditNotes].map((model) => model.collection.find<ReceiptDocument>(filter).toArray()));
  return found.flat();
}

/**
 * Balances worked out in memory. `receipts` must hold every receipt on these invoices; what they apply to invoices outside `ids` stays.
 * An id without a document is an invoice that has not arrived: nothing is applied to it yet.
 */
export function balance(ids: readonly string[], invoices: readonly InvoiceDocument[], receipts: readonly ReceiptDocument[]): Balanced {
  const claims = claimsByInvoice(receipts);
  const taken = new Map<string, ReadonlyMap<string, number>>(ids.map((id) => [id, new Map()]));
  const settled = invoices.map((invoice) => {
    const { open, disputed, statedApplied, applied, misplaced } = settleInvoice(billed(invoice), claims.get(invoice._id) ?? []);
    taken.set(invoice._id, applied);
    return { ...invoice, open, disputed, statedApplied, misplaced };
  });
  return { invoices: settled, receipts: receipts.map((receipt) => applyTo(receipt, taken)) };
}

/** Recomputes these invoices from what the store holds and writes the balances that changed. */
export async function settle(models: LedgerModels, invoiceIds: readonly string[]): Promise<void> {
  for (let from = 0; from < invoiceIds.length; from += CHUNK) {
    const ids = invoiceIds.slice(from, from + CHUNK);
    const invoices = await models.invoices.collection.find<InvoiceDocument>(byId(ids)).toArray();
    const receipts = await receiptsOn(models, ids);
    const balanced = balance(ids, invoices, receipts);
    await writeInvoiceBalances(models, invoices, balanced.invoices);
    await writeApplications(models, receipts, balanced.receipts);
  }
}

export async function writeInvoiceBalances(
  models: LedgerModels,
  before: readonly InvoiceDocument[],
  after: readonly InvoiceDocument[],
): Promise<void> {
  const changed = after.filter((now, i) => {
    const was = before[i]!;
    const same = now.open === was.open && now.disputed === was.disputed && now.statedApplied === was.statedApplied;
    return !same || String(now.misplaced ?? []) !== String(was.misplaced ?? []);
  });
  const update = ({ _id, open, disputed, statedApplied, misplaced }: InvoiceDocument) => ({
    updateOne: { filter: { _id }, update: { $set: { open, disputed, statedApplied, misplaced } as object } },
  });
  await bulk(models.invoices, changed.map(update));
}

export async function writeApplications(
  models: LedgerModels,
  before: readonly ReceiptDocument[],
  after: readonly ReceiptDocument[],
): Promise<void> {
  const changed = after.filter((now, i) => now.unapplied !== before[i]!.unapplied || now.allocations.some(appliesOtherThan(before[i]!)));
  for (const model of [models.payments, models.creditNotes]) {
    const own = changed.filter(({ _id }) => receiptModel(models, _id) === model);
    await bulk(
      model,
      own.map(({ _id, allocations, unapplied, derived, amount }) => ({
        updateOne: { filter: { _id }, update: { $set: { allocations, unapplied, ...(derived ? { amount } : {}) } as object } },
      })),
    );
  }
}

export function receiptModel(models: LedgerModels, id: string): Model<ReceiptDocument> {
  return id.startsWith('pay_') ? models.payments : models.creditNotes;
}

export function byId(ids: readonly string[]) {
  return { _id: { $in: [...ids] as never[] } };
}

/** Straight to the driver: what is written was built in this room, and casting each document again would only cost time. */
export async function bulk<T>(model: Model<T>, operations: mongo.AnyBulkWriteOperation<{ _id: string }>[]): Promise<void> {
  if (operations.length > 0) await model.collection.bulkWrite(operations as never[], { ordered: false });
}

function claimsByInvoice(receipts: readonly ReceiptDocument[]): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const { _id, account, currency, date, annulled, derived, placed, allocations } of receipts) {
    for (const { id, amount } of allocations) {
      const said = placed?.find((each) => each.id === id);
      const base = { receipt: _id, account, currency, date, amount, inForce: !annulled, derived: derived !== undefined };
      const claim = said ? { ...base, placed: said } : base;
      const known = claims.get(id);
      if (known) known.push(claim);
      else claims.set(id, [claim]);
    }
  }
  return claims;
}

function applyTo(receipt: ReceiptDocument, taken: ReadonlyMap<string, ReadonlyMap<string, number>>): ReceiptDocument {
  const allocations = receipt.allocations.map((allocation) => {
    const settled = taken.get(allocation.id);
    return settled === undefined ? allocation : { ...allocation, applied: settled.get(receipt._id) ?? 0 };
  });
  const applied = allocations.reduce((sum, allocation) => sum + allocation.applied, 0);
  // What a derived one stands for is what no other receipt explains.
  const amount = receipt.derived ? applied : receipt.amount;
  return {
    ...receipt,
    amount,
    allocations,
    unapplied: receipt.annulled || receipt.derived || receipt.vanished ? 0 : receipt.amount - applied,
  };
}

function appliesOtherThan(before: ReceiptDocument) {
  return (allocation: ReceiptDocument['allocations'][number], i: number) => allocation.applied !== before.allocations[i]!.applied;
}
