import type { Verdict } from '../ledger/import.port.ts';
import { recordId } from '../ledger/ledger-ids.op.ts';
import type { AccountRecord, LedgerRecord } from '../ledger/ledger-record.ts';
import { type AccountDocument, contactDocument, invoiceDocument, ledgerFields, receiptDocument } from './ledger-documents.ts';
import type { LedgerModels } from './ledger-models.ts';
import { byId, receiptModel } from './settle.ts';

interface Known {
  readonly _id: string;
  readonly fingerprint: string;
  readonly currency?: string;
  readonly vanished?: boolean;
  readonly ledger?: AccountDocument['ledger'];
}

/**
 * One verdict per record, in their order. For a real import the sample's documents count as gone. Reads only, and not where `isEmpty` says
 * that there is nothing to read.
 */
export async function compareRecords(
  models: LedgerModels,
  records: readonly LedgerRecord[],
  sample: boolean,
  isEmpty: (model: LedgerModels['accounts']) => Promise<boolean> = async () => false,
): Promise<Verdict[]> {
  const known = new Map<string, Known>();
  const ids = records.map(recordId);
  for (const [model, ofModel] of groupByModel(models, records, ids)) {
    if (await isEmpty(model)) continue;
    const projection = { fingerprint: 1, currency: 1, vanished: 1, ledger: 1 };
    const filter = sample ? byId(ofModel) : { ...byId(ofModel), sample: false };
    for await (const found of model.collection.find<Known>(filter, { projection, batchSize: ofModel.length + 1 }))
      known.set(found._id, found);
  }
  return records.map((record, i) => verdict(record, known.get(ids[i]!)));
}

function groupByModel(
  models: LedgerModels,
  records: readonly LedgerRecord[],
  ids: readonly string[],
): Map<LedgerModels['accounts'], string[]> {
  const groups = new Map<LedgerModels['accounts'], string[]>();
  for (const [i, record] of records.entries()) {
    const model = modelOf(models, record) as unknown as LedgerModels['accounts'];
    const group = groups.get(model);
    if (group) group.push(ids[i]!);
    else groups.set(model, [ids[i]!]);
  }
  return groups;
}

function modelOf(models: LedgerModels, record: LedgerRecord) {
  if (record.kind === 'account') return models.accounts;
  if (record.kind === 'contact') return models.contacts;
  return record.kind === 'invoice' ? models.invoices : receiptModel(models, recordId(record));
}

const NOT_KNOWN =
  'takes back a payment that is neither in this file nor known under this number; mark the payment as reversed, under its own number';

function verdict(record: LedgerRecord, known: Known | undefined): Verdict {
  if (known === undefined && record.kind === 'payment' && record.takesBack)
    return { column: 'number', value: record.number, reason: NOT_KNOWN };
  if (known === undefined) return 'new';
  if (record.kind === 'account') return sameAccount(record, known) ? 'unchanged' : 'changed';
  if (record.kind !== 'contact' && known.currency !== record.currency) {
    return {
      column: 'currency',
      value: record.currency,
      reason: `${record.number} is held in ${known.currency}; the currency of a document never changes`,
    };
  }
  if (fingerprintOf(record) === known.fingerprint) return 'unchanged';
  return known.vanished && (record.kind !== 'invoice' || record.stated < record.total) ? 'reopened' : 'changed';
}

function sameAccount({ account }: AccountRecord, { ledger }: Known): boolean {
  const held = ledger as Readonly<Record<string, unknown>> | undefined;
  return Object.entries(ledgerFields(account)).every(([field, value]) => held?.[field] === value);
}

function fingerprintOf(record: Exclude<LedgerRecord, AccountRecord>): string {
  if (record.kind === 'contact') return contactDocument(record, false).fingerprint;
  return (record.kind === 'invoice' ? invoiceDocument(record, false) : receiptDocument(record, false)).fingerprint;
}
