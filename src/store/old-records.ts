import type { Connection } from 'mongoose';
import { NEW_WORK } from '../account/account-work.ts';
import type { Day } from '../kernel/day.ts';
import type { OldOfAccount, OldRecord, OldRecords } from '../trail/retention.port.ts';
import { type CutOffs, RECORD_KINDS, type RecordKind } from '../trail/retention.ts';
import { workOf } from './accounts.ts';
import { caseModel } from './cases.ts';
import { draftModel } from './drafts.ts';
import { ledgerModels } from './ledger-models.ts';
import { oldBooks } from './old-books.ts';
import { filesOfMails, oldMails } from './old-mails.ts';
import { type OldSteps, oldSteps, packsBuilt } from './old-steps.ts';
import { noteLedgerWrite } from './open-books.ts';
import { emptyLog, eraseBody, removeFiles } from './removal.ts';
import { unsettledOf } from './unsettled.ts';

/** Of accounts read at a time: one of many years has thousands of records. */
const PAGE = 50;

type Raw = Parameters<typeof workOf>[0] & {
  readonly _id: string;
  readonly version: number;
  readonly ledgerRevision: number;
  readonly dirty: string | null;
  readonly importedAt: Date | null;
  readonly outbox: readonly { readonly at: string }[];
};

/** What retention is about, read account by account in the order of their ids, and removed. */
export function oldRecordStore(connection: Connection): OldRecords {
  const { accounts } = ledgerModels(connection);
  return {
    async page(after, cutOffs) {
      const projection = { version: 1, ledgerRevision: 1, collector: 1, work: 1, dirty: 1, importedAt: 1, outbox: 1 };
      const raw = await accounts.collection
        .find<Raw>({ _id: { $gt: after as never } }, { projection, sort: { _id: 1 }, limit: PAGE })
        .toArray();
      const ids = raw.map(({ _id }) => _id);
      const unsettled = await unsettledOf(connection, ids);
      const old = await oldOf(connection, raw, cutOffs);
      return raw.map((each): OldOfAccount => {
        const { _id: id, version, ledgerRevision } = each;
        const open = unsettled(id);
        // While an import writes an account, nobody knows its balance.
        return { id, version, ledgerRevision, work: workOf(each), unsettled: each.dirty ? { ...open, balance: true } : open, old: old(id) };
      });
    },
    async remove(found, now) {
      const held: OldOfAccount[] = [];
      for (const each of found) if (await take(connection, each)) held.push(each);
      const gone = Object.fromEntries(RECORD_KINDS.map((kind) => [kind, [] as OldRecord[]])) as Record<RecordKind, OldRecord[]>;
      const mails = held.flatMap(({ old }) => [...old.correspondence, ...old.drafts].filter(({ of }) => of === 'mail').map(({ id }) => id));
      const entries = held.flatMap(({ old }) => old.history.filter(({ of }) => of === 'entry').map(({ id }) => id));
      // Files first: a crash in between leaves what still names them, and the next run goes on.
      await removeFiles(connection, await filesOfMails(connection, mails));
      await removeFiles(connection, await packsBuilt(connection, entries));
      for (const { old } of held)
        for (const kind of RECORD_KINDS)
          for (const record of old[kind]) if (await removed(connection, record, now)) gone[kind].push(record);
      if (gone.bookkeeping.length > 0) await noteLedgerWrite(ledgerModels(connection));
      if (RECORD_KINDS.some((kind) => gone[kind].length > 0)) await emptyLog(connection);
      return gone;
    },
  };
}

async function oldOf(connection: Connection, raw: readonly Raw[], cutOffs: CutOffs) {
  const ids = raw.map(({ _id }) => _id);
  const { bookkeeping, correspondence, history, drafts, contacts } = cutOffs;
  const books = bookkeeping ? await oldBooks(connection, ids, bookkeeping) : new Map<string, OldRecord[]>();
  const mails = correspondence || drafts ? await oldMails(connection, ids, { sent: correspondence, never: drafts }) : null;
  const needed = correspondence || history || contacts;
  const steps = needed ? await oldSteps(connection, ids, { correspondence, history }) : null;
  const people = contacts && steps ? await oldContacts(connection, raw, contacts, steps) : new Map<string, OldRecord[]>();
  return (id: string): OldOfAccount['old'] => ({
    bookkeeping: books.get(id) ?? [],
    correspondence: [...(mails?.sent.get(id) ?? []), ...(steps?.replies.get(id) ?? [])],
    history: steps?.history.get(id) ?? [],
    drafts: mails?.never.get(id) ?? [],
    contacts: people.get(id) ?? [],
  });
}

