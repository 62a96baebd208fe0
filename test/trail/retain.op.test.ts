import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { type Day, day } from '../../src/kernel/day.ts';
import { type Stamped, stamp } from '../../src/kernel/fact.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { keepMailFile } from '../../src/mails/mail-files.op.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import { erasePerson } from '../../src/trail/erase-person.op.ts';
import { removeOldRecords } from '../../src/trail/remove-old-records.op.ts';
import { changeRetention, countOldRecords } from '../../src/trail/retain.op.ts';
import { KEEP_ALL, type Months, RECORD_KINDS } from '../../src/trail/retention.ts';
import { contact, invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';

const OLD = accountId('C1');
const OPEN = accountId('C2');
const TRACE = 'UNIQUETRACE4411';
const SHORT: Months = { bookkeeping: 36, correspondence: 36, history: 36, drafts: 1, contacts: 24 };

let place: LedgerPlace;
let now: Temporal.Instant;
beforeEach(async () => {
  place = await ledgerPlace();
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  const where = { digestChannel: 'x', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await place.stores.settings.load({ ...where, commands });
  // What is done here is of 2019, long before the counts of 2026.
  now = Temporal.Instant.from('2019-05-06T09:00:00Z');
  await past('C1', 'PAID');
  await past('C2', 'LATE');
  await place.load([payment('P-1', 100, { PAID: 100 }, { account: 'C1', date: day('2019-04-01') })]);
  for (const account of [OLD, OPEN]) await words(account);
  await copy();
  await place.raw.collection('accounts').updateMany({}, { $set: { importedAt: new Date('2019-01-02T00:00:00Z') } });
  now = Temporal.Instant.from('2026-11-28T09:00:00Z');
});
afterEach(() => place.close());

const clock = { now: () => now };
const ports = () => ({ ...place.stores, clock, owner: 'test' });
const copy = () => copyOutboxes({ ...ports(), told: {} });

const past = (account: string, number: string) =>
  place.load([
    { kind: 'account', account: { number: account, name: `${account} Ltd` } },
    contact(`Imogen ${TRACE}`, { account, email: `${TRACE.toLowerCase()}.${account}@holm.example` }),
    invoice(number, { account, total: 100, issued: day('2019-02-01'), due: day('2019-03-01') }),
  ]);

/** A note, a reply that was answered, a mail that was sent and one that was not, each with words that can be found again. */
async function words(account: string): Promise<void> {
  const note = { do: 'record-interaction', id: 'i1', channel: 'note', direction: 'internal', on: day('2019-05-06') } as const;
  const said = { contact: '', subject: '', text: `${TRACE} a note`, marking: 'internal', attachments: [], source: null } as const;
  await changeAccount(ports(), account, { ...note, ...said }, 'U0MARA', `n:${account}`);
  const reply = `r:${account}`;
  await place.stores.replyTexts.keep({ id: reply, account, from: 'ap@holm.example', text: untrusted(`${TRACE} a reply`) });
  await changeAccount(ports(), account, { do: 'record-reply', id: reply, kind: 'other', received: day('2019-05-06') }, 'U0MARA', reply);
  await changeAccount(ports(), account, { do: 'answer-reply', id: reply, how: 'none-needed' }, 'U0MARA', `${reply}:a`);
  await mail(account, 'sent', 'sent');
  await mail(account, 'never', 'rejected');
}

async function mail(account: string, id: string, state: string): Promise<void> {
  const sha256 = await keepMailFile(
    { ...place.stores, clock: { now: () => Temporal.Now.instant() } },
    Buffer.from(`${TRACE} file ${id} ${account}`),
  );
  const content = { to: [{ name: TRACE, address: 'ap@holm.example' }], body: `Dear ${TRACE}`, attachments: [], invoices: [] };
  const draft = {
    id: `${id}:${account}`,
    account,
    state,
    day: '2019-05-06',
    sentOn: state === 'sent' ? '2019-05-06' : null,
    content,
    delivery: { sha256 },
  };
  const doc = { _id: draft.id, account, open: false, version: 1, facts: 0, outbox: [], commands: [], pending: false, draft };
  await place.raw.collection('drafts').insertOne(doc as never);
}

async function confirm(months: Months, by = 'U0ALEX') {
  const set = await changeRetention(ports(), { do: 'set', months }, by, `set:${JSON.stringify(months)}`);
  if (!set.done) throw new Error(set.refused);
  const { revision } = set.retention;
  const count = await countOldRecords(ports(), months);
  await changeRetention(ports(), { do: 'count', revision, count }, by, `count:${revision}`);
  await changeRetention(ports(), { do: 'confirm', revision, on: count.on }, by, `confirm:${revision}`);
  return count;
}

/** Turns of the clock until the day's run has ended. */
async function run(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) {
    now = now.add({ minutes: 1 });
    await removeOldRecords(ports());
    const jobs = await place.raw.collection('jobs').find({ kind: 'remove-old-records', state: 'open' }).toArray();
    if (jobs.length === 0) return;
  }
  throw new Error('the run did not end');
}

/** Everything stored of an account, as text by collection; the trail's entries apart. */
async function storedOf(account: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of ['invoices', 'payments', 'contacts', 'drafts', 'replytexts'])
    found[name] = (await place.raw.collection(name).find({ account }).toArray()).length;
  const { entries } = await place.stores.timeline.page(account, { types: null, before: null, limit: 50 });
  found.words = entries.filter(({ erased, fact }) => !erased && fact.type !== 'ledger-imported').length;
  return found;
}
const bytes = async () => {
  const dir = path.join(place.dir, 'store');
  const files = (await readdir(dir, { withFileTypes: true })).filter((each) => each.isFile());
  return Buffer.concat(await Promise.all(files.map(({ name }) => readFile(path.join(dir, name)))));
};

