import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountRequest } from '../../src/account/account-work.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { changeDraft } from '../../src/mails/change-draft.op.ts';
import type { Correspondence } from '../../src/mails/correspondence.ts';
import { markSent } from '../../src/mails/mark-sent.op.ts';
import { writeCorrespondence } from '../../src/mails/write-correspondence.op.ts';
import { type House, openHouse } from '../support/house.ts';
import { contact, invoice, payment } from '../support/ledger-place.ts';

// Monday 23 November 2026. Otterby owes 1,000.00 pounds on A and 500.00 on B, sold by NWUK. Mara collects; each letter is read and approved by her.

const OTTERBY = accountId('C1');
const NWUK = { account: 'C1', entity: 'NWUK', currency: 'GBP' };
const account = { number: 'C1', name: 'Otterby Kettles Ltd', country: 'GB', language: 'en', zone: 'Europe/London' };
const books: LedgerRecord[] = [
  { kind: 'account', account },
  contact('Imogen Larch', { account: 'C1', email: 'ap@otterby.example' }),
  invoice('A', { ...NWUK, total: 100_000, issued: day('2026-09-01'), due: day('2026-11-17'), copy: 'A.pdf' }),
  invoice('B', { ...NWUK, total: 50_000, issued: day('2026-09-01'), due: day('2026-11-18') }),
];
let house: House;
let count = 0;

beforeAll(async () => {
  house = await openHouse(path.resolve(import.meta.dirname, '../../src'), '2026-10-12T09:00:00Z', books);
  const { version, ...settings } = await house.ports.settings.read();
  const sender = { name: 'Northwind Trading Ltd', address: 'ar@nw.example', remittance: 'pay@nw.example', phone: '+44 20 7946 0100' };
  await house.ports.settings.save({ version, ...settings }, { ...settings, senders: { NWUK: sender } }, [], 'test');
  await fs.mkdir(path.join(house.dir, 'invoices'), { recursive: true });
  await fs.writeFile(path.join(house.dir, 'invoices/A.pdf'), '%PDF-1.4\n% the invoice as it was sent\n');
});
afterAll(() => house.close());

/** The morning of a day: the ledger has been imported, with what has come in. */
async function on(date: string, ...more: LedgerRecord[]): Promise<void> {
  house.time.now = Temporal.Instant.from(`${date}T09:00:00Z`);
  books.push(...more);
  await house.importRecords(books);
}
async function record(request: AccountRequest, by = 'U0MARA'): Promise<void> {
  count += 1;
  const result = await changeAccount(house.ports, OTTERBY, request, by, `test:${count}`);
  if (!result.done) throw new Error(result.refused);
}
const work = async () => (await house.ports.accounts.load(OTTERBY))!.work;

/** Writes a letter, approves it and says that it was sent today; resolves to what the customer reads. */
async function send(kind: Correspondence['kind'], part: Partial<Correspondence> = {}): Promise<{ body: string; attachments: string[] }> {
  const written = await writeCorrespondence(
    house.ports,
    OTTERBY,
    { kind, about: '', entity: '', invoices: [], answers: null, ...part },
    'U0MARA',
  );
  if (!written.done) throw new Error(written.says);
  const { id, hash, content } = (await house.ports.drafts.load(written.draft))!.draft;
  const approve = { do: 'approve', seen: hash, mayApprove: false, at: house.time.now.toString(), send: false } as const;
  expect((await changeDraft(house.ports, id, approve, 'U0MARA', `approve:${id}`)).done).toBe(true);
  const today = day(house.time.now.toString().slice(0, 10));
  expect((await markSent(house.ports, id, hash, today, 'U0MARA', `sent:${id}`)).done).toBe(true);
  expect((await work()).lastContact).toBe(today);
  return { body: content.body, attachments: content.attachments.map(({ name }) => name) };
}

