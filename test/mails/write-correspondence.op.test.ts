import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountRequest } from '../../src/account/account-work.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { changeDraft } from '../../src/mails/change-draft.op.ts';
import type { Correspondence } from '../../src/mails/correspondence.ts';
import { markSent } from '../../src/mails/mark-sent.op.ts';
import { prepareDrafts, recheckDrafts } from '../../src/mails/prepare-drafts.op.ts';
import { writeCorrespondence } from '../../src/mails/write-correspondence.op.ts';
import { type House, openHouse } from '../support/house.ts';
import { contact, invoice, payment } from '../support/ledger-place.ts';

const ID = accountId('C1');
const MONDAY = Temporal.Instant.from('2026-11-23T09:00:00Z');
const place = { account: 'C1', entity: 'NWUK', currency: 'GBP' };
const records = [
  {
    kind: 'account' as const,
    account: { number: 'C1', name: 'Otterby Kettles Ltd', country: 'GB', language: 'en', zone: 'Europe/London' },
  },
  contact('Imogen Larch', { account: 'C1', email: 'ap@otterby.example' }),
  invoice('A', { ...place, total: 100_000, issued: day('2026-09-01'), due: day('2026-11-17') }),
  invoice('B', { ...place, total: 50_000, issued: day('2026-09-01'), due: day('2026-11-18') }),
];
const about: Correspondence = { kind: 'promise-confirmation', about: 'p1', entity: '', invoices: [], answers: null };
let house: House;
let count = 0;

const change = async (request: AccountRequest) => {
  count += 1;
  const result = await changeAccount(house.ports, ID, request, 'U0MARA', `test:${count}`);
  if (!result.done) throw new Error(result.refused);
};
const contacted = () =>
  change({
    ...{ do: 'record-contact', entity: 'NWUK', on: day(house.time.now.toString().slice(0, 10)), channel: 'call', purpose: 'other' },
    ...{ stage: null, invoices: [], open: ['A', 'B'] },
  });
const disputed = (amount = 25_000) =>
  change({
    ...{ do: 'record-dispute', id: 'd1', entity: 'NWUK', invoice: 'A', currency: 'GBP', amount, open: 100_000, reason: 'price' },
    ...{ note: '', owner: 'U0TOM', channel: null, until: day('2026-12-07') },
  });
const write = (of: Partial<Correspondence> = {}) => writeCorrespondence(house.ports, ID, { ...about, ...of }, 'U0MARA');
const openDraft = async () => (await house.ports.drafts.open(ID))[0]?.draft;
const approve = async () => {
  const { id, hash } = (await openDraft())!;
  const request = { do: 'approve', seen: hash, mayApprove: false, at: house.time.now.toString(), send: false } as const;
  expect((await changeDraft(house.ports, id, request, 'U0MARA', `approve:${id}`)).done).toBe(true);
};

beforeEach(async () => {
  house = await openHouse(path.resolve(import.meta.dirname, '../../src'), '2026-10-12T09:00:00Z', records);
  const { version, ...settings } = await house.ports.settings.read();
  const sender = { name: 'Northwind Trading Ltd', address: 'ar@nw.example', remittance: 'pay@nw.example', phone: '+44 20 7946 0100' };
  await house.ports.settings.save({ version, ...settings }, { ...settings, senders: { NWUK: sender } }, [], 'test');
  house.time.now = MONDAY;
  await house.importRecords(records);
  const invoices = [{ invoice: 'A', open: 100_000, free: 100_000 }];
  const promise = { do: 'record-promise', id: 'p1', entity: 'NWUK', currency: 'GBP', amount: 60_000, date: day('2026-11-30') } as const;
  await change({ ...promise, invoices, saidBy: 'Imogen Larch' });
});
afterEach(() => house.close());

