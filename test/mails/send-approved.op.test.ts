import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { day } from '../../src/kernel/day.ts';
import { smtpMailer, smtpOptions } from '../../src/mail-server/smtp.ts';
import { changeDraft } from '../../src/mails/change-draft.op.ts';
import type { Draft } from '../../src/mails/draft.ts';
import { prepareDrafts, recheckDrafts } from '../../src/mails/prepare-drafts.op.ts';
import { resolveSend } from '../../src/mails/resolve-send.op.ts';
import { SEND_TIMES, sendApproved } from '../../src/mails/send-approved.op.ts';
import type { SendNeeds } from '../../src/mails/send-plan.op.ts';
import { type House, houseCopies } from '../support/house.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

const src = path.resolve(import.meta.dirname, '../../src');

// Monday, 9 in London.
const houses = houseCopies(src, '2026-11-23T09:00:00Z', ({ ports }) => prepareDrafts(ports));
afterAll(() => houses.close());

let house: House;
let sink: SmtpSink;
let ports: SendNeeds;

beforeEach(async () => {
  house = await houses.open();
  sink = await smtpSink();
  ports = {
    ...house.ports,
    mailer: smtpMailer({ ...smtpOptions(sink.url, null), silence: 500 }),
    times: { ...SEND_TIMES, perMinute: 1000 },
    replySecret: null,
  };
});

afterEach(async () => {
  await sink.close();
  await house.close();
});

const stateOf = async (id: string) => (await house.ports.drafts.load(id))!.draft;

/** One approved and queued mail to a customer in London. */
async function queueOne(): Promise<Draft> {
  for (const { draft } of await house.ports.drafts.open()) {
    const account = await house.ports.ledger.account(draft.account);
    if (draft.secondPerson || account?.country !== 'GB') continue;
    return approve(draft);
  }
  throw new Error('no draft to a British customer');
}

async function approve(draft: Draft): Promise<Draft> {
  const request = { do: 'approve' as const, seen: draft.hash, mayApprove: false, at: house.time.now.toString(), send: true };
  const result = await changeDraft(house.ports, draft.id, request, 'U0MARA', `approve:${draft.id}:${draft.delivery?.tries ?? 0}`);
  if (!result.done) throw new Error(result.refused);
  return result.draft;
}

describe('an approved mail', () => {
  it('is sent once, as it was approved, and is a contact of the account', async () => {
    const draft = await queueOne();
    expect(draft.state).toBe('queued');
    expect(await sendApproved(ports)).toBe(1);
    expect(await sendApproved(ports)).toBe(0);
    expect(sink.taken).toHaveLength(1);
    expect(sink.taken[0]!.to).toEqual(draft.content.to.map(({ address }) => address));
    expect(sink.taken[0]!.from).toBe(draft.content.from.address);
    const sent = await stateOf(draft.id);
    expect(sent.state).toBe('sent');
    expect(sent.sentOn).toBe('2026-11-23');
    expect(sink.taken[0]!.bytes.toString()).toContain(`Message-ID: ${sent.delivery!.messageId}`);
    const account = (await house.ports.accounts.load(draft.account))!;
    expect(account.work.lastContact).toBe('2026-11-23');
  });
});