/** People are needed as long as there is business with the customer: their time is counted from whatever happened last. */
async function oldContacts(connection: Connection, raw: readonly Raw[], through: Day, steps: OldSteps): Promise<Map<string, OldRecord[]>> {
  const { contacts, invoices, payments, creditNotes } = ledgerModels(connection);
  const ids = raw.map(({ _id }) => _id);
  const last = new Map<string, string>();
  const happened = (account: string, on: string) => {
    if (on > (last.get(account) ?? '')) last.set(account, on);
  };
  for (const each of raw) {
    happened(each._id, each.importedAt?.toISOString().slice(0, 10) ?? '');
    happened(each._id, workOf(each).lastContact ?? '');
    // What was recorded this minute is not in the trail yet.
    for (const { at } of each.outbox) happened(each._id, at.slice(0, 10));
    happened(each._id, steps.last.get(each._id) ?? '');
  }
  const about = { account: { $in: ids } };
  for await (const { account, issued } of invoices.collection.find(about, { projection: { account: 1, issued: 1 } }))
    happened(account, issued);
  for (const { collection } of [payments, creditNotes])
    for await (const { account, date } of collection.find(about, { projection: { account: 1, date: 1 } })) happened(account, date);
  const found = Map.groupBy(
    await contacts.collection.find<{ _id: string; account: string }>(about as never, { projection: { account: 1 } }).toArray(),
    ({ account }) => account,
  );
  return new Map(
    raw.flatMap((each): [string, OldRecord[]][] => {
      const on = (last.get(each._id) ?? '') as Day;
      if (on === '' || on > through) return [];
      const added = workOf(each).contacts.filter((note) => note.added);
      const rows = (found.get(each._id) ?? []).map(({ _id: id }): OldRecord => ({ of: 'contact', id, on }));
      return [[each._id, [...rows, ...added.map(({ id }): OldRecord => ({ of: 'added-contact', id: `${each._id}/${id}`, on }))]]];
    }),
  );
}

/** One guarded update, so that whatever anybody decides or imports is either seen by `page` or comes after what is removed now. */
async function take(connection: Connection, { id, version, ledgerRevision, work, old }: OldOfAccount): Promise<boolean> {
  if (RECORD_KINDS.every((kind) => old[kind].length === 0)) return false;
  const { collector: _, ...kept } = work;
  const forgotten = { ...kept, contacts: [], tracing: null, calls: NEW_WORK.calls, pastPromises: [] };
  const set = old.contacts.length > 0 ? { $set: { work: forgotten } } : {};
  const filter = { _id: id as never, version, ledgerRevision, dirty: null };
  const taken = await ledgerModels(connection).accounts.collection.updateOne(filter, { $inc: { version: 1 }, ...set } as never);
  return taken.matchedCount === 1;
}

async function removed(connection: Connection, { of, id }: OldRecord, now: Temporal.Instant): Promise<boolean> {
  const { invoices, payments, creditNotes, contacts } = ledgerModels(connection);
  const only = (filter: object) => ({ _id: id as never, ...filter });
  switch (of) {
    case 'invoice':
      return (await invoices.collection.deleteOne(only({ open: 0, disputed: 0 }))).deletedCount === 1;
    case 'payment':
      return (await payments.collection.deleteOne(only({ unapplied: 0 }))).deletedCount === 1;
    case 'credit-note':
      return (await creditNotes.collection.deleteOne(only({ unapplied: 0 }))).deletedCount === 1;
    case 'mail':
      return (await draftModel(connection).collection.deleteOne(only({ open: false, pending: false }))).deletedCount === 1;
    case 'case':
      return (await caseModel(connection).collection.deleteOne(only({ waiting: false, pending: false }))).deletedCount === 1;
    case 'reply':
      return (await connection.collection('replytexts').deleteOne(only({}))).deletedCount === 1;
    case 'said':
      return (await connection.collection('casetexts').deleteOne(only({}))).deletedCount === 1;
    case 'contact':
      return (await contacts.collection.deleteOne(only({}))).deletedCount === 1;
    // Went with the account's guarded update.
    case 'added-contact':
      return true;
    case 'entry':
      await eraseBody(connection, id, now);
      return true;
  }
}
