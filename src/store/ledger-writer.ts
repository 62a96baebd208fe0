import type { mongo } from 'mongoose';
import type { ReceiptPlacing } from '../ledger/import.port.ts';
import { accountId, recordId } from '../ledger/ledger-ids.op.ts';
import type { AccountPart, LedgerRecord } from '../ledger/ledger-record.ts';
import { deriveReceipts, existingReceipts, fallsOf, invoicesBefore, type SeenOn, withKnownTotal } from './derived-receipts.ts';
import {
  accountDocument,
  type ContactDocument,
  contactDocument,
  type InvoiceDocument,
  invoiceDocument,
  ledgerFields,
  type ReceiptDocument,
  receiptDocument,
} from './ledger-documents.ts';
import type { LedgerModels } from './ledger-models.ts';
import { placeOn, withPlaced } from './misplaced.ts';
import { balance, bulk, byId, receiptModel, receiptsOn, settle, writeApplications, writeInvoiceBalances } from './settle.ts';

type Of<K extends LedgerRecord['kind']> = LedgerRecord & { readonly kind: K };

/**
 * Writes rows that are new or changed, each account marked dirty before its first row. `seen`: an open amount that falls becomes a derived
 * receipt of its day.
 */
export function ledgerWriter(models: LedgerModels, run: string, sample: boolean, now: Temporal.Instant, seen: SeenOn | null) {
  const mark = marker(models, run, sample, now);
  /** Not asked yet: null. Only runs write receipts, one run at a time. */
  let hasReceipts: boolean | null = null;

  async function receiptsIfAny(invoices: readonly string[]): Promise<ReceiptDocument[]> {
    hasReceipts ??= (await models.payments.exists({})) !== null || (await models.creditNotes.exists({})) !== null;
    return hasReceipts ? receiptsOn(models, invoices) : [];
  }

  async function writeInvoices(records: readonly Of<'invoice'>[], put: Put): Promise<void> {
    if (records.length === 0) return;
    const said = records.map((record) => invoiceDocument(record, sample));
    const ids = said.map(({ _id }) => _id);
    const before = seen === null ? null : await invoicesBefore(models, ids);
    const invoices = before === null ? said : said.map((invoice, i) => withKnownTotal(invoice, records[i]!, before.get(invoice._id)));
    if (before !== null && seen !== null) {
      const falls = fallsOf(balance(ids, invoices, await receiptsIfAny(ids)).invoices, before);
      if (await deriveReceipts(models, falls, seen)) hasReceipts = true;
    }
    const receipts = await receiptsIfAny(ids);
    const balanced = balance(ids, invoices, receipts);
    await bulk(models.invoices, balanced.invoices.map(put));
    await writeApplications(models, receipts, balanced.receipts);
  }

  /** Invoices named before or now are settled again, together with the other receipts on them. */
  async function writeReceipts(records: readonly Of<'payment' | 'credit-note'>[]): Promise<void> {
    if (records.length === 0) return;
    hasReceipts = true;
    const said = records.map((record) => receiptDocument(record, sample));
    const before = await existingReceipts(
      models,
      said.map(({ _id }) => _id),
    );
    const written = new Map(withPlaced(said, before).map((receipt) => [receipt._id, receipt]));
    const ids = [...new Set([...before, ...written.values()].flatMap(({ allocations }) => allocations.map(({ id }) => id)))];
    const invoices = await models.invoices.collection.find<InvoiceDocument>(byId(ids)).toArray();
    const others = (await receiptsOn(models, ids)).filter(({ _id }) => !written.has(_id));
    const balanced = balance(ids, invoices, [...others, ...written.values()]);
    const own = balanced.receipts.slice(others.length);
    for (const model of [models.payments, models.creditNotes]) {
      await bulk(model, own.filter(({ _id }) => receiptModel(models, _id) === model).map(replace));
    }
    await writeApplications(models, others, balanced.receipts.slice(0, others.length));
    await writeInvoiceBalances(models, invoices, balanced.invoices);
  }

  return {
    /** `absent`: those of which the store has nothing yet. */
    async write(records: readonly LedgerRecord[], absent: ReadonlySet<LedgerRecord>): Promise<void> {
      if (records.length === 0) return;
      const parts = new Map(records.map(({ account }) => [accountId(account.number), account]));
      const held = records.filter((record) => !absent.has(record));
      await mark(new Set([...parts.keys(), ...(await formerAccounts(models, held))]), parts);
      const heldIds = new Set(held.map(recordId));
      const put: Put = (row) => (heldIds.has(row._id) ? replace(row) : { insertOne: { document: row } });
      await writeAccounts(models, ofKind(records, 'account'));
      await bulk(
        models.contacts,
        ofKind(records, 'contact').map((record) => put(contactDocument(record, sample))),
      );
      await writeInvoices(ofKind(records, 'invoice'), put);
      await writeReceipts([...ofKind(records, 'payment'), ...ofKind(records, 'credit-note')]);
    },

    /** Without its fingerprint an invoice that comes back counts as changed. */
    async close(ids: readonly string[], offset: ReadonlySet<string>): Promise<void> {
      const found = await invoicesBefore(models, ids);
      await mark(new Set([...found.values()].map(({ account }) => account)), new Map());
      const cleared = [...found.values()].filter(({ _id }) => !offset.has(_id)).map((invoice) => ({ ...invoice, open: 0 }));
      if (seen !== null) await deriveReceipts(models, fallsOf(cleared, found), seen);
      await models.invoices.collection.updateMany(byId(ids), { $set: { vanished: true, fingerprint: '' } });
      await settle(models, ids);
    },

    place: (placings: readonly ReceiptPlacing[]) => placeOn(models, mark, placings),

    closeReceipts: (ids: readonly string[]) => closeReceipts(models, mark, ids),
  };
}