describe('what the mail server says', () => {
  it('refused after the final dot: the mail has failed, with its words, and can be approved again', async () => {
    sink.behave('refuse-after-dot');
    const draft = await queueOne();
    await sendApproved(ports);
    const failed = await stateOf(draft.id);
    expect(failed.state).toBe('failed');
    expect(failed.approvals).toEqual([]);
    expect(failed.delivery!.said).toContain('refused by policy');
    expect(sink.taken).toHaveLength(0);
    expect(await house.ports.jobs.get(`send-trouble:${draft.id}:1`)).not.toBeNull();
    sink.behave('accept');
    await sendApproved(ports);
    expect(sink.taken).toHaveLength(0);
    await approve(failed);
    await sendApproved(ports);
    expect((await stateOf(draft.id)).state).toBe('sent');
    expect(sink.taken).toHaveLength(1);
  });

  it('no such mailbox: the address counts as bounced, and the next mail goes to another contact or is a gap', async () => {
    sink.behave('refuse-recipient');
    const draft = await queueOne();
    await sendApproved(ports);
    const failed = await stateOf(draft.id);
    expect(failed).toMatchObject({ state: 'failed', delivery: { said: expect.stringContaining('550 5.1.1') } });
    const { address } = draft.content.to[0]!;
    const contacts = (await house.ports.accounts.load(draft.account))!.work.contacts;
    expect(contacts).toMatchObject([{ bounced: { email: address, on: '2026-11-23' } }]);
    sink.behave('accept');
    await recheckDrafts(house.ports);
    const { gaps } = await prepareDrafts(house.ports);
    expect(await stateOf(draft.id)).toMatchObject({ state: 'void' });
    const anew = (await house.ports.drafts.open(draft.account)).map(({ draft: { content } }) => content.to[0]!.address);
    expect(anew).not.toContain(address);
    expect(anew.length + gaps.filter(({ account, why }) => account === draft.account && why === 'no-recipient').length).toBe(1);
  });

  it.each(['greylist', 'defer-after-dot', 'cut-at-mail-from', 'cut-at-data'] as const)(
    '%s: nothing was taken; it is tried again later',
    async (mood) => {
      sink.behave(mood);
      const draft = await queueOne();
      await sendApproved(ports);
      const waiting = await stateOf(draft.id);
      expect(waiting.state).toBe('queued');
      expect(waiting.delivery!.waitsUntil).toBe('2026-11-23T09:01:00Z');
      expect(await sendApproved(ports)).toBe(0);
      sink.behave('accept');
      house.time.now = house.time.now.add({ minutes: 1 });
      await sendApproved(ports);
      expect((await stateOf(draft.id)).state).toBe('sent');
      expect(sink.taken).toHaveLength(1);
    },
  );

  it('a server that never takes it: it has failed after six tries', async () => {
    sink.behave('greylist');
    const draft = await queueOne();
    for (let minutes = 0; minutes < 240; minutes += 10) {
      await sendApproved(ports);
      house.time.now = house.time.now.add({ minutes: 10 });
    }
    const failed = await stateOf(draft.id);
    expect(failed.state).toBe('failed');
    expect(failed.delivery!.tries).toBe(6);
    expect(failed.delivery!.said).toContain('greylisted');
  });

  it.each(['cut-after-dot', 'silent-after-dot'] as const)(
    '%s: nobody knows whether it was taken; it is not sent again before a person has answered',
    async (mood) => {
      sink.behave(mood);
      const draft = await queueOne();
      await sendApproved(ports);
      sink.behave('accept');
      expect((await stateOf(draft.id)).state).toBe('ambiguous');
      for (let hours = 0; hours < 3; hours += 1) {
        house.time.now = house.time.now.add({ hours: 1 });
        await recheckDrafts(house.ports);
        await prepareDrafts(house.ports);
        await sendApproved(ports);
      }
      expect(sink.taken).toHaveLength(1);
      expect((await stateOf(draft.id)).state).toBe('ambiguous');
      expect(await house.ports.jobs.get(`send-trouble:${draft.id}:1`)).not.toBeNull();
      expect(await resolveSend(ports, draft.id, true, 'U0MARA', 'click:1')).toMatchObject({ done: true });
      expect((await stateOf(draft.id)).state).toBe('sent');
      expect((await house.ports.accounts.load(draft.account))!.work.lastContact).toBe('2026-11-23');
    },
  );

  it('not delivered, a person says: it can be approved anew and goes out under the same message id', async () => {
    sink.behave('cut-after-dot');
    const draft = await queueOne();
    await sendApproved(ports);
    const { messageId } = (await stateOf(draft.id)).delivery!;
    await resolveSend(ports, draft.id, false, 'U0MARA', 'click:1');
    const failed = await stateOf(draft.id);
    expect(failed.state).toBe('failed');
    sink.behave('accept');
    house.time.now = house.time.now.add({ hours: 1 });
    await sendApproved(ports);
    expect(sink.taken).toHaveLength(1);
    await approve(failed);
    await sendApproved(ports);
    expect(await stateOf(draft.id)).toMatchObject({ state: 'sent', delivery: { messageId } });
    expect(sink.taken).toHaveLength(2);
  });

  it('accepts and dies: it was taken', async () => {
    sink.behave('accept-and-die');
    const draft = await queueOne();
    await sendApproved(ports);
    expect((await stateOf(draft.id)).state).toBe('sent');
  });

  it('no server at all: it waits', async () => {
    await sink.close();
    const draft = await queueOne();
    await sendApproved(ports);
    expect(await stateOf(draft.id)).toMatchObject({ state: 'queued', delivery: { waitsFor: 'server-trouble', tries: 0 } });
    sink = await smtpSink();
  });
});

