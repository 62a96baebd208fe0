import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import { stamp } from '../../src/kernel/fact.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import { removeOldRecords } from '../../src/trail/remove-old-records.op.ts';
import { changeRetention, countOldRecords } from '../../src/trail/retain.op.ts';
import { cutOffs, FEWEST_MONTHS, type Months, RECORD_KINDS } from '../../src/trail/retention.ts';
import { contact, invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';
import { aDispute, aPlan, aPromise } from '../support/whole-work.ts';

// Accounts as chance will have them; whatever the times set, nothing of an account that is not settled goes, nothing goes that is too young, no balance
// changes, the dry run counts what then goes, and the trail verifies.

const TODAY = day('2026-11-28');
const RUNS = 30;
const OPEN = ['balance', 'credit', 'promise', 'plan', 'dispute', 'reply', 'case', 'mail', 'charge', 'legal-hold'] as const;
const PLACES = ['invoices', 'payments', 'contacts', 'drafts', 'replytexts', 'cases', 'casetexts'] as const;

const age = fc.integer({ min: 0, max: 12 * 365 });
const anyAccount = fc.record({
  open: fc.option(fc.constantFrom(...OPEN), { nil: null }),
  invoices: fc.array(fc.record({ age, paid: age }), { maxLength: 4 }),
  /** A payment that settles the account's first two invoices together. */
  joint: fc.boolean(),
  notes: fc.array(age, { maxLength: 4 }),
  mails: fc.array(fc.record({ age, state: fc.constantFrom('sent', 'rejected', 'void') }), { maxLength: 4 }),
  replies: fc.array(age, { maxLength: 2 }),
  decided: fc.array(age, { maxLength: 2 }),
});
const anyMonths: fc.Arbitrary<Months> = fc.record(
  Object.fromEntries(RECORD_KINDS.map((kind) => [kind, fc.option(fc.integer({ min: FEWEST_MONTHS[kind], max: 140 }), { nil: null })])),
) as never;
type AnyAccount = typeof anyAccount extends fc.Arbitrary<infer A> ? A : never;

let place: LedgerPlace;
let now = Temporal.Instant.from(`${TODAY}T09:00:00Z`);
beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place.close());

const ports = () => ({ ...place.stores, clock: { now: () => now }, owner: 'test' });
const ago = (days: number): Day => addDays(TODAY, -days);
const instant = (on: Day) => Temporal.Instant.from(`${on}T10:00:00Z`);
const insert = (name: string, docs: readonly object[]) => (docs.length > 0 ? place.raw.collection(name).insertMany(docs as never[]) : null);
const kept = { version: 1, facts: 0, outbox: [], commands: [], pending: false };

function ledgerOf(number: string, { open, invoices, joint }: AnyAccount): LedgerRecord[] {
  const more = { account: number, entity: 'MAIN', currency: 'EUR' };
  const rows = invoices.map((each, n) => invoice(`${number}-${n}`, { ...more, total: 100, issued: ago(each.age), due: ago(each.age) }));
  const together = joint && invoices.length > 1;
  const single = invoices.flatMap(({ age: issued, paid }, n) =>
    together && n < 2
      ? []
      : [payment(`P-${number}-${n}`, 100, { [`${number}-${n}`]: 100 }, { ...more, date: ago(Math.min(issued, paid)) })],
  );
  const both = { [`${number}-0`]: 100, [`${number}-1`]: 100 };
  return [
    { kind: 'account', account: { number, name: `${number} Ltd` } },
    contact(`Person of ${number}`, { account: number, email: `ap@${number.toLowerCase()}.example` }),
    ...rows,
    ...single,
    ...(together
      ? [payment(`P-${number}-j`, 200, both, { ...more, date: ago(Math.min(...invoices.slice(0, 2).map(({ age }) => age))) })]
      : []),
    ...(open === 'balance' ? [invoice(`${number}-open`, { ...more, total: 100, issued: ago(4000), due: ago(3990) })] : []),
    ...(open === 'credit' ? [payment(`${number}-credit`, 100, {}, { ...more, date: ago(4000) })] : []),
  ];
}

const WORK: Partial<Record<(typeof OPEN)[number], object>> = {
  promise: { promises: [aPromise()] },
  plan: { plans: [aPlan()] },
  dispute: { disputes: [aDispute()] },
  reply: { replies: [{ id: 'r', kind: 'other', received: TODAY, by: 'U1' }] },
  'legal-hold': { legalHold: { reason: 'claim', by: 'U1', on: TODAY } },
};

