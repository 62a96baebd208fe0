import type { Connection } from 'mongoose';
import type { Contact } from '../account/account.ts';
import type { Clock } from '../kernel/clock.port.ts';
import type { Day } from '../kernel/day.ts';
import { addTo } from '../kernel/money.ts';
import type { CreditNote, Invoice, Payment } from '../ledger/invoice.ts';
import type { AccountRow, Freshness, Ledger, OpenItem } from '../ledger/ledger.port.ts';
import { readBook } from './ledger-book.ts';
import type { AccountDocument, ContactDocument, InvoiceDocument, ReceiptDocument } from './ledger-documents.ts';
import { type LedgerModels, ledgerModels } from './ledger-models.ts';
import { BATCH, BY_ID, OPEN_ITEM, openCredits, readCustomers, readOnce, readOpenBooks, readOrigins } from './open-books.ts';

/** Reads of the ledger. Documents come back plain, without hydration. */
export function ledgerStore(connection: Connection, clock: Clock): Ledger {
  const models = ledgerModels(connection);
  const customers = readOnce(models, () => readCustomers(models));
  return {
    freshness: () => freshness(models, new Date(clock.now().epochMilliseconds)),
    async accounts() {
      const [known, collectors] = await Promise.all([customers(), readCollectors(models)]);
      return known.flatMap((customer) => {
        const collector = collectors.get(customer.id);
        return collector === undefined ? [] : [{ ...customer, collector }];
      });
    },
    customers,
    async account(id) {
      const found = await models.accounts.findById(id, { ledger: 1, collector: 1 }).lean<AccountDocument>();
      return found && toAccountRow(found);
    },
    async entities() {
      const [ofAccounts, ofInvoices] = await Promise.all([models.accounts.distinct('ledger.entity'), models.invoices.distinct('entity')]);
      return [...new Set([...ofAccounts, ...ofInvoices].map(String).filter(Boolean))].sort();
    },
    async contacts(account) {
      const found = await models.contacts.find({ account }).sort({ rank: 1, _id: 1 }).lean<ContactDocument[]>();
      return found.map(toContact);
    },
    async allContacts() {
      const found = await models.contacts.collection.find<ContactDocument>({}, { batchSize: BATCH }).toArray();
      return found.map(toContact);
    },
    async reachedAt(addresses) {
      const accounts = await models.contacts.distinct('account', { email: { $in: addresses } });
      const found = await models.accounts.find({ _id: { $in: accounts } }, { ledger: 1, collector: 1 }).lean<AccountDocument[]>();
      return found.map(toAccountRow);
    },
    contactNames: async () => (await models.contacts.distinct('name')).filter(Boolean),
    async family(account, parent) {
      const name = async (filter: object) => {
        const found = await models.accounts
          .find(filter, { 'ledger.name': 1 })
          .sort({ 'ledger.name': 1, _id: 1 })
          .lean<{ _id: string; ledger: { name: string } }[]>();
        return found.map(({ _id, ledger }) => ({ id: _id, name: ledger.name }));
      };
      const [children, parents] = await Promise.all([name({ 'ledger.parent': account }), parent ? name({ _id: parent }) : []]);
      return { parent: parents[0] ?? null, children };
    },
    openBooks: readOnce(models, () => readOpenBooks(models)),
    book: (zone, account) => readBook(models, zone, account),
    openItems: (account) =>
      models.invoices.collection.find<OpenItem>({ account, open: { $gt: 0 } }, { projection: OPEN_ITEM, sort: BY_ID }).toArray(),
    openCredits: (account) => openCredits(models, account),
    origin: async (account) => (await readOrigins(models, account)).get(account) ?? null,
    invoices: (account, limit, among) => (among ? named(models, account, among) : invoices(models, account, limit)),
    payments: (account, limit) => payments(models, account, limit),
    paymentsBetween: (from, to) => paymentsBetween(models, from, to),
    async creditNotes(account, limit) {
      const found = await models.creditNotes.find({ account }).sort({ date: -1, _id: 1 }).limit(limit).lean<ReceiptDocument[]>();
      return found.map(toCreditNote);
    },
    cashReceived: (from, to) => cashReceived(models, from, to),
  };
}

async function readCollectors({ accounts }: LedgerModels): Promise<Map<string, string | null>> {
  const found = accounts.collection.find<Pick<AccountDocument, '_id' | 'collector'>>({}, { projection: { collector: 1 }, batchSize: 500 });
  return new Map(await Array.fromAsync(found, ({ _id, collector }) => [_id, collector] as const));
}

async function freshness({ runs }: LedgerModels, now: Date): Promise<Freshness> {
  const [stamped, latest, applying] = await Promise.all([
    runs.findOne({ state: 'done', tellsBalances: true }, { finishedAt: 1 }).sort({ finishedAt: -1 }).lean(),
    runs.findOne({ state: 'done' }, { sample: 1 }).sort({ finishedAt: -1 }).lean(),
    runs.exists({ state: 'applying', leaseUntil: { $gt: now } }),
  ]);
  const at = stamped?.finishedAt ?? null;
  return {
    asOf: at && Temporal.Instant.fromEpochMilliseconds(at.getTime()),
    sample: latest?.sample ?? false,
    applying: applying !== null,
  };
}

