import type { Verdict } from '../operations/import-ports.ts';
import type { AccountRecord, LedgerRecord } from '../operations/ledger-record.ts';
import { recordId } from '../operations/ledger-record.ts';
import { type AccountDocument, contactDocument, invoiceDocument, ledgerFields, receiptDocument } from './ledger-documents.ts';
import type { LedgerModels } from './ledger-models.ts';
import { byId, receiptModel } from './settle.ts';

interface Known {
  readonly _id: string;
  readonly fingerprint: string;
  readonly currency?: string;
  readonly ledger?: AccountDocument['ledger'];
}

/** One verdict per record, in their order. For a real import the sample's documents count as gone. Reads only. */
export async function compareRecords(models: LedgerModels, records: readonly LedgerRecord[], sample: boolean): Promise<Verdict[]> {
  const known = new Map<string, Known>();
  for (const [model, ids] of groupByModel(models, records)) {
    const projection = { fingerprint: 1, currency: 1, ledger: 1 };
    const filter = sample ? byId(ids) : { ...byId(ids), sample: false };
    for await (const found of model.collection.find<Known>(filter, { projection, batchSize: ids.length + 1 })) known.set(found._id, found);
  }
  return records.map((record) => verdict(record, known.get(recordId(record))));
}

function groupByModel(models: LedgerModels, records: readonly LedgerRecord[]): Map<LedgerModels['accounts'], string[]> {
  const groups = new Map<LedgerModels['accounts'], string[]>();
  for (const record of records) {
    const model = modelOf(models, record) as unknown as LedgerModels['accounts'];
    const ids = groups.get(model);
    if (ids) ids.push(recordId(record));
    else groups.set(model, [recordId(record)]);
  }
  return groups;
}

function modelOf(models: LedgerModels, record: LedgerRecord) {
  if (record.kind === 'account') return models.accounts;
  if (record.kind === 'contact') return models.contacts;
  return record.kind === 'invoice' ? models.invoices : receiptModel(models, recordId(record));
}

function verdict(record: LedgerRecord, known: Known | undefined): Verdict {
  if (known === undefined) return 'new';
  if (record.kind === 'account') return sameAccount(record, known) ? 'unchanged' : 'changed';
  if (record.kind !== 'contact' && known.currency !== record.currency) {
    return {
      column: 'currency',
      value: record.currency,
      reason: `${record.number} is held in ${known.currency}; the currency of a document never changes`,
    };
  }
  return fingerprintOf(record) === known.fingerprint ? 'unchanged' : 'changed';
}

function sameAccount({ account }: AccountRecord, { ledger }: Known): boolean {
  const held = ledger as Readonly<Record<string, unknown>> | undefined;
  return Object.entries(ledgerFields(account)).every(([field, value]) => held?.[field] === value);
}

function fingerprintOf(record: Exclude<LedgerRecord, AccountRecord>): string {
  if (record.kind === 'contact') return contactDocument(record, false).fingerprint;
  return (record.kind === 'invoice' ? invoiceDocument(record, false) : receiptDocument(record, false)).fingerprint;
}
