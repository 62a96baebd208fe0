import { changeAccount } from '../../src/account/change-account.op.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { AccountPart, LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { startBot } from './bot.ts';
import { contact, invoice, ledgerPlace, payment, source } from './ledger-place.ts';
import { startOf } from './start-of.ts';

/** Accounts were known before anything was late; the Monday has drafts due. */
const KNOWN_SINCE = '2026-10-12T09:00:00Z';
const MONDAY = '2026-11-23T09:00:00Z';

export interface Customer {
  readonly number: string;
  readonly name: string;
  /** Due on this day. */
  readonly due: string;
  /** Of its first invoices, pounds in minor units; 1,000 pounds when left out. */
  readonly total?: number;
  /** A second invoice of 1,000 pounds, I-<number>-2, is due on this day. */
  readonly also?: string;
  /** So many more invoices, I-<number>-0001 and on, of 12.34 pounds each, due a day apart up to the day before the first. */
  readonly many?: number;
  /** '' for a customer whose address is not known. */
  readonly email?: string;
  readonly language?: string;
  /** The file of its invoice's copy. */
  readonly copy?: string;
  readonly collector?: string;
  /** The customer's owner in sales, a Slack user id. */
  readonly owner?: string;
  /** First imported on the Monday, when it was late already. */
  readonly migrated?: boolean;
  /** Its start is confirmed behind this stage. */
  readonly after?: { readonly key: string; readonly offset: number };
}

const numbersOf = (number: string, many: number) => Array.from({ length: many }, (_, n) => `I-${number}-${String(n + 1).padStart(4, '0')}`);

function recordsOf({
  number,
  name,
  due,
  also,
  copy,
  many = 0,
  total = 100_000,
  owner = '',
  email = `ap@${number.toLowerCase()}.example`,
  language = 'en',
}: Customer): LedgerRecord[] {
  const owed = { account: number, entity: 'NWUK', currency: 'GBP', total, issued: day('2026-09-01') };
  const account: AccountPart = { number, name, country: 'GB', language, zone: 'Europe/London', entity: 'NWUK', owner };
  return [
    { kind: 'account', account },
    contact('Imogen Larch', { account: number, email, phone: '+44 20 7946 0123' }),
    invoice(`I-${number}`, { ...owed, due: day(due), ...(copy ? { copy } : {}) }),
    ...(also ? [invoice(`I-${number}-2`, { ...owed, due: day(also) })] : []),
    ...numbersOf(number, many).map((each, n) => invoice(each, { ...owed, total: 12_34, due: addDays(day(due), -(n % 60)) })),
  ];
}

const SENDER = {
  name: 'Northwind Trading Ltd',
  address: 'receivables@northwind-trading.example',
  remittance: 'remittance@northwind-trading.example',
  phone: '+44 20 7946 0100',
};

/**
 * The bot over a small ledger of its own, on a Monday with drafts due: Mara and Tom collect, Ines and Sara manage, Paul leads finance. Time moves by hand.
 */
export async function reviewDesk(customers: readonly Customer[], env: Readonly<Record<string, string>> = {}) {
  const place = await ledgerPlace();
  const { stores } = place;
  const time = { now: Temporal.Instant.from(KNOWN_SINCE) };
  const clock = { now: () => time.now };
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  await stores.settings.load({ ...where, commands, senders: { NWUK: SENDER } });
  const roles = {
    U0MARA: 'collector',
    U0TOM: 'collector',
    U0INES: 'manager',
    U0PAUL: 'finance-lead',
    U0SARA: 'manager',
    U0ALEX: 'admin',
  } as const;
  const members = Object.entries(roles).map(([user, role]) => ({ user, roles: [role], absence: null }));
  await stores.team.save(await stores.team.read(), { members, rules: [] }, [], 'test');
  const load = async (records: readonly LedgerRecord[]) => {
    const request = { source: source(records), dryRun: false, confirmVanished: false, sample: false };
    const outcome = await importLedger({ intake: stores.intake, clock }, request);
    if (outcome.kind !== 'imported') throw new Error(`not imported: ${JSON.stringify(outcome.refusal)}`);
  };
  await load(customers.filter((each) => !each.migrated).flatMap(recordsOf));
  time.now = Temporal.Instant.from(MONDAY);
  await load(customers.flatMap(recordsOf));
  for (const { number, due, collector = 'U0MARA', after, many = 0 } of customers) {
    const assign = { do: 'assign', to: collector, how: 'by hand' } as const;
    const result = await changeAccount({ ...stores, clock }, accountId(number), assign, 'U0INES', `assign:${number}`);
    if (!result.done) throw new Error(`not assigned: ${result.refused}`);
    const late = [`I-${number}`, ...numbersOf(number, many)].map((each) => ({ number: each, due }));
    const start = startOf('NWUK', after?.key ?? null, late);
    if (after) await changeAccount({ ...stores, clock }, accountId(number), start, 'U0MARA', `start:${number}`);
  }
  const bot = await startBot({ env: { SAMPLE_LEDGER: 'no', MONGODB_URI: place.uri, ...env }, clock });
  let payments = 0;
  return {
    ...bot,
    stores,
    log: bot.log,
    /** So many minutes later everything due is done. */
    async later(minutes = 15) {
      time.now = time.now.add({ minutes });
      await bot.tick();
    },
    /** The next days go by without anybody; at this instant the ledger has been imported and everything due is done. */
    async morning(at: string) {
      time.now = Temporal.Instant.from(at);
      await load(customers.flatMap(recordsOf));
      await bot.tick();
    },
    /** The bank's file of this minute; pounds in minor units, received today when nothing else is said. */
    async pay(number: string, amount: number, received = time.now.toString().slice(0, 10)) {
      payments += 1;
      const more = { account: number, entity: 'NWUK', currency: 'GBP', date: day(received) };
      await load([payment(`P-${payments}`, amount, { [`I-${number}`]: amount }, more)]);
    },
    /** A credit note on the customer's invoice, imported now; pounds in minor units. */
    async credit(number: string, amount: number) {
      const more = {
        kind: 'credit-note' as const,
        account: number,
        entity: 'NWUK',
        currency: 'GBP',
        date: day(time.now.toString().slice(0, 10)),
      };
      await load([payment(`CN-${number}`, amount, { [`I-${number}`]: amount }, more)]);
    },
    async stop() {
      await bot.stop();
      await place.close();
    },
  };
}

export type ReviewDesk = Awaited<ReturnType<typeof reviewDesk>>;