describe('a mail waits', () => {
  it('outside the customer’s working hours until they begin', async () => {
    house.time.now = Temporal.Instant.from('2026-11-23T18:00:00Z');
    const draft = await queueOne();
    await sendApproved(ports);
    expect(await stateOf(draft.id)).toMatchObject({
      state: 'queued',
      delivery: { waitsUntil: '2026-11-24T08:00:00Z', waitsFor: 'working-hours' },
    });
    house.time.now = Temporal.Instant.from('2026-11-24T07:59:59Z');
    await sendApproved(ports);
    expect(sink.taken).toHaveLength(0);
    house.time.now = Temporal.Instant.from('2026-11-24T08:00:00Z');
    await sendApproved(ports);
    expect(sink.taken).toHaveLength(1);
  });

  it('while its domain has had its share of the minute', async () => {
    const draft = await queueOne();
    const narrow = { ...ports, times: { ...ports.times, perMinute: 1 } };
    const domain = draft.content.to[0]!.address.split('@')[1]!;
    await house.ports.mailRates.take(domain, house.time.now, 1);
    expect(await sendApproved(narrow)).toBe(0);
    house.time.now = house.time.now.add({ minutes: 1 });
    expect(await sendApproved(narrow)).toBe(1);
  });

  it('is voided when it is still unsent behind the working day after its own', async () => {
    house.time.now = Temporal.Instant.from('2026-11-23T18:00:00Z');
    const draft = await queueOne();
    house.time.now = Temporal.Instant.from('2026-11-25T09:00:00Z');
    await sendApproved(ports);
    expect((await stateOf(draft.id)).state).toBe('void');
    expect(sink.taken).toHaveLength(0);
  });
});

it('a mail that cannot be handled holds up no other one', async () => {
  const london = [];
  for (const { draft } of await house.ports.drafts.open()) {
    const account = await house.ports.ledger.account(draft.account);
    if (!draft.secondPerson && account?.country === 'GB') london.push(await approve(draft));
  }
  expect(london.length).toBeGreaterThan(1);
  let asked = 0;
  const mailRates = {
    async take() {
      asked += 1;
      if (asked === 1) throw new Error('this one is broken');
      return true;
    },
  };
  await expect(sendApproved({ ...ports, mailRates })).rejects.toThrow('1 of 4 approved mails could not be handled');
  expect(sink.taken).toHaveLength(london.length - 1);
});

describe('between approval and the last word', () => {
  /** The mailer asks for the last word only after `meanwhile`. */
  const slow = (meanwhile: () => Promise<unknown>): SendNeeds => ({
    ...ports,
    mailer: {
      ...ports.mailer,
      send: (from, to, bytes, lastWord) =>
        ports.mailer.send(from, to, bytes, async () => {
          await meanwhile();
          return lastWord();
        }),
    },
  });

  it('a hold keeps the mail back', async () => {
    const draft = await queueOne();
    const hold = { do: 'hold' as const, until: day('2026-12-01'), reason: 'asked to wait' };
    await sendApproved(slow(() => changeAccount(house.ports, draft.account, hold, 'U0INES', 'hold')));
    expect(sink.taken).toHaveLength(0);
    await sendApproved(ports);
    expect((await stateOf(draft.id)).state).toBe('void');
    expect(sink.taken).toHaveLength(0);
  });

  it('another instance takes the mail over: the first sends nothing', async () => {
    const draft = await queueOne();
    const other = () => {
      house.time.now = house.time.now.add({ minutes: 10 });
      return sendApproved(ports);
    };
    await sendApproved(slow(other));
    // The first connection may have been given up before the other instance was done.
    await expect.poll(async () => (await stateOf(draft.id)).state).toBe('sent');
    expect(sink.taken).toHaveLength(1);
  });

  it('an answer that comes after the claim has lapsed still counts', async () => {
    const draft = await queueOne();
    const { send } = ports.mailer;
    const late: SendNeeds = {
      ...ports,
      mailer: {
        ...ports.mailer,
        async send(...args) {
          const came = await send(...args);
          house.time.now = house.time.now.add({ minutes: 30 });
          await sendApproved(ports);
          expect((await stateOf(draft.id)).state).toBe('ambiguous');
          return came;
        },
      },
    };
    await sendApproved(late);
    expect((await stateOf(draft.id)).state).toBe('sent');
    expect(sink.taken).toHaveLength(1);
    house.time.now = house.time.now.add({ minutes: 30 });
    await sendApproved(ports);
    expect(await house.ports.sendClaims.lapsed(house.time.now)).toEqual([]);
  });

  it('nothing is sent while an import is being applied', async () => {
    await queueOne();
    const run = await house.ports.intake.begin({ source: 'books', now: house.time.now, sample: false, tellsBalances: true });
    if (!('write' in run)) throw new Error('busy');
    expect(await sendApproved(ports)).toBe(0);
    await run.abandon();
    expect(await sendApproved(ports)).toBe(1);
  });
});
