import mongoose from 'mongoose';
import type { Draft } from '../../src/mails/draft.ts';
import { type PostOffice, postOffice } from '../support/post-office.ts';
import { smtpSink } from '../support/smtp-sink.ts';

type Change = (office: PostOffice, draft: Draft, n: number) => Promise<unknown>;

/** While the mail server has all of the message but its end. */
const LATE: Readonly<Record<string, Change>> = {
  payment: (office, draft, n) => office.importRecords([receipt(draft, n)]),
  'do not contact': (office, draft, n) => office.importRecords([contact(n, true, draft.content.to[0]!.address)]),
  'another address': (office, draft, n) =>
    office.importRecords([contact(n, true, draft.content.to[0]!.address), contact(n, false, `other${n}@customer.example`)]),
  hold: (office, draft, n) => change(office, draft, { do: 'hold', until: '2026-12-01', reason: 'asked to wait' }, n),
  status: (office, draft, n) => change(office, draft, { do: 'set-status', status: 'insolvent', reason: 'court notice' }, n),
  promise,
  dispute,
};

/** Behind everybody's back, before it is sent. */
const IN_STORE: Readonly<Record<string, object>> = {
  recipient: { 'draft.content.to.0.address': 'c@evil.example' },
  'one more recipient': { 'draft.content.cc': [{ name: '', address: 'c@evil.example' }] },
  sender: { 'draft.content.from.address': 'c@evil.example' },
  subject: { 'draft.content.subject': 'Our bank details have changed' },
  body: { 'draft.content.body': 'Please pay to another account.' },
  attachment: { 'draft.content.attachments': [{ name: 'a.pdf', type: 'application/pdf', sha256: '0'.repeat(64), size: 1, shows: '' }] },
  balance: { 'draft.content.invoices.0.residual': 1 },
};

/** Changes between the approval and the last word: none of the mails may be taken, and each approval is void afterwards. */
export async function changedWhileSending(rounds: number, src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const late = Object.values(LATE);
  const inStore = Object.values(IN_STORE);
  const figures = { lateChanges: 0, storeChanges: 0, sentAnyway: 0, notVoided: 0, unchanged: 0, unchangedNotSent: 0 };
  const sink = await smtpSink();
  const office = await postOffice(src, { customers: rounds * (late.length + inStore.length + 1) });
  const raw = await mongoose.createConnection(office.uri).asPromise();
  try {
    const ports = office.through(sink.port);
    for (const [n, draft] of office.drafts.entries()) {
      await office.approve(draft);
      const which = n % (late.length + inStore.length + 1);
      const changeLate = late[which];
      const changeStored = inStore[which - late.length];
      const before = sink.taken.length;
      if (changeStored) await raw.collection('drafts').updateOne({ _id: draft.id as never }, { $set: changeStored });
      const number = Number(draft.content.invoices[0]!.number.slice('INV-'.length));
      const send: typeof ports.mailer.send = (from, to, bytes, lastWord) =>
        ports.mailer.send(from, to, bytes, async () => {
          await changeLate?.(office, draft, number);
          return lastWord();
        });
      await office.sendApproved({ ...ports, mailer: { ...ports.mailer, send } });
      await office.sendApproved(ports);
      const { state } = (await office.parts.drafts.load(draft.id))!.draft;
      const sent = sink.taken.length > before;
      if (!changeLate && !changeStored) {
        figures.unchanged += 1;
        if (!sent || state !== 'sent') figures.unchangedNotSent += 1;
        continue;
      }
      figures[changeLate ? 'lateChanges' : 'storeChanges'] += 1;
      if (sent) figures.sentAnyway += 1;
      if (state !== 'void') figures.notVoided += 1;
    }
    return { held: figures.sentAnyway + figures.notVoided + figures.unchangedNotSent === 0, figures };
  } finally {
    await raw.close();
    await office.close();
    await sink.close();
  }
}

async function change(office: PostOffice, draft: Draft, request: object, n: number): Promise<void> {
  const { changeAccount } = await office.load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts');
  must(await changeAccount(office.parts, draft.account, request as never, 'U0INES', `change:${n}`));
}

function receipt({ content, entity }: Draft, n: number) {
  const { number, currency } = content.invoices[0]!;
  const allocations = [{ invoice: number, amount: 1 }];
  const date = '2026-11-23' as never;
  const money = { number: `P${n}`, currency, amount: 1, date, allocations, annulled: false, reason: '' };
  return { kind: 'payment' as const, account: { number: `C${n}` }, entity, ...money };
}

function contact(n: number, doNotContact: boolean, email: string) {
  const person = { name: 'Accounts Payable', email, phone: '', role: 'accounts-payable', rank: 1, doNotContact };
  return { kind: 'contact' as const, account: { number: `C${n}` }, ...person };
}

async function promise(office: PostOffice, { account, entity, content }: Draft, n: number): Promise<void> {
  const { recordPromise } =
    await office.load<typeof import('../../src/arrangements/record-promise.op.ts')>('arrangements/record-promise.op.ts');
  const invoices = [{ entity, number: content.invoices[0]!.number }];
  const asked = { id: `p${n}`, account, invoices, amount: null, date: '2026-12-01' as never, saidBy: 'AP' };
  must(await recordPromise(office.parts, asked, 'U0MARA', `promise:${n}`));
}

async function dispute(office: PostOffice, { account, entity, content }: Draft, n: number): Promise<void> {
  const { recordDispute } =
    await office.load<typeof import('../../src/arrangements/record-dispute.op.ts')>('arrangements/record-dispute.op.ts');
  const invoice = { entity, number: content.invoices[0]!.number };
  const asked = { id: `d${n}`, account, invoice, amount: 1, reason: 'price', note: 'wrong price', owner: 'U0MARA' };
  must(await recordDispute(office.parts, asked as never, 'U0MARA', `dispute:${n}`));
}

function must(result: { done: boolean }): void {
  if (!result.done) throw new Error(`a change was refused: ${JSON.stringify(result)}`);
}