async function invoices({ invoices }: LedgerModels, account: string, limit: number): Promise<Invoice[]> {
  const newest = { issued: -1, number: 1 } as const;
  const open = await invoices
    .find({ account, open: { $gt: 0 } })
    .sort(newest)
    .limit(limit)
    .lean<InvoiceDocument[]>();
  if (open.length >= limit) return open.map(toInvoice);
  const closed = await invoices
    .find({ account, open: 0 })
    .sort(newest)
    .limit(limit - open.length)
    .lean<InvoiceDocument[]>();
  return [...open, ...closed].map(toInvoice);
}

async function named(
  { invoices }: LedgerModels,
  account: string,
  among: readonly Pick<Invoice, 'entity' | 'number'>[],
): Promise<Invoice[]> {
  const wanted = new Set(among.map(({ entity, number }) => `${entity}\n${number}`));
  const found = await invoices.find({ account, number: { $in: among.map(({ number }) => number) } }).lean<InvoiceDocument[]>();
  return found.filter(({ entity, number }) => wanted.has(`${entity}\n${number}`)).map(toInvoice);
}

/** Payments of their own, and those the accounting system states on the invoice's row with a date. */
async function payments({ payments, invoices }: LedgerModels, account: string, limit: number): Promise<Payment[]> {
  const own = await payments.find({ account }).sort({ date: -1, _id: 1 }).limit(limit).lean<ReceiptDocument[]>();
  const stated = await invoices
    .find({ account, settled: { $gt: '' }, statedApplied: { $gt: 0 } })
    .sort({ settled: -1, _id: 1 })
    .limit(limit)
    .lean<InvoiceDocument[]>();
  const all = [...own.map(toPayment), ...stated.map(toStatedPayment)];
  return all.sort((a, b) => (a.received < b.received ? 1 : -1)).slice(0, limit);
}

async function paymentsBetween({ payments, invoices }: LedgerModels, from: Day, to: Day): Promise<Payment[]> {
  const between = { $gte: from, $lte: to };
  const own = await payments.find({ date: between, annulled: false }).sort(BY_ID).lean<ReceiptDocument[]>();
  const stated = await invoices
    .find({ settled: between, statedApplied: { $gt: 0 } })
    .sort(BY_ID)
    .lean<InvoiceDocument[]>();
  return [...own.map(toPayment), ...stated.map(toStatedPayment)];
}

async function cashReceived({ payments, invoices }: LedgerModels, from: Day, to: Day): Promise<Map<string, number>> {
  const totals = new Map<string, number>();
  const gather = (rows: { _id: string; sum: number }[]) => {
    for (const { _id, sum } of rows) addTo(totals, { currency: _id, amount: sum });
  };
  const between = { $gte: from, $lte: to };
  gather(
    await payments.aggregate([{ $match: { date: between, annulled: false } }, { $group: { _id: '$currency', sum: { $sum: '$amount' } } }]),
  );
  gather(await invoices.aggregate([{ $match: { settled: between } }, { $group: { _id: '$currency', sum: { $sum: '$statedApplied' } } }]));
  return totals;
}

function toAccountRow({ _id, ledger, collector }: AccountDocument): AccountRow {
  return { id: _id, ...ledger, collector };
}

function toContact({ _id, account, name, salutation, email, phone, role, rank, doNotContact }: ContactDocument): Contact {
  return { id: _id, account, name, ...(salutation ? { salutation } : {}), email, phone, role, rank, doNotContact };
}

function toInvoice(found: InvoiceDocument): Invoice {
  const {
    _id,
    account,
    entity,
    number,
    currency,
    total,
    issued,
    due,
    open,
    disputed,
    cancelled,
    purchaseOrder,
    payLink,
    copy = '',
    reference,
  } = found;
  return {
    id: _id,
    account,
    entity,
    number,
    currency,
    total,
    issued,
    due,
    open,
    disputed,
    cancelled,
    purchaseOrder,
    payLink,
    copy,
    ...(reference ? { reference } : {}),
  };
}

function toAllocations(found: ReceiptDocument) {
  return found.allocations.map(({ invoice, amount }) => ({ invoice, amount }));
}

function toPayment(found: ReceiptDocument): Payment {
  const { _id, account, entity, number, currency, amount, date, annulled, reason } = found;
  return {
    id: _id,
    account,
    entity,
    number,
    currency,
    amount,
    received: date,
    allocations: toAllocations(found),
    reversed: annulled,
    reason,
    ...(found.derived ? { derived: true, ...(found.derived.since ? { since: found.derived.since } : {}) } : {}),
  };
}

function toStatedPayment({ _id, account, entity, number, currency, settled, statedApplied }: InvoiceDocument): Payment {
  const allocations = [{ invoice: number, amount: statedApplied }];
  return {
    id: `settled-${_id}`,
    account,
    entity,
    number,
    currency,
    amount: statedApplied,
    received: settled as Day,
    allocations,
    reversed: false,
    reason: '',
  };
}

function toCreditNote(found: ReceiptDocument): CreditNote {
  const { _id, account, entity, number, currency, amount, date, annulled, reason } = found;
  return {
    id: _id,
    account,
    entity,
    number,
    currency,
    amount,
    issued: date,
    allocations: toAllocations(found),
    cancelled: annulled,
    reason,
  };
}
