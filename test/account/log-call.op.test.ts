import { afterAll, beforeAll, expect, it } from 'vitest';
import { markBouncedReply } from '../../src/account/bounce-reply.op.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { type CallAsked, logCall } from '../../src/account/log-call.op.ts';
import { ladderOf } from '../../src/follow-up/ladder.ts';
import { day } from '../../src/kernel/day.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { AccountPart } from '../../src/ledger/ledger-record.ts';
import { contact, invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';
import { startOf } from '../support/start-of.ts';
import { worldOf } from '../support/world.ts';

// Monday 23 November 2026; both accounts are known since October.
const NOW = '2026-11-23T09:00:00Z';
let place: LedgerPlace;
const clock = { now: () => Temporal.Instant.from(NOW) };
const ports = () => worldOf({ ...place.stores, clock, holidays: () => new Set<string>() });

const DUE: Readonly<Record<string, string>> = { 'C-1': '2026-11-06', 'C-2': '2026-10-10' };

beforeAll(async () => {
  place = await ledgerPlace();
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  await place.stores.settings.load({ ...where, commands });
  for (const [number, due] of Object.entries(DUE)) {
    const account: AccountPart = {
      number,
      name: `Customer ${number}`,
      country: 'GB',
      language: 'en',
      zone: 'Europe/London',
      entity: 'NWUK',
    };
    const more = { account: number, entity: 'NWUK', currency: 'GBP', total: 100_000, issued: day('2026-09-01'), due: day(due) };
    await place.load([
      { kind: 'account', account },
      contact('Imogen Larch', { account: number, email: `larch@${number.toLowerCase()}.example`, phone: '+44 20 7946 0123' }),
      invoice(`I-${number}`, more),
    ]);
  }
});
afterAll(() => place.close());

const asked = (number: string, more: Partial<CallAsked> = {}): CallAsked => ({
  account: accountId(number),
  contact: '',
  outcome: 'no-commitment',
  reason: null,
  note: '',
  promise: null,
  dispute: null,
  ...more,
});
const confirm = async (number: string, key: string) => {
  const start = startOf('NWUK', key, [{ number: `I-${number}`, due: DUE[number]! }]);
  const done = await changeAccount(ports(), accountId(number), start, 'U0MARA', `start:${number}`);
  if (!done.done) throw new Error(done.refused);
};
const workOf = async (number: string) => (await place.stores.accounts.load(accountId(number)))!.work;
const stageOf = async (number: string) => ladderOf((await workOf(number)).ladders, 'NWUK').marks.map(({ stage }) => stage);

it('the same form twice is one call and one promise', async () => {
  await confirm('C-1', 'reminder');
  const promise = {
    id: 'p1',
    invoices: [{ entity: 'NWUK', number: 'I-C-1' }],
    amount: null,
    date: day('2026-11-27'),
    saidBy: 'Ms Larch',
  };
  const call = asked('C-1', { outcome: 'promise', promise, reason: 'cash-flow' });
  expect(await logCall(ports(), call, false, 'U0MARA', 'submit:V1')).toMatchObject({ done: true, again: false });
  expect(await logCall(ports(), call, false, 'U0MARA', 'submit:V1')).toMatchObject({ done: true, again: true });
  expect((await workOf('C-1')).promises).toHaveLength(1);
  expect(await stageOf('C-1')).toEqual(['call']);
});

it('a manager’s call is made by a manager: anybody else’s is recorded and leaves it due', async () => {
  await confirm('C-2', 'second-contact');
  const mara = await logCall(ports(), asked('C-2', { outcome: 'no-answer' }), false, 'U0MARA', 'submit:V2');
  expect(mara).toMatchObject({ done: true });
  expect(await stageOf('C-2')).toEqual(['second-contact']);
  const ines = await logCall(ports(), asked('C-2'), true, 'U0INES', 'submit:V3');
  expect(ines).toMatchObject({ done: true });
  expect(await stageOf('C-2')).toEqual(['manager-call']);
});

it('nothing is recorded of a call whose promise names an invoice that is not open', async () => {
  const promise = { id: 'p2', invoices: [{ entity: 'NWUK', number: 'I-9' }], amount: null, date: day('2026-11-27'), saidBy: 'Ms Larch' };
  const before = (await place.stores.accounts.load(accountId('C-2')))!.version;
  expect(await logCall(ports(), asked('C-2', { outcome: 'promise', promise }), true, 'U0INES', 'submit:V4')).toEqual({
    done: false,
    refused: 'invoice-not-open',
  });
  expect((await place.stores.accounts.load(accountId('C-2')))!.version).toBe(before);
});

it('a bounce marks the contact whose whole address it names, and nobody else', async () => {
  const keep = (id: string, text: string) =>
    place.stores.replyTexts.keep({ id, account: accountId('C-2'), from: 'mailer-daemon', text: untrusted(text) });
  await keep('r1', 'No such user: mylarch@c-2.example.org');
  await markBouncedReply(ports(), accountId('C-2'), 'r1');
  expect((await workOf('C-2')).contacts).toEqual([]);
  await keep('r2', 'Your mail to <LARCH@C-2.example> came back.');
  await markBouncedReply(ports(), accountId('C-2'), 'r2');
  await markBouncedReply(ports(), accountId('C-2'), 'r2');
  expect((await workOf('C-2')).contacts).toMatchObject([{ bounced: { email: 'larch@c-2.example', on: '2026-11-23' } }]);
});

it('a mail that came back from all of its addresses counts as not sent; from one of two it does not', async () => {
  const account = accountId('C-2');
  const on = day('2026-11-23');
  const stage = { key: 'final-notice', offset: 45 };
  const said = { firm: true, took: [{ invoice: 'I-C-2', stage: stage.key, days: 45, asked: 100_000, formal: true }], named: ['I-C-2'] };
  const request = { do: 'record-contact', entity: 'NWUK', on, channel: 'email', purpose: 'stage', stage, invoices: ['I-C-2'] } as const;
  await changeAccount(ports(), account, { ...request, open: ['I-C-2'], said }, 'U0MARA', 'sent:d1');
  expect(await stageOf('C-2')).toEqual(['final-notice']);
  const bounce = async (id: string, text: string, cc: string[]) => {
    const content = { to: [{ address: 'Larch@c-2.example' }], cc: cc.map((address) => ({ address })) };
    const sent = [{ draft: { id: 'd1', entity: 'NWUK', sentOn: on, correspondence: null, content } }];
    const drafts = { ...place.stores.drafts, lastSent: async () => sent as never };
    await place.stores.replyTexts.keep({ id, account, from: 'mailer-daemon', text: untrusted(text) });
    await markBouncedReply({ ...ports(), drafts }, account, id);
  };
  await bounce('r3', 'No such user: larch@c-2.example', ['post@c-2.example']);
  expect(await stageOf('C-2')).toEqual(['final-notice']);
  await bounce('r4', 'Out of office', []);
  expect(await stageOf('C-2')).toEqual(['final-notice']);
  await bounce('r5', 'No such user: larch@c-2.example', []);
  await bounce('r5', 'No such user: larch@c-2.example', []);
  expect(await stageOf('C-2')).toEqual(['manager-call']);
});