describe('six letters to one customer, none of them a reminder', () => {
  it('Monday 23 November: Ms Larch promises 600.00 for Friday; the letter confirms amount and day', async () => {
    await on('2026-11-23');
    const invoices = [{ invoice: 'A', open: 100_000, free: 100_000 }];
    const what = { id: 'p1', entity: 'NWUK', currency: 'GBP', amount: 60_000, date: day('2026-11-27') } as const;
    await record({ do: 'record-promise', ...what, invoices, saidBy: 'Imogen Larch' });
    const { body } = await send('promise-confirmation', { about: 'p1' });
    expect(body).toContain('£600.00');
    expect(body).toContain('27 November 2026');
  });

  it('Wednesday 2 December: nothing has come in; the letter names the broken promise and asks for its amount', async () => {
    await on('2026-12-02');
    await record({ do: 'close-promise', id: 'p1', outcome: 'broken', paid: 0, note: '' }, 'clock');
    const { body } = await send('promise-broken', { about: 'p1' });
    expect(body).toContain('£600.00');
    expect(body).toContain('27 November 2026');
  });

  it('Thursday 3 December: they ask for a copy of A; it goes as it lies in the folder, and their question counts as answered', async () => {
    await on('2026-12-03');
    await record({ do: 'record-reply', id: 'r1', kind: 'asks-copy', received: day('2026-12-03') });
    const { attachments } = await send('invoice-copy', { entity: 'NWUK', invoices: ['A'], answers: 'r1' });
    expect(attachments).toContain('A.pdf');
    expect((await work()).replies).toEqual([]);
  });

  it('Monday 7 December: they dispute 400.00 of A; the letter acknowledges that part alone', async () => {
    await on('2026-12-07');
    const what = { id: 'd1', entity: 'NWUK', invoice: 'A', currency: 'GBP', amount: 40_000, open: 100_000 } as const;
    const seen = { reason: 'quality', note: 'Two crates were damaged', owner: 'U0TOM', channel: null, until: day('2026-12-21') } as const;
    await record({ do: 'record-dispute', ...what, ...seen });
    const { body } = await send('dispute-received', { about: 'd1' });
    expect(body).toContain('due 17 November 2026: £400.00 (part of £1,000.00)');
    expect(body).toContain('I will reply by 21 December 2026.');
  });

  it('Thursday 10 December: the dispute was rejected; they get a plan with each instalment and its day', async () => {
    await on('2026-12-10');
    await record({ do: 'close-dispute', id: 'd1', parts: [{ outcome: 'rejected', amount: 40_000 }], credited: 0, note: 'carrier' });
    const instalments = (['2026-12-18', '2027-01-18'] as const).map((date) => ({ agreed: day(date), date: day(date), amount: 75_000 }));
    const invoices = [
      { invoice: 'A', open: 100_000, free: 100_000 },
      { invoice: 'B', open: 50_000, free: 50_000 },
    ];
    const plan = { id: 'pl1', entity: 'NWUK', currency: 'GBP', amount: 150_000, instalments, agreedWith: 'Imogen Larch' } as const;
    await record({ do: 'record-plan', ...plan, invoices, needsApproval: false, accelerates: false });
    const { body } = await send('plan-offer', { about: 'pl1' });
    for (const part of ['£750.00', '18 December 2026', '18 January 2027', 'in writing by 17 December 2026']) expect(body).toContain(part);
  });

  it('Friday 18 December: the first instalment is here; the letter thanks for it and asks for nothing', async () => {
    await on('2026-12-18', payment('P-1', 75_000, { A: 75_000 }, { ...NWUK, date: day('2026-12-18') }));
    const [paid] = await house.ports.ledger.payments(OTTERBY, 10);
    const { body } = await send('thanks', { about: paid!.id });
    expect(body).toContain('Thank you for your payment of £750.00, which we received on 18 December 2026.');
  });

  it('the same day: six contacts stand on the file, and no step of the ladder was taken by any of them', async () => {
    const facts = await house.ports.timeline.latest(`account:${OTTERBY}`, 60);
    const contacts = facts.filter((fact) => fact.type === 'contact-made');
    expect(contacts.map((fact) => fact.stage)).toEqual([null, null, null, null, null, null]);
    expect((await work()).ladders).toMatchObject([{ marks: [], named: [], lastCall: null, lastMail: null }]);
  });

  it('Monday 21 December: the plan has come to an end; a letter about it is refused in words', async () => {
    await on('2026-12-21');
    await record({ do: 'close-plan', id: 'pl1', outcome: 'cancelled', paid: 75_000, note: 'they wind up' });
    await expect(send('plan-offer', { about: 'pl1' })).rejects.toThrow('The plan has come to an end. Nothing was written.');
    expect(await house.ports.drafts.open(OTTERBY)).toEqual([]);
  });
});
