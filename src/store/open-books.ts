import { randomUUID } from 'node:crypto';
import type { LedgerAccount } from '../account/account.ts';
import type { Day } from '../kernel/day.ts';
import type { AccountOrigin, OpenBooks, OpenCredit, OpenItem } from '../ledger/ledger.port.ts';
import type { AccountDocument } from './ledger-documents.ts';
import type { LedgerModels } from './ledger-models.ts';

/** A batch is read in one turn of the event loop, ten milliseconds or so: whoever asks meanwhile waits no longer than that. */
export const BATCH = 500;
/** What is read without a sort comes in an order that the server may change from one time to the next. */
export const BY_ID = { _id: 1 } as const;
export const OPEN_ITEM = {
  _id: 0,
  account: 1,
  entity: 1,
  number: 1,
  currency: 1,
  issued: 1,
  due: 1,
  open: 1,
  disputed: 1,
  dunned: 1,
  dunningBlock: 1,
  misplaced: 1,
} as const;

/** Beside the version of the documents. */
const meta = ({ runs }: LedgerModels) => runs.db.collection<{ _id: string; ledgerWrite?: string }>('meta');
const SCHEMA = { _id: 'schema' };

/** Said by each import run before its first write, and by whoever removes of the ledger: what was read before is read anew. */
export async function noteLedgerWrite(models: LedgerModels): Promise<void> {
  await meta(models).updateOne(SCHEMA, { $set: { ledgerWrite: randomUUID() } });
}

/** Differs after each write; null while a run writes, also one that was killed and is not completed yet. */
async function ledgerState(models: LedgerModels): Promise<string | null> {
  const [applying, latest, last] = await Promise.all([
    models.runs.exists({ state: 'applying' }),
    // Noticed, too: an import by a version of the program that leaves no mark.
    models.runs.findOne({ state: 'done' }, { _id: 1 }).sort({ finishedAt: -1 }).lean(),
    meta(models).findOne(SCHEMA),
  ]);
  return applying ? null : `${latest?._id} ${last?.ledgerWrite}`;
}

/**
 * Reads once for as long as nobody writes the ledger, in whichever process. All who ask get the same, and change nothing of it. What is read while
 * somebody writes is not kept.
 */
export function readOnce<T>(models: LedgerModels, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly state: string; readonly value: Promise<T> } | null = null;
  return async () => {
    const state = await ledgerState(models);
    if (kept !== null && kept.state === state) return kept.value;
    kept = null;
    const value = read();
    if (state !== null) {
      const mine = { state, value };
      kept = mine;
      value.catch(() => {
        if (kept === mine) kept = null;
      });
    }
    return value;
  };
}

/** In the order of their ids. */
export async function readCustomers({ accounts }: LedgerModels): Promise<LedgerAccount[]> {
  const customers: LedgerAccount[] = [];
  for await (const { _id, ledger } of accounts.collection.find<AccountDocument>(
    {},
    { projection: { ledger: 1 }, sort: BY_ID, batchSize: BATCH },
  ))
    customers.push({ id: _id, ...ledger });
  return customers;
}

export async function readOpenBooks(models: LedgerModels): Promise<OpenBooks> {
  const [items, credits, origins] = await Promise.all([openItems(models), openCredits(models), readOrigins(models)]);
  return { items, credits: Map.groupBy(credits, ({ account }) => account), origins };
}

async function openItems({ invoices }: LedgerModels): Promise<Map<string, OpenItem[]>> {
  const items = new Map<string, OpenItem[]>();
  const once = onceEach();
  for await (const item of invoices.collection.find<OpenItem>({ open: { $gt: 0 } }, { projection: OPEN_ITEM, batchSize: BATCH })) {
    const account = once(item.account);
    const mine = {
      ...item,
      account,
      entity: once(item.entity),
      currency: once(item.currency),
      issued: once(item.issued),
      due: once(item.due),
    };
    const known = items.get(account);
    if (known) known.push(mine);
    else items.set(account, [mine]);
  }
  return items;
}

/** Of equal texts the first: of a hundred thousand items most say the same, and what is kept should be small. */
function onceEach() {
  const known = new Map<string, string>();
  return <T extends string>(text: T): T => {
    const first = known.get(text);
    if (first === undefined) known.set(text, text);
    return (first ?? text) as T;
  };
}

export async function openCredits({ payments, creditNotes }: LedgerModels, account?: string): Promise<OpenCredit[]> {
  const pipeline = [
    { $match: account === undefined ? { unapplied: { $gt: 0 } } : { account, unapplied: { $gt: 0 } } },
    { $group: { _id: { account: '$account', entity: '$entity', currency: '$currency' }, sum: { $sum: '$unapplied' } } },
    { $sort: BY_ID },
  ];
  const rows = new Map<string, OpenCredit>();
  const gather = async (model: typeof payments, field: 'unappliedCash' | 'openCredit') => {
    for (const { _id, sum } of await model.aggregate<{ _id: Pick<OpenCredit, 'account' | 'entity' | 'currency'>; sum: number }>(pipeline)) {
      const key = `${_id.account}\n${_id.entity}\n${_id.currency}`;
      rows.set(key, { ...(rows.get(key) ?? { ..._id, unappliedCash: 0, openCredit: 0 }), [field]: sum });
    }
  };
  await gather(payments, 'unappliedCash');
  await gather(creditNotes, 'openCredit');
  return [...rows.values()];
}

/** Of every account, or of one. */
export async function readOrigins({ accounts, invoices }: LedgerModels, account?: string): Promise<Map<string, AccountOrigin>> {
  const first = await invoices.aggregate<{ _id: string; issued: Day }>([
    { $match: account === undefined ? {} : { account } },
    { $group: { _id: '$account', issued: { $min: '$issued' } } },
  ]);
  const issued = new Map(first.map((row) => [row._id, row.issued]));
  const known = accounts.collection.find<{ _id: string; importedAt?: Date | null }>(
    account === undefined ? {} : { _id: account as never },
    { projection: { importedAt: 1 }, sort: BY_ID, batchSize: BATCH },
  );
  const found = new Map<string, AccountOrigin>();
  for await (const { _id, importedAt } of known) {
    const at = importedAt ? Temporal.Instant.fromEpochMilliseconds(importedAt.getTime()) : null;
    found.set(_id, { importedAt: at, firstIssued: issued.get(_id) ?? null });
  }
  return found;
}
