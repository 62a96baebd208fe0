import type { Day } from '../kernel/day.ts';
import { groupKey } from '../ledger/import-scan.op.ts';
import type { InvoiceRecord } from '../ledger/ledger-record.ts';
import { derivedId, derivedReceipt, type InvoiceDocument, type ReceiptDocument } from './ledger-documents.ts';
import type { LedgerModels } from './ledger-models.ts';
import { bulk, byId } from './settle.ts';

/** The day that a list stands for, and the day of the list before it that held documents of the same entity and currency. */
export interface SeenOn {
  readonly on: Day;
  before(group: Pick<InvoiceDocument, 'entity' | 'currency'>): Day | null;
}

/** Lists of earlier days, of which only imports that came to their end count. */
export async function seenBefore({ runs }: LedgerModels, on: Day): Promise<SeenOn> {
  const last = await runs.aggregate<{ _id: string; day: Day }>([
    { $match: { state: 'done', seenOn: { $lt: on } } },
    { $unwind: '$lists' },
    { $group: { _id: '$lists', day: { $max: '$seenOn' } } },
  ]);
  const days = new Map(last.map(({ _id, day }) => [_id, day]));
  return { on, before: (group) => days.get(groupKey(group)) ?? null };
}

/** An open amount that is smaller than it was. */
interface Fall {
  readonly invoice: InvoiceDocument;
  readonly from: number;
  readonly to: number;
}

export function fallsOf(now: readonly InvoiceDocument[], before: ReadonlyMap<string, InvoiceDocument>): Fall[] {
  return now.flatMap((invoice) => {
    const was = before.get(invoice._id);
    return was && !invoice.cancelled && was.open > invoice.open ? [{ invoice, from: was.open, to: invoice.open }] : [];
  });
}

/**
 * Written before the balance that shows the fall: until then it explains nothing, and the same file once more finds it there. True when there
 * were any.
 */
export async function deriveReceipts(models: LedgerModels, falls: readonly Fall[], seen: SeenOn): Promise<boolean> {
  if (falls.length === 0) return false;
  const idOf = ({ invoice }: Fall) => derivedId(invoice.entity, invoice.number, seen.on);
  const known = new Map((await existingReceipts(models, falls.map(idOf))).map((receipt) => [receipt._id, receipt]));
  const derived = falls.map((fall) =>
    derivedReceipt(fall.invoice, fall, { on: seen.on, since: seen.before(fall.invoice) }, known.get(idOf(fall))),
  );
  await bulk(
    models.payments,
    derived.map((replacement) => ({ replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true } })),
  );
  return true;
}

export async function invoicesBefore(models: LedgerModels, ids: readonly string[]): Promise<Map<string, InvoiceDocument>> {
  const found = await models.invoices.collection.find<InvoiceDocument>(byId(ids)).toArray();
  return new Map(found.map((invoice) => [invoice._id, invoice]));
}

/** A list that says only what is open keeps the total that the ledger knows: what is missing of it has been paid. */
export function withKnownTotal(
  invoice: InvoiceDocument,
  { totalUnsaid }: InvoiceRecord,
  before: InvoiceDocument | undefined,
): InvoiceDocument {
  if (!totalUnsaid || !before || before.total <= invoice.total) return invoice;
  return { ...invoice, total: before.total, stated: before.total - (invoice.total - invoice.stated) };
}

export async function existingReceipts(models: LedgerModels, ids: readonly string[]): Promise<ReceiptDocument[]> {
  const found = await Promise.all(
    [models.payments, models.creditNotes].map((model) => model.collection.find<ReceiptDocument>(byId(ids)).toArray()),
  );
  return found.flat();
}
