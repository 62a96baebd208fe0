import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AccountWork } from '../../src/account/account-work.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { recordReply } from '../../src/account/record-reply.op.ts';
import type { Case } from '../../src/escalation/case.ts';
import { day } from '../../src/kernel/day.ts';
import { stamp } from '../../src/kernel/fact.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import { erasable, erasePerson } from '../../src/trail/erase-person.op.ts';
import { opened } from '../support/cases.ts';
import { contact, invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';
import { aDispute, aPromise } from '../support/whole-work.ts';

const NAME = 'Imogen Larch';
const EMAIL = 'imogen@holm.example';
const HOLM = accountId('C1');
const rows = [
  contact(NAME, { account: 'C1', email: EMAIL, phone: '+44 20 7946 0123' }),
  contact('Otto Fell', { account: 'C1', email: 'otto@holm.example', phone: '' }),
  invoice('I-1', { account: 'C1', entity: 'NWUK', currency: 'GBP', total: 1000, issued: day('2026-09-01'), due: day('2026-10-01') }),
];

let place: LedgerPlace;
beforeEach(async () => {
  place = await ledgerPlace();
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await place.stores.settings.load({ ...where, commands });
  await place.load(rows);
});
afterEach(() => place.close());

const copy = () => copyOutboxes({ ...place.stores, told: {} });
const soon = () => day(place.stores.clock.now().toZonedDateTimeISO('Europe/London').toPlainDate().add({ days: 5 }).toString());
const hold = (reason: string, command: string) =>
  changeAccount(place.stores, HOLM, { do: 'hold', until: soon(), reason }, 'U0MARA', command);
const imogen = async () => (await place.stores.ledger.contacts(HOLM)).find(({ name }) => name === NAME);
const erase = async (reason = 'Asked by letter') =>
  erasePerson({ ...place.stores, copy }, { account: HOLM, contact: (await imogen())!.id, reason }, 'U0ALEX', 'erase:1');
/** Of every file of the store, its log included. */
const bytes = async () => {
  const dir = path.join(place.dir, 'store');
  const files = (await readdir(dir, { withFileTypes: true })).filter((each) => each.isFile());
  return Buffer.concat(await Promise.all(files.map(({ name }) => readFile(path.join(dir, name)))));
};
const everything = async () => {
  const all: Record<string, string> = {};
  for (const { name } of await place.raw.listCollections()) all[name] = JSON.stringify(await place.raw.collection(name).find().toArray());
  return all;
};

test('nothing of the person is left in the store, and the trail still verifies', async () => {
  await hold('the price is under discussion', 'h1');
  await copy();
  await hold(`${NAME.toUpperCase()} is away until Monday`, 'h2');
  const received = day('2026-10-10');
  const reply = { id: 'r1', account: HOLM, kind: 'other' as const, received, from: EMAIL, text: untrusted(`Yours, ${NAME}`) };
  await recordReply(place.stores, reply, 'U0MARA', 'r1');
  const result = await erase(`Asked by ${NAME} by letter`);
  expect(result).toEqual({
    done: true,
    erased: { texts: 1, replies: 1, mails: 0, files: { erased: 0, kept: { mails: 0, letters: 0, packs: 0 } } },
  });
  for (const [name, text] of Object.entries(await everything())) {
    expect(text.toLowerCase(), name).not.toContain(NAME.toLowerCase());
    expect(text, name).not.toContain(EMAIL);
    expect(text, name).not.toContain('7946 0123');
  }
  expect(await verifyTrail(trailLines(place.raw))).toMatchObject({ whole: true, erased: 1 });
  expect(await place.stores.replyTexts.read('r1')).toBeNull();
  const { entries } = await place.stores.timeline.page(HOLM, { types: null, before: null, limit: 20 });
  expect(entries.filter(({ erased }) => erased).map(({ fact }) => fact.type)).toEqual(['held']);
  expect(entries.find(({ fact }) => fact.type === 'person-erased')?.fact.reason).toBe('Asked by [erased] by letter');
});

test('no byte of the database file or its log holds what was erased', async () => {
  await hold(`UNIQUENOTE7731: ${NAME} asked to wait`, 'h1');
  await hold('the price is under discussion', 'h2');
  await copy();
  expect((await bytes()).includes('UNIQUENOTE7731')).toBe(true);
  expect(await erase()).toMatchObject({ done: true });
  for (const trace of ['UNIQUENOTE7731', NAME, EMAIL]) expect((await bytes()).includes(trace), trace).toBe(false);
});

test('nor where people wrote in their own words: promises, calls, tracing, disputes, agreement, decisions, messages', async () => {
  const said = `Spoke to ${NAME}, ${EMAIL}, +44 20 7946 0123`;
  const stored = (await place.stores.accounts.load(HOLM))!;
  const now = place.stores.clock.now();
  const planted = {
    statusReason: said,
    hold: { until: soon(), reason: said, by: 'U0MARA' },
    promises: [aPromise({ saidBy: NAME })],
    pastPromises: [{ ...aPromise({ id: 'p0', saidBy: NAME }), paid: 0, outcome: 'broken', closed: '2026-11-20', invoices: [] }],
    disputes: [aDispute({ note: said })],
    contacts: [{ id: 'con_x', added: { name: NAME, email: EMAIL, phone: '', note: said } }],
    tracing: { opened: soon(), tried: [{ source: 'other', result: said }], found: { name: NAME, email: EMAIL, phone: '', step: 1 } },
    agreement: {
      revision: 1,
      terms: null,
      interestRate: null,
      acceleration: false,
      on: soon(),
      notice: { method: 'post', name: NAME, address: `${NAME}, 1 Quay Road` },
    },
  };
  const work = { ...stored.work, ...planted } as unknown as AccountWork;
  const bodies = ['call-made', 'interaction-recorded', 'dispute-recorded', 'promise-recorded', 'tracing-step', 'agreement-set'];
  const facts = bodies.map((type) => ({ type, note: said, text: { untrusted: said }, deep: [{ saidBy: NAME }] }));
  await place.stores.accounts.save(
    stored,
    work,
    stamp(facts, `account:${HOLM}`, stored.facts, 'U0MARA', 'planted', now) as never,
    'planted',
  );
  const words = { reason: said, brief: { questions: [said] }, votes: [{ by: 'U0INES', note: said }] };
  const asked = { ...opened({ id: 'c1', account: HOLM, kind: 'agency' }), state: 'rejected', ...words } as unknown as Case;
  await place.stores.cases.request(
    asked,
    stamp([{ type: 'case-requested', account: HOLM, reason: said }], 'case:c1', 0, 'U0MARA', 'c', now) as never,
    'c',
  );
  await place.stores.caseTexts.keep({ id: 'C1:1.1', case: 'c1', account: HOLM, by: 'U0INES', at: now.toString(), text: untrusted(said) });
  await place.stores.jobs.add({ id: 'told', kind: 'promise-news', payload: { account: HOLM, fact: { saidBy: NAME } }, dueAt: now });
  await place.raw
    .collection<{ _id: string }>('charges')
    .insertOne({ _id: HOLM, version: 1, charges: { claimed: [], waived: [{ reason: said }] } } as never);
  await copy();
  expect(await erase()).toMatchObject({ done: true, erased: { texts: bodies.length + 1, replies: 1 } });
  for (const [name, text] of Object.entries(await everything())) {
    expect(text.toLowerCase(), name).not.toContain(NAME.toLowerCase());
    expect(text, name).not.toContain(EMAIL);
    expect(text, name).not.toContain('7946 0123');
  }
  expect(await verifyTrail(trailLines(place.raw))).toMatchObject({ whole: true });
  expect((await place.stores.cases.load('c1'))?.case).toMatchObject({ state: 'rejected', kind: 'agency' });
});

test('invoices and everybody else stay, and no import brings the person back', async () => {
  await erase();
  await place.load(rows);
  expect((await place.stores.ledger.contacts(HOLM)).map(({ name }) => name)).toEqual(['Otto Fell']);
  expect(await place.openOf('I-1')).toBe(1000);
});

test('without a reason, or of somebody unknown, nothing is erased', async () => {
  expect(await erase(' ')).toEqual({ done: false, refused: 'reason-missing' });
  const asked = { account: HOLM, contact: 'con_nobody', reason: 'Asked by letter' };
  expect(await erasePerson({ ...place.stores, copy }, asked, 'U0ALEX', 'e')).toEqual({ done: false, refused: 'no-such-contact' });
  expect(await imogen()).toBeDefined();
});

test('an office holder is found in the insolvency file and erased there and in the trail; the file stays and can be edited', async () => {
  const holder = { name: 'Philippa Quarmby', email: 'pq@restructure.example', address: '9 Bond Court, Leeds' };
  const entered = {
    ...{ procedure: 'Administration', court: 'High Court', reference: 'CR-1', holder, opened: day('2026-11-03') },
    ...{ deadline: null, retention: 'unknown' as const, goods: '', lookBack: 6 },
  };
  const change = (request: Parameters<typeof changeAccount>[2], command: string) =>
    changeAccount(place.stores, HOLM, request, 'U0INES', command);
  await change({ do: 'set-status', status: 'insolvent', reason: 'Gazette' }, 's1');
  expect(await change({ do: 'open-insolvency', id: 'f1', entered, claim: [] }, 'f1')).toMatchObject({ done: true });
  await change({ do: 'hold', until: soon(), reason: `Wait for ${holder.name}, ${holder.address}` }, 'h1');
  await copy();
  const work = async () => (await place.stores.accounts.load(HOLM))!.work;
  const people = erasable(await place.stores.ledger.contacts(HOLM), await work(), HOLM);
  expect(people.map(({ name }) => name)).toContain(holder.name);
  const asked = { account: HOLM, contact: people.at(-1)!.id, reason: 'Asked by mail' };
  expect(await erasePerson({ ...place.stores, copy }, asked, 'U0ALEX', 'erase:1')).toMatchObject({ done: true, erased: { texts: 1 } });
  for (const [name, text] of Object.entries(await everything()))
    for (const mark of Object.values(holder)) expect(text, name).not.toContain(mark);
  const [file] = (await work()).insolvencies;
  expect(file).toMatchObject({ procedure: 'Administration', reference: 'CR-1', holder: { name: '[erased]', email: '', address: '' } });
  expect(erasable([], await work(), HOLM)).toEqual([]);
  const edited = { ...entered, holder: file!.holder, deadline: day('2027-01-29') };
  expect(await change({ do: 'edit-insolvency', id: 'f1', seen: file!.revision, entered: edited, claim: [] }, 'f2')).toMatchObject({
    done: true,
  });
  expect(await verifyTrail(trailLines(place.raw))).toMatchObject({ whole: true });
});