describe('the confirmation of a promise', () => {
  it('takes the place of the demand of the day that nobody has touched', async () => {
    await prepareDrafts(house.ports);
    const demand = await openDraft();
    expect(demand?.stage.key).toBe('friendly');
    expect(await write()).toMatchObject({ done: true });
    expect(await openDraft()).toMatchObject({ stage: { key: 'promise-confirmation' }, notBefore: null });
    expect((await house.ports.drafts.load(demand!.id))?.draft).toMatchObject({
      state: 'void',
      closed: expect.stringContaining('Another mail goes out today'),
    });
    await recheckDrafts(house.ports);
    await prepareDrafts(house.ports);
    expect(await openDraft()).toMatchObject({ stage: { key: 'promise-confirmation' } });
  });

  it('is refused while a demand is approved, and the demand stays as it is', async () => {
    await prepareDrafts(house.ports);
    await approve();
    expect(await write()).toMatchObject({ done: false, says: expect.stringContaining('has been approved') });
    expect(await openDraft()).toMatchObject({ state: 'approved', stage: { key: 'friendly' } });
  });

  it('waits for the next working day when the customer has been contacted today, before it is written or after', async () => {
    await contacted();
    expect(await write()).toMatchObject({ done: true });
    expect(await openDraft()).toMatchObject({ notBefore: '2026-11-24' });
    await recheckDrafts(house.ports);
    expect(await openDraft()).toMatchObject({ notBefore: '2026-11-24', state: 'waiting' });
    house.time.now = MONDAY.add({ hours: 24 });
    await contacted();
    await recheckDrafts(house.ports);
    expect(await openDraft()).toMatchObject({ notBefore: '2026-11-25', state: 'waiting' });
  });

  it('is not written while a reply waits, on hold or to somebody who is insolvent; to a promise that is no more neither', async () => {
    expect(await write({ about: 'p2' })).toMatchObject({ done: false, says: 'The promise has come to an end. Nothing was written.' });
    await change({ do: 'record-reply', id: 'r1', kind: 'other', received: day('2026-11-23') });
    expect(await write()).toMatchObject({ done: false, says: expect.stringContaining('A reply of the customer waits') });
    await change({ do: 'answer-reply', id: 'r1', how: 'none-needed' });
    await change({ do: 'hold', until: day('2026-11-27'), reason: 'they asked' });
    expect(await write()).toMatchObject({ done: false, says: expect.stringContaining('on hold') });
    await change({ do: 'unhold' });
    await change({ do: 'set-status', status: 'insolvent', reason: 'as reported' });
    expect(await write()).toMatchObject({ done: false, says: expect.stringContaining('status') });
    expect(await openDraft()).toBeUndefined();
  });

  it('is voided when what it says is true no more, and lapses when nobody decides in time', async () => {
    await write();
    await change({ do: 'close-promise', id: 'p1', outcome: 'withdrawn', paid: 0, note: 'new date' });
    await recheckDrafts(house.ports);
    expect(await openDraft()).toBeUndefined();
    await disputed();
    await write({ kind: 'dispute-received', about: 'd1' });
    house.time.now = MONDAY.add({ hours: 48 });
    await house.importRecords(records);
    await recheckDrafts(house.ports);
    expect(await openDraft()).toMatchObject({ stage: { key: 'dispute-received' } });
    house.time.now = MONDAY.add({ hours: 72 });
    await house.importRecords(records);
    await recheckDrafts(house.ports);
    expect(await openDraft()).toBeUndefined();
  });
});

it('a letter about a broken promise asks for less once a part of it is disputed, even after its approval', async () => {
  await change({ do: 'close-promise', id: 'p1', outcome: 'broken', paid: 0, note: '' });
  await write({ kind: 'promise-broken' });
  const before = (await openDraft())!;
  expect(before.content.invoices).toMatchObject([{ number: 'A', residual: 100_000, asked: 60_000 }]);
  await approve();
  await disputed(50_000);
  await recheckDrafts(house.ports);
  expect((await house.ports.drafts.load(before.id))?.draft).toMatchObject({
    state: 'void',
    closed: 'What may be asked for of invoice A has changed.',
  });
  expect(await openDraft()).toMatchObject({ state: 'waiting', content: { invoices: [{ number: 'A', residual: 100_000, asked: 50_000 }] } });
});

describe('when it has been sent', () => {
  it('it is a contact that moves no ladder, and what it answers counts as answered', async () => {
    await change({ do: 'record-reply', id: 'r1', kind: 'will-pay', received: day('2026-11-23') });
    await contacted();
    expect(await write({ answers: 'r1' })).toMatchObject({ done: true });
    expect(await openDraft()).toMatchObject({ notBefore: null });
    await approve();
    const { id, hash } = (await openDraft())!;
    expect((await markSent(house.ports, id, hash, day('2026-11-23'), 'U0MARA', 'sent')).done).toBe(true);
    const { replies, ladders } = (await house.ports.accounts.load(ID))!.work;
    expect(replies).toEqual([]);
    expect(ladders[0]).toMatchObject({ marks: [], named: [], lastCall: null, lastMail: null, lastContact: '2026-11-23' });
    const recorded = await house.ports.timeline.latest(`account:${ID}`, 20);
    expect(recorded.find((fact) => fact.type === 'contact-made' && fact.channel === 'email')).toMatchObject({
      purpose: 'answer',
      stage: null,
    });
  });

  it('thanks names the payment and no invoice; a payment that bounced is not thanked for', async () => {
    const paid = payment('P-1', 100_000, { A: 100_000 }, { ...place, date: day('2026-11-23') });
    await house.importRecords([paid]);
    const [known] = await house.ports.ledger.payments(ID, 10);
    await write({ kind: 'thanks', about: known!.id });
    const { content } = (await openDraft())!;
    expect(content.body).toContain('Thank you for your payment of £1,000.00, which we received on 23 November 2026.');
    expect(content.body).not.toContain('bank');
    await house.importRecords([{ ...paid, annulled: true }]);
    await recheckDrafts(house.ports);
    expect(await openDraft()).toBeUndefined();
  });
});
