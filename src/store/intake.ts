import type { Connection } from 'mongoose';
import type { Clock } from '../kernel/clock.port.ts';
import { stamp } from '../kernel/fact.ts';
import type { LedgerIntake, LedgerRun, OpenDocumentKey, OpenGroup, RunRequest, Verdict } from '../ledger/import.port.ts';
import { accountId, invoiceId, receiptId, recordId } from '../ledger/ledger-ids.op.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { bareNumber } from '../ledger/zero-twins.ts';
import { compareRecords } from './compare.ts';
import { type SeenOn, seenBefore } from './derived-receipts.ts';
import { erasedIds } from './erasures.ts';
import { acquire, clearMarks, hasInterrupted, type Lease, settleMarked } from './import-runs.ts';
import type { AccountDocument, ReceiptDocument } from './ledger-documents.ts';
import { type LedgerModels, ledgerModels } from './ledger-models.ts';
import { ledgerWriter } from './ledger-writer.ts';
import { misplacedReceipts } from './misplaced.ts';

/** The importer's side of the ledger. */
export function ledgerIntake(connection: Connection, clock: Clock): LedgerIntake {
  const models = ledgerModels(connection);
  return {
    async documents() {
      let count = 0;
      for (const { name } of await connection.listCollections())
        count += await connection.collection(name).countDocuments({ sample: { $ne: true } });
      return count;
    },
    hasSample: async () => (await models.accounts.exists({ sample: true })) !== null,
    hasReal: async () => (await models.accounts.exists({ sample: false })) !== null,
    async newAccounts(numbers) {
      let known = 0;
      for (let from = 0; from < numbers.length; from += 1000) {
        const ids = numbers.slice(from, from + 1000).map(accountId);
        known += await models.accounts.countDocuments({ _id: { $in: ids }, sample: false });
      }
      return numbers.length - known;
    },
    async zeroTwins(numbers) {
      const wanted = new Set(numbers.map(bareNumber));
      wanted.delete(null);
      if (wanted.size === 0) return [];
      const filter = { sample: false, 'ledger.number': /^\d+$/ };
      const known = models.accounts.collection.find<AccountDocument>(filter, { projection: { 'ledger.number': 1 }, batchSize: 5000 });
      const found: string[] = [];
      for await (const { ledger } of known) if (wanted.has(bareNumber(ledger.number))) found.push(ledger.number);
      return found;
    },
    compare: (records, sample) => compareRecords(models, records, sample),
    async *openInvoices(entities) {
      const filter = { entity: { $in: [...entities] }, open: { $gt: 0 }, sample: false };
      const projection = { _id: 0, entity: 1, number: 1, account: 1, currency: 1, open: 1 };
      const found = models.invoices.collection.find<Omit<OpenDocumentKey, 'kind'>>(filter, { projection, batchSize: 5000 });
      for await (const key of found) yield { kind: 'invoice', ...key };
    },
    async *openReceipts(entities) {
      const filter = { entity: { $in: [...entities] }, unapplied: { $gt: 0 }, sample: false };
      for (const [kind, model] of [
        ['payment', models.payments],
        ['credit-note', models.creditNotes],
      ] as const) {
        const found = model.collection.find<ReceiptDocument>(filter, { batchSize: 5000 });
        for await (const { entity, number, account, currency, unapplied } of found)
          yield { kind, entity, number, account, currency, open: unapplied };
      }
    },
    openGroups: () => openGroups(models),
    misplaced: (limit, account) => misplacedReceipts(models, limit, account),
    async begin(request) {
      const got = await acquire(models, clock, request);
      if (!('lease' in got)) return got;
      const seen = request.seenOn ? await seenBefore(models, request.seenOn) : null;
      return ledgerRun(models, got.lease, request, got.healed, await erasedIds(connection), seen);
    },
    async heal(now) {
      if (!(await hasInterrupted(models, clock))) return [];
      const got = await acquire(models, clock, { source: 'completing an interrupted import', now, sample: false, tellsBalances: false });
      if (!('lease' in got)) return [];
      await models.runs.deleteOne({ _id: got.lease.run });
      return got.healed;
    },
    async openTotals(sample) {
      const found = await models.invoices.aggregate<{ _id: string; sum: number; invoices: number }>([
        { $match: { open: { $gt: 0 }, sample } },
        { $group: { _id: '$currency', sum: { $sum: '$open' }, invoices: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ]);
      return { invoices: found.reduce((sum, row) => sum + row.invoices, 0), balance: new Map(found.map((row) => [row._id, row.sum])) };
    },
  };
}

async function openGroups({ invoices, payments, creditNotes }: LedgerModels): Promise<OpenGroup[]> {
  const groups = new Map<string, OpenGroup>();
  const gather = (found: readonly { _id: { entity: string; currency: string }; count: number }[], are: boolean) => {
    for (const { _id, count } of found) {
      const key = JSON.stringify([_id.entity, _id.currency]);
      groups.set(key, { ..._id, invoices: (groups.get(key)?.invoices ?? 0) + (are ? count : 0) });
    }
  };
  const group = { $group: { _id: { entity: '$entity', currency: '$currency' }, count: { $sum: 1 } } };
  gather(await invoices.aggregate([{ $match: { open: { $gt: 0 }, sample: false } }, group]), true);
  for (const model of [payments, creditNotes])
    gather(await model.aggregate([{ $match: { unapplied: { $gt: 0 }, sample: false } }, group]), false);
  return [...groups.values()].sort((a, b) => (a.entity + a.currency < b.entity + b.currency ? -1 : 1));
}

function ledgerRun(
  models: LedgerModels,
  lease: Lease,
  { sample, now, source, sha256 = '', by = 'import' }: RunRequest,
  healed: readonly string[],
  erased: (contact: string) => boolean,
  seen: SeenOn | null,
): LedgerRun {
  const { run } = lease;
  const writer = ledgerWriter(models, run, sample, now, seen);
  const isEmpty = emptyAtFirst(models);
  return {
    id: run,
    healed,
    async removeSample() {
      for (const model of [models.invoices, models.payments, models.creditNotes, models.contacts, models.accounts]) {
        await model.collection.deleteMany({ sample: true });
      }
      await models.runs.updateMany({ sample: true, state: 'done' }, { $set: { state: 'replaced' } });
    },
    async writeAccounts(parts) {
      await lease.keep();
      const records = parts.map((account) => ({ kind: 'account' as const, account }));
      const verdicts = await compareRecords(models, records, sample);
      const changed = records.filter((_, i) => verdicts[i] !== 'unchanged');
      await writer.write(changed, newOf(records, verdicts));
      return changed.length;
    },
    async write(records) {
      await lease.keep();
      const compared = await compareRecords(models, records, sample, isEmpty);
      // A person who asked to be forgotten stays so, whatever the books still say.
      const verdicts = compared.map((verdict, i) =>
        records[i]!.kind === 'contact' && erased(recordId(records[i]!)) ? 'unchanged' : verdict,
      );
      const taken = records.filter((_, i) => verdicts[i] !== 'unchanged' && typeof verdicts[i] === 'string');
      await writer.write(taken, newOf(records, verdicts));
      return verdicts;
    },
    async place(placings) {
      await lease.keep();
      return writer.place(placings);
    },
    async close(vanished) {
      await lease.keep();
      const invoices = vanished.filter(({ kind }) => kind === 'invoice');
      await writer.close(
        invoices.map(({ entity, number }) => invoiceId(entity, number)),
        new Set(invoices.filter(({ offset }) => offset).map(({ entity, number }) => invoiceId(entity, number))),
      );
      await writer.closeReceipts(
        vanished.flatMap(({ kind, entity, number }) => (kind === 'invoice' ? [] : [receiptId(kind, entity, number)])),
      );
    },
    async finish(finished, counts) {
      await lease.keep();
      await clearMarks(models, run);
      const finishedAt = new Date(finished.epochMilliseconds);
      // The sample is made up: nothing happened that a trail should keep.
      const facts = sample ? [] : stamp([{ type: 'ledger-imported', source, sha256, counts }], `import:${run}`, 0, by, run, finished);
      const set = { state: 'done', finishedAt, counts, outbox: facts, pending: facts.length > 0 };
      await models.runs.updateOne({ _id: run, state: 'applying' }, { $set: set });
    },
    async abandon() {
      await settleMarked(models, run, lease);
      await clearMarks(models, run);
      await models.runs.updateOne({ _id: run, state: 'applying' }, { $set: { state: 'interrupted' } });
    },
  };
}

/**
 * Whether a collection was empty when a run first asked. A run is alone and hands on each document once, so what it then meets is new. Only
 * accounts come in by the way, with the rows of others.
 */
function emptyAtFirst({ accounts }: LedgerModels) {
  const known = new Map<LedgerModels['accounts'], boolean>();
  return async (model: LedgerModels['accounts']): Promise<boolean> => {
    if (model === accounts) return false;
    const empty = known.get(model) ?? (await model.exists({})) === null;
    known.set(model, empty);
    return empty;
  };
}

const newOf = (records: readonly LedgerRecord[], verdicts: readonly Verdict[]) => new Set(records.filter((_, i) => verdicts[i] === 'new'));
