import { afterEach, beforeEach, expect, test } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { stamp } from '../../src/kernel/fact.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { keepMailFile } from '../../src/mails/mail-files.op.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import { erasePerson } from '../../src/trail/erase-person.op.ts';
import { contact, invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';

const HOLM = accountId('C1');
const owed = { account: 'C1', entity: 'NWUK', currency: 'GBP', total: 1000, issued: day('2026-09-01'), due: day('2026-10-01') };

let place: LedgerPlace;
/** SHA-256 by what the bytes say. */
let files: Record<string, string>;
beforeEach(async () => {
  place = await ledgerPlace();
  await place.load([
    { kind: 'account', account: { number: 'C1', name: 'Holm & Sons Ltd' } },
    contact('Imogen Larch', { account: 'C1', email: 'imogen.larch@holm.example' }),
    invoice('PAID', owed),
    invoice('OPEN', owed),
    payment('P1', 1000, { PAID: 1000 }, { account: 'C1', entity: 'NWUK', currency: 'GBP', date: day('2026-11-01') }),
  ]);
  files = {};
  await mail('mail about a paid invoice', 'PAID', 'sent');
  await mail('mail about an open invoice', 'OPEN', 'sent');
  await mail('mail nobody sent', 'OPEN', 'rejected');
  await mail('mail to somebody else', 'PAID', 'sent', 'Otto Fell');
  await letter('served letter', 'sent');
  await letter('rejected letter', 'rejected');
});
afterEach(() => place.close());

const hours = (count: number) => ({ ...place.stores, clock: { now: () => place.stores.clock.now().add({ hours: count }) } });
/** Kept two days ago, so that nothing is still being written. */
async function file(words: string): Promise<string> {
  files[words] = await keepMailFile(hours(-48), Buffer.from(words));
  return files[words];
}
let drafts = 0;
async function put(draft: object): Promise<void> {
  drafts += 1;
  const doc = { _id: `d${drafts}`, account: HOLM, open: false, version: 1, facts: 0, outbox: [], commands: [], draft };
  await place.raw.collection('drafts').insertOne(doc as never);
}
async function mail(words: string, number: string, state: string, name = 'Imogen Larch'): Promise<void> {
  const content = { to: [{ name, address: 'ap@holm.example' }], body: `Dear ${name}`, attachments: [], invoices: [{ number }] };
  await put({ state, content, delivery: { sha256: await file(words) } });
}
async function letter(words: string, state: string): Promise<void> {
  const attachments = [{ sha256: await file(`${words}: PDF`) }];
  const content = { to: [{ name: 'Imogen Larch' }], body: 'We are writing formally', attachments, invoices: [{ number: 'OPEN' }] };
  await put({ state, content, delivery: null, letter: { pictures: [await file(`${words}: picture`)] } });
}
async function pack(words: string, released: boolean): Promise<void> {
  const sha256 = words.padEnd(64, '0');
  await place.stores.kept.keep(`evidence:${sha256}`, Buffer.from(words), place.stores.clock.now().add({ hours: 100 }));
  const account = (await place.stores.accounts.load(HOLM))!;
  const facts = ['evidence-built', ...(released ? ['evidence-released'] : [])].map((type) => ({ type, sha256, case: null }));
  const stamped = stamp(facts, `account:${HOLM}`, account.facts, 'U0INES', words, place.stores.clock.now());
  await place.stores.accounts.save(account, account.work, stamped as never, words);
}
const copy = () => copyOutboxes({ ...place.stores, told: {} });
async function erase() {
  const person = (await place.stores.ledger.contacts(HOLM))[0]!;
  const asked = { account: HOLM, contact: person.id, reason: 'Asked by letter' };
  const result = await erasePerson({ ...place.stores, copy }, asked, 'U0ALEX', 'e1');
  if (!result.done) throw new Error(result.refused);
  return result.erased.files;
}
const left = async () => {
  const there = async (sha256: string) => (await place.stores.kept.read(`mail:${sha256}`, place.stores.clock.now())) !== null;
  const found = await Promise.all(Object.entries(files).map(async ([words, sha256]) => ((await there(sha256)) ? words : '')));
  return found.filter(Boolean).sort();
};

test('what asks for an unpaid invoice stays as evidence, everything else that names the person goes', async () => {
  const unused = await file('an earlier version of the letter');
  expect(unused).toHaveLength(64);
  expect(await erase()).toEqual({ erased: 4, kept: { mails: 1, letters: 1, packs: 0 } });
  expect(await left()).toEqual(['mail about an open invoice', 'mail to somebody else', 'served letter: PDF', 'served letter: picture']);
});

test('once everything is paid nothing stays', async () => {
  const paid = { account: 'C1', entity: 'NWUK', currency: 'GBP', date: day('2026-11-02') };
  await place.load([payment('P2', 1000, { OPEN: 1000 }, paid)]);
  expect(await erase()).toEqual({ erased: 5, kept: { mails: 0, letters: 0, packs: 0 } });
  expect(await left()).toEqual(['mail to somebody else']);
});

test('a pack that left the company stays, one that nobody released goes', async () => {
  await pack('aa', false);
  await pack('bb', true);
  expect((await erase()).kept.packs).toBe(1);
  const kept = async (words: string) => place.stores.kept.read(`evidence:${words.padEnd(64, '0')}`, place.stores.clock.now());
  expect(await kept('aa')).toBeNull();
  expect(Buffer.from((await kept('bb'))!).toString()).toBe('bb');
});
