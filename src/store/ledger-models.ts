import type { Connection, Model, Schema } from 'mongoose';
import type { Day } from '../kernel/day.ts';
import type { RunCounts } from '../ledger/import.port.ts';
import type { AccountDocument, ContactDocument, InvoiceDocument, ReceiptDocument } from './ledger-documents.ts';
import {
  accountSchema,
  contactSchema,
  creditNoteSchema,
  importRunSchema,
  invoiceSchema,
  paymentSchema,
  storedMappingSchema,
} from './ledger-schemas.ts';

export interface ImportRunDocument {
  readonly _id: string;
  /** 'interrupted': killed or failed, and completed by a later run; 'replaced': the sample, after the first real import. */
  readonly state: 'applying' | 'done' | 'interrupted' | 'replaced';
  readonly source: string;
  readonly sample: boolean;
  readonly tellsBalances: boolean;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly leaseUntil: Date;
  readonly host: string;
  readonly pid: number;
  readonly counts?: RunCounts;
  readonly by?: string;
  readonly sha256?: string;
  readonly seenOn?: Day;
  readonly lists?: readonly string[];
}

export interface MappingDocument {
  readonly _id: string;
  readonly mapping: unknown;
  readonly usedAt: Date;
}

/** Registers the ledger's collections on the connection; safe to call again. */
export function ledgerModels(connection: Connection) {
  const model = <T>(name: string, schema: Schema): Model<T> =>
    (connection.models[name] as Model<T> | undefined) ?? (connection.model(name, schema, name) as unknown as Model<T>);
  return {
    accounts: model<AccountDocument>('accounts', accountSchema),
    contacts: model<ContactDocument>('contacts', contactSchema),
    invoices: model<InvoiceDocument>('invoices', invoiceSchema),
    payments: model<ReceiptDocument>('payments', paymentSchema),
    creditNotes: model<ReceiptDocument>('creditnotes', creditNoteSchema),
    runs: model<ImportRunDocument>('importruns', importRunSchema),
    mappings: model<MappingDocument>('mappings', storedMappingSchema),
  };
}

export type LedgerModels = ReturnType<typeof ledgerModels>;