async function write(number: string, given: AnyAccount): Promise<void> {
  const account = accountId(number);
  const { open, notes, mails, replies, decided } = given;
  await place.load(ledgerOf(number, given));
  const stored = (await place.stores.accounts.load(account))!;
  const facts = [
    ...notes.map((at) => [at, { type: 'held', reason: 'words' }] as const),
    ...replies.map((at, n) => [at, { type: 'reply-received', reply: `${account}:r${n}`, received: ago(at) }] as const),
  ];
  // The trail is in order of time.
  const stamped = facts
    .toSorted(([a], [b]) => b - a)
    .flatMap(([at, fact], n) => stamp([fact], `account:${account}`, n, 'U1', `c${n}`, instant(ago(at))));
  await place.stores.accounts.save(stored, { ...NEW_WORK, ...WORK[open ?? 'balance'] } as never, stamped as never, 'c');
  await insert(
    'replytexts',
    replies.map((_, n) => ({ _id: `${account}:r${n}`, account, from: 'a', text: 'words' })),
  );
  const draftOf = (id: string, at: number, state: string) => ({
    ...kept,
    _id: id,
    account,
    open: state === 'waiting',
    draft: { state, day: ago(at), sentOn: state === 'sent' ? ago(at) : null, content: { attachments: [] } },
  });
  await insert('drafts', [
    ...mails.map((each, n) => draftOf(`${account}:m${n}`, each.age, each.state)),
    ...(open === 'mail' ? [draftOf(`${account}:open`, 4000, 'waiting')] : []),
  ]);
  const caseOf = (id: string, closedAt: string | null) => ({
    ...kept,
    _id: id,
    asks: id,
    account,
    state: closedAt ? 'rejected' : 'open',
    waiting: !closedAt,
    case: { closedAt },
  });
  await insert('cases', [
    ...decided.map((at, n) => caseOf(`${account}:c${n}`, instant(ago(at)).toString())),
    ...(open === 'case' ? [caseOf(`${account}:open`, null)] : []),
  ]);
  await insert(
    'casetexts',
    decided.map((at, n) => ({ _id: `${account}:t${n}`, case: 'c', account, at: instant(ago(at)).toString(), text: 'words' })),
  );
  if (open === 'charge') await insert('charges', [{ ...kept, _id: account, charges: { claimed: [{ amount: 5, waived: 0, paid: 0 }] } }]);
}

/** Of an account: all its documents, and how many of its entries have their words. */
async function all(account: string): Promise<string> {
  const found = await Promise.all(PLACES.map((name) => place.raw.collection(name).find({ account }).sort({ _id: 1 }).toArray()));
  const { entries } = await place.stores.timeline.page(account, { types: null, before: null, limit: 100 });
  return JSON.stringify([
    found,
    entries
      .filter(({ erased }) => !erased)
      .map(({ fact }) => fact.id)
      .sort(),
  ]);
}

async function removeAll(months: Months) {
  const set = await changeRetention(ports(), { do: 'set', months }, 'U1', 'set');
  if (!set.done) throw new Error(set.refused);
  const { revision } = set.retention;
  const count = await countOldRecords(ports(), months);
  await changeRetention(ports(), { do: 'count', revision, count }, 'U1', 'count');
  await changeRetention(ports(), { do: 'confirm', revision, on: count.on }, 'U1', 'confirm');
  const under = async () => (await place.raw.collection('jobs').countDocuments({ kind: 'remove-old-records', state: 'open' })) > 0;
  do {
    now = now.add({ minutes: 1 });
    await removeOldRecords(ports());
  } while (await under());
  return count;
}

test(`in ${RUNS} ledgers made up at random, nothing goes that is open, too young or not counted`, { timeout: 120_000 }, async () => {
  const seen = { removed: 0, openKept: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(anyAccount, { minLength: 1, maxLength: 5 }), anyMonths, async (accounts, months) => {
      await place.empty();
      now = Temporal.Instant.from(`${TODAY}T09:00:00Z`);
      const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
      await place.stores.settings.load({
        digestChannel: 'x',
        digestHour: 9,
        zone: 'UTC',
        company: '',
        country: 'GB',
        region: '',
        commands,
      });
      for (const [n, account] of accounts.entries()) await write(`A${n}`, account);
      await copyOutboxes({ ...ports(), told: {} });
      await place.raw.collection('accounts').updateMany({}, { $set: { importedAt: new Date('2012-01-01T00:00:00Z') } });
      const ids = accounts.map((_, n) => accountId(`A${n}`));
      const before = new Map(await Promise.all(ids.map(async (id) => [id, await all(id)] as const)));
      const count = await removeAll(months);
      for (const [n, { open }] of accounts.entries()) {
        if (open === null) continue;
        expect(await all(ids[n]!), `${open} of ${ids[n]}`).toBe(before.get(ids[n]!));
        seen.openKept += 1;
      }
      const { lastRun } = await place.stores.retention.read();
      const any = RECORD_KINDS.some((kind) => months[kind] !== null);
      if (any) expect(lastRun?.removed).toEqual(count.going);
      seen.removed += any ? RECORD_KINDS.reduce((sum, kind) => sum + count.going[kind].records, 0) : 0;
      const ends = cutOffs(months, TODAY);
      for (const kind of RECORD_KINDS) expect((count.going[kind].newest ?? '') <= (ends[kind] ?? ''), kind).toBe(true);
      const owing = await place.raw
        .collection('invoices')
        .find({ open: { $gt: 0 } })
        .toArray();
      expect(owing.every(({ number }) => String(number).endsWith('-open'))).toBe(true);
      expect(await verifyTrail(trailLines(place.raw))).toMatchObject({ whole: true });
    }),
    { numRuns: RUNS },
  );
  expect(seen.removed).toBeGreaterThan(20);
  expect(seen.openKept).toBeGreaterThan(5);
});