const ALL = { invoices: 1, payments: 1, contacts: 1, drafts: 2, replytexts: 1, words: 3 };
const GONE = { invoices: 0, payments: 0, contacts: 0, drafts: 0, replytexts: 0, words: 0 };

test('nothing goes before anybody has set a time, nor before the count was confirmed', async () => {
  await run();
  await changeRetention(ports(), { do: 'set', months: SHORT }, 'U0ALEX', 's');
  await run();
  expect(await storedOf(OLD)).toEqual(ALL);
});

test('the dry run counts each kind with its days, names what is kept back, and changes nothing', async () => {
  const before = await place.dump();
  const count = await countOldRecords(ports(), SHORT);
  expect(count).toEqual({
    on: '2026-11-28',
    cutOffs: {
      bookkeeping: '2022-12-31',
      correspondence: '2022-12-31',
      history: '2022-12-31',
      drafts: '2026-10-28',
      contacts: '2024-11-28',
    },
    going: {
      bookkeeping: { records: 2, oldest: '2019-04-01', newest: '2019-04-01' },
      correspondence: { records: 2, oldest: '2019-05-06', newest: '2019-05-06' },
      history: { records: 3, oldest: '2019-05-06', newest: '2019-05-06' },
      drafts: { records: 1, oldest: '2019-05-06', newest: '2019-05-06' },
      contacts: { records: 1, oldest: '2019-05-06', newest: '2019-05-06' },
    },
    kept: { balance: { records: 7, accounts: 1 } },
  });
  expect(await place.dump()).toBe(before);
});

test('what was confirmed goes, the open account keeps everything, and the trail verifies and says who decided', async () => {
  const count = await confirm(SHORT);
  await run();
  await copy();
  expect(await storedOf(OLD)).toEqual(GONE);
  expect(await storedOf(OPEN)).toEqual({ ...ALL, payments: 0 });
  expect(await verifyTrail(trailLines(place.raw))).toMatchObject({ whole: true, erased: 3 });
  const facts = await Array.fromAsync(trailLines(place.raw, { 'entry.aggregate': 'retention' }));
  expect(facts.map(({ document }) => document.entry.type)).toEqual(['retention-set', 'retention-confirmed', 'records-removed']);
  expect(facts.at(-1)?.body?.body).toEqual({ decidedBy: 'U0ALEX', counts: count.going, cutOffs: count.cutOffs });
  expect(JSON.stringify(facts)).not.toContain('Imogen');
});

test('no byte of the database file or its log holds what went', async () => {
  // The other account would keep the same trace.
  await place.load([payment('P-2', 100, { LATE: 100 }, { account: 'C2', date: day('2019-04-02') })]);
  expect((await bytes()).includes(TRACE)).toBe(true);
  await confirm(SHORT);
  await run();
  for (const trace of [TRACE, TRACE.toLowerCase()]) expect((await bytes()).includes(trace), trace).toBe(false);
});

