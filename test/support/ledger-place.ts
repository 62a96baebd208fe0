import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { type Day, day } from '../../src/kernel/day.ts';
import type { Fault, ImportRequest, ImportSummary, LedgerSource, SourceRow } from '../../src/ledger/import.port.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import type { ContactRecord, InvoiceRecord, LedgerRecord, ReceiptRecord } from '../../src/ledger/ledger-record.ts';
import { openStore } from '../../src/store/open-store.ts';

export type LedgerPlace = Awaited<ReturnType<typeof ledgerPlace>>;

/** A store of its own in a temporary folder, with the ways tests look at a ledger. */
export async function ledgerPlace() {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-ledger-'));
  const store = await startEmbeddedStore({ dir: path.join(dir, 'store') });
  const stores = await openStore(store.uri);
  const raw = await mongoose.createConnection(store.uri).asPromise();
  const run = (request: Partial<ImportRequest> & Pick<ImportRequest, 'source'>) =>
    importLedger(stores, { dryRun: false, confirmVanished: false, sample: false, ...request });
  return {
    dir,
    uri: store.uri,
    stores,
    raw,
    run,
    /** Imports rows and answers the summary; a refusal fails the test. */
    async load(rows: readonly (LedgerRecord | SourceRow)[], more: Partial<ImportRequest & LedgerSource> = {}): Promise<ImportSummary> {
      const outcome = await run({ ...more, source: source(rows, more) });
      if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.refusal.reason}`);
      return outcome.summary;
    },
    async file(name: string, text: string | Buffer): Promise<string> {
      const at = path.join(dir, name);
      await writeFile(at, text);
      return at;
    },
    async openOf(number: string): Promise<number | undefined> {
      return (await raw.collection('invoices').findOne({ number }))?.open as number | undefined;
    },
    openItems: async () => [...(await stores.ledger.openBooks()).items.values()].flat(),
    openCredits: async () => [...(await stores.ledger.openBooks()).credits.values()].flat(),
    dump: () => dumpLedger(raw),
    async empty() {
      for (const { name } of await raw.listCollections()) if (name !== 'meta') await raw.collection(name).deleteMany({});
    },
    async close() {
      await raw.close();
      await stores.close();
      await store.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The ledger as text: what it says, not when and how often it was written. */
export async function dumpLedger(connection: mongoose.Connection): Promise<string> {
  const lines: string[] = [];
  for (const name of ['accounts', 'contacts', 'invoices', 'payments', 'creditnotes']) {
    for (const { version, ledgerRevision, importedAt, ...said } of await connection.collection(name).find({}).sort({ _id: 1 }).toArray()) {
      lines.push(`${name} ${JSON.stringify(sorted(said))}`);
    }
  }
  return lines.join('\n');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

export function source(rows: readonly (LedgerRecord | SourceRow)[], over: Partial<LedgerSource> = {}): LedgerSource {
  return {
    name: over.name ?? 'test',
    declares: over.declares ?? 'changes',
    ...(over.zeros ? { zeros: over.zeros } : {}),
    tellsBalances: over.tellsBalances ?? true,
    async *rows() {
      for (const [i, row] of rows.entries()) yield 'line' in row ? row : { line: i + 2, record: row };
    },
  };
}

/** Collects what an import rejects as 'line column: reason'. */
export function rejections() {
  const lines: string[] = [];
  const onRejected = (line: number, faults: readonly Fault[]) => {
    for (const { column, reason } of faults) lines.push(`${line} ${column}: ${reason}`);
  };
  return { lines, onRejected };
}

export const invoice = (number: string, over: Partial<Omit<InvoiceRecord, 'account'>> & { account?: string } = {}): InvoiceRecord => ({
  kind: 'invoice',
  entity: 'MAIN',
  number,
  currency: 'EUR',
  total: 10_000,
  issued: day('2026-01-01'),
  due: day('2026-01-31'),
  stated: 0,
  settled: '',
  disputed: 0,
  cancelled: false,
  purchaseOrder: '',
  payLink: '',
  ...over,
  account: { number: over.account ?? 'C1' },
});

export const payment = (
  number: string,
  amount: number,
  allocations: Record<string, number> = {},
  over: Partial<Omit<ReceiptRecord, 'account'>> & { account?: string } = {},
): ReceiptRecord => ({
  kind: 'payment',
  entity: 'MAIN',
  number,
  currency: 'EUR',
  amount,
  date: day('2026-02-01') as Day,
  annulled: false,
  reason: '',
  ...over,
  allocations: Object.entries(allocations).map(([invoice, amount]) => ({ invoice, amount })),
  account: { number: over.account ?? 'C1' },
});

export const contact = (name: string, over: Partial<Omit<ContactRecord, 'account'>> & { account?: string } = {}): ContactRecord => ({
  kind: 'contact',
  name,
  email: '',
  phone: '',
  role: 'accounts-payable',
  rank: 1,
  doNotContact: false,
  ...over,
  account: { number: over.account ?? 'C1' },
});
