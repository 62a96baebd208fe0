import type { Day } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import type { Book, BookInvoice, BookReceipt, Cut } from '../numbers/book.ts';
import type { InvoiceDocument, ReceiptDocument } from './ledger-documents.ts';
import type { LedgerModels } from './ledger-models.ts';
import { BATCH } from './open-books.ts';

const INVOICE = {
  ...{ account: 1, entity: 1, number: 1, currency: 1, total: 1, issued: 1, due: 1 },
  ...{ settled: 1, open: 1, disputed: 1, cancelled: 1, statedApplied: 1 },
} as const;
const RECEIPT = {
  ...{ account: 1, entity: 1, number: 1, currency: 1, amount: 1, date: 1, annulled: 1 },
  ...{ allocations: 1, unapplied: 1, derived: 1, placed: 1 },
} as const;
type Stored = Pick<InvoiceDocument, '_id' | Exclude<keyof typeof INVOICE, '_id'>>;
type StoredReceipt = Pick<ReceiptDocument, '_id' | Exclude<keyof typeof RECEIPT, '_id'>>;

/** Reads every invoice and receipt there ever was, in batches; what pays an invoice is brought to it in turns. */
export async function readBook(models: LedgerModels, zone: string, account?: string): Promise<Book> {
  const of = account === undefined ? {} : { account };
  const found = await all<Stored>(models.invoices.collection.find({ ...of, cancelled: false }, { projection: INVOICE, batchSize: BATCH }));
  const issued = new Map<string, Stored>(found.map((each) => [each._id, each]));
  const cuts = new Map<string, Cut[]>();
  const receipts: BookReceipt[] = [];
  for (const [model, by] of [
    [models.payments, 'cash'],
    [models.creditNotes, 'credit'],
  ] as const) {
    const cursor = model.collection.find({ ...of, annulled: false }, { projection: RECEIPT, batchSize: BATCH });
    for (const receipt of await all<StoredReceipt>(cursor)) receipts.push(placed(receipt, by, issued, cuts));
  }
  const invoices: BookInvoice[] = [];
  for await (const stored of inTurns(found)) {
    const known = cuts.get(stored._id) ?? [];
    const stated = statedCut(stored);
    if (stated) {
      known.push(stated);
      receipts.push(statedReceipt(stored, stated));
    }
    invoices.push(invoiceOf(stored, known));
  }
  const first = await models.accounts
    .findOne({ importedAt: { $ne: null } }, { importedAt: 1 })
    .sort({ importedAt: 1 })
    .lean();
  const at = first?.importedAt?.getTime();
  const firstImport =
    at === undefined ? null : (Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString() as Day);
  return { invoices, receipts, firstImport };
}

async function all<T>(cursor: unknown): Promise<T[]> {
  return Array.fromAsync(cursor as AsyncIterable<T>);
}

/** Puts what a receipt takes off each invoice to that invoice, from the day on which both were there. */
function placed(receipt: StoredReceipt, by: 'cash' | 'credit', issued: ReadonlyMap<string, Stored>, cuts: Map<string, Cut[]>): BookReceipt {
  const { account, entity, number, currency, date, allocations, unapplied, derived } = receipt;
  const takes = allocations.flatMap(({ id, applied }) => {
    const invoice = issued.get(id);
    if (!invoice || applied <= 0) return [];
    const on = date > invoice.issued ? date : invoice.issued;
    const amount =
      invoice.currency === currency
        ? applied
        : ((receipt.placed?.find((each) => each.id === id && each.do === 'apply') as { amount: number } | undefined)?.amount ?? 0);
    const cut: Cut = { on, amount: Math.min(amount, invoice.total), by: derived ? 'seen' : by };
    const known = cuts.get(id);
    if (known) known.push(cut);
    else cuts.set(id, [cut]);
    return [{ on, amount: applied }];
  });
  const amount = unapplied + takes.reduce((sum, take) => sum + take.amount, 0);
  return { account, entity, number, currency, on: date, amount, by, takes };
}

function statedCut({ settled, statedApplied, issued }: Stored): Cut | null {
  if (settled === '' || statedApplied <= 0) return null;
  return { on: settled > issued ? settled : issued, amount: statedApplied, by: 'cash' };
}

function statedReceipt({ account, entity, number, currency, settled }: Stored, { on, amount }: Cut): BookReceipt {
  return { account, entity, number, currency, on: settled as Day, amount, by: 'cash', takes: [{ on, amount }] };
}

/** What is open now is the ledger's word: what no dated receipt explains was taken off on a day that is not known. */
function invoiceOf({ account, entity, number, currency, issued, due, total, open, disputed }: Stored, cuts: Cut[]): BookInvoice {
  cuts.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const undated = Math.max(0, total - open - cuts.reduce((sum, { amount }) => sum + amount, 0));
  return { account, entity, number, currency, issued, due, total, cuts, undated, disputed };
}