/** Credits that are not listed any more are used up or paid out: they cover nothing from now on. */
async function closeReceipts(models: LedgerModels, mark: ReturnType<typeof marker>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await mark(new Set((await existingReceipts(models, ids)).map(({ account }) => account)), new Map());
  for (const model of [models.payments, models.creditNotes])
    await model.collection.updateMany(byId(ids), { $set: { vanished: true, fingerprint: 'vanished', unapplied: 0 } });
}

/** Marks accounts as being written. Those that are not there yet are created from what the row says. */
function marker(models: LedgerModels, run: string, sample: boolean, now: Temporal.Instant) {
  const marked = new Set<string>();
  return async (ids: ReadonlySet<string>, parts: ReadonlyMap<string, AccountPart>): Promise<void> => {
    const unmarked = [...ids].filter((id) => !marked.has(id));
    if (unmarked.length === 0) return;
    const found = await models.accounts.collection.find(byId(unmarked), { projection: { _id: 1 } }).toArray();
    const there = new Set(found.map(({ _id }) => String(_id)));
    const absent = unmarked.filter((id) => !there.has(id) && parts.has(id));
    await bulk(
      models.accounts,
      absent.map((id) => ({ insertOne: { document: accountDocument(parts.get(id)!, run, sample, now) } })),
    );
    const revised = { $set: { dirty: run }, $inc: { ledgerRevision: 1, version: 1 } };
    await models.accounts.collection.updateMany({ ...byId([...there]), dirty: { $ne: run } }, revised);
    for (const id of unmarked) marked.add(id);
  };
}

async function writeAccounts(models: LedgerModels, records: readonly Of<'account'>[]): Promise<void> {
  const update = ({ account }: Of<'account'>) => {
    const fields = Object.entries(ledgerFields(account)).map(([field, value]) => [`ledger.${field}`, value]);
    return { updateOne: { filter: { _id: accountId(account.number) }, update: { $set: Object.fromEntries(fields) } } };
  };
  await bulk(models.accounts, records.map(update));
}

/** An invoice or payment may move to another account: the one it leaves is touched, too. */
async function formerAccounts(models: LedgerModels, records: readonly LedgerRecord[]): Promise<string[]> {
  if (records.length === 0) return [];
  const ids = records.map(recordId);
  const kinds = new Set(records.map(({ kind }) => kind));
  const accounts: string[] = [];
  for (const [kind, model] of [
    ['invoice', models.invoices],
    ['payment', models.payments],
    ['credit-note', models.creditNotes],
  ] as const) {
    if (!kinds.has(kind)) continue;
    for await (const { account } of model.collection.find(byId(ids), { projection: { account: 1 } })) accounts.push(String(account));
  }
  return accounts;
}

function ofKind<K extends LedgerRecord['kind']>(records: readonly LedgerRecord[], kind: K): Of<K>[] {
  return records.filter((record): record is Of<K> => record.kind === kind);
}

type Put = (row: ContactDocument | InvoiceDocument | ReceiptDocument) => mongo.AnyBulkWriteOperation<{ _id: string }>;

/** The whole row at once: killed before or after, the document is one the source stated. */
function replace(row: ContactDocument | InvoiceDocument | ReceiptDocument) {
  return { replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } };
}