test('an account on legal hold keeps everything, is counted apart, and nobody of it is erased', async () => {
  await changeAccount(ports(), OLD, { do: 'set-legal-hold', reason: 'claim of May' }, 'U0INES', 'hold');
  expect((await confirm(SHORT)).kept).toEqual({ balance: { records: 7, accounts: 1 }, 'legal-hold': { records: 8, accounts: 1 } });
  await run();
  expect(await storedOf(OLD)).toEqual({ ...ALL, words: 4 });
  const [person] = await place.stores.ledger.contacts(OLD);
  const asked = { account: OLD, contact: person!.id, reason: 'Asked by letter' };
  expect(await erasePerson({ ...ports(), copy }, asked, 'U0ALEX', 'e')).toEqual({ done: false, refused: 'erase-legal-hold' });
  await changeAccount(ports(), OLD, { do: 'lift-legal-hold', reason: 'settled' }, 'U0INES', 'lift');
  now = now.add({ hours: 24 });
  await run();
  // Setting and lifting the hold was the last that happened, so its contact is not old yet.
  expect(await storedOf(OLD)).toEqual({ ...GONE, contacts: 1, words: 2 });
});

test('an invoice stays as long as a payment on it is younger, and the payment with it', async () => {
  await place.load([
    invoice('SHARED', { account: 'C1', total: 100, issued: day('2019-02-01'), due: day('2019-03-01') }),
    payment('P-1', 150, { PAID: 100, SHARED: 50 }, { account: 'C1', date: day('2019-04-01') }),
    payment('P-3', 50, { SHARED: 50 }, { account: 'C1', date: day('2023-01-01') }),
  ]);
  await confirm(SHORT);
  await run();
  expect((await storedOf(OLD)).invoices).toBe(2);
  expect((await storedOf(OLD)).payments).toBe(2);
});

test('an account that somebody changed between count and removal is looked at again', async () => {
  const page = await place.stores.oldRecords.page('', { history: day('2022-12-31') as Day });
  await changeAccount(ports(), OLD, { do: 'set-legal-hold', reason: 'claim of May' }, 'U0INES', 'hold');
  const gone = await place.stores.oldRecords.remove(page, now);
  expect(gone.history.filter(({ id }) => id.includes(OLD))).toEqual([]);
});

test('many records go in turns of the clock, a few hundred in each', async () => {
  for (const n of Array.from({ length: 4 }, (_, i) => i)) {
    const account = accountId(`M${n}`);
    await place.load([{ kind: 'account', account: { number: `M${n}`, name: `M${n}` } }]);
    await place.raw
      .collection('replytexts')
      .insertMany(Array.from({ length: 200 }, (_, i) => ({ _id: `${account}:${i}` as never, account, from: 'a@b.example', text: 'old' })));
    const facts = Array.from({ length: 1 }, () => ({ type: 'reply-received', reply: 'x', received: '2019-05-06' }));
    const stored = (await place.stores.accounts.load(account))!;
    await place.stores.accounts.save(
      stored,
      stored.work,
      stamp(facts, `account:${account}`, 0, 'U0MARA', 'c', Temporal.Instant.from('2019-05-06T09:00:00Z')) as Stamped<never>[],
      'c',
    );
  }
  await copy();
  await confirm({ ...KEEP_ALL, correspondence: 36 });
  const left = () => place.raw.collection('replytexts').countDocuments({});
  const before = await left();
  now = now.add({ minutes: 1 });
  await removeOldRecords(ports());
  const first = before - (await left());
  expect(first).toBeGreaterThanOrEqual(500);
  expect(first).toBeLessThan(before - 1);
  await run();
  expect(await left()).toBe(1);
  expect(RECORD_KINDS).toContain('correspondence');
});

test('while an import writes the ledger nothing goes', async () => {
  await confirm(SHORT);
  const busy = { ...ports(), ledger: { ...place.stores.ledger, freshness: async () => ({ asOf: null, sample: false, applying: true }) } };
  now = now.add({ minutes: 1 });
  await removeOldRecords(busy);
  expect(await storedOf(OLD)).toEqual(ALL);
});
