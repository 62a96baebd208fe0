import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RAISE_ALERT } from '../../src/follow-up/tell-alerts.op.ts';
import { smtpMailer, smtpOptions } from '../../src/mail-server/smtp.ts';
import { changeDraft } from '../../src/mails/change-draft.op.ts';
import type { Draft } from '../../src/mails/draft.ts';
import { prepareDrafts } from '../../src/mails/prepare-drafts.op.ts';
import { SEND_TIMES, sendApproved, sendRound } from '../../src/mails/send-approved.op.ts';
import { readMailbox, releaseProbe } from '../../src/mails/send-mailbox.op.ts';
import { type SendNeeds, sendPlan } from '../../src/mails/send-plan.op.ts';
import { type House, houseCopies } from '../support/house.ts';
import { type SinkMood, type SmtpSink, smtpSink } from '../support/smtp-sink.ts';
import { worldOf } from '../support/world.ts';

const src = path.resolve(import.meta.dirname, '../../src');

// Monday, 9 in London.
const houses = houseCopies(src, '2026-11-23T09:00:00Z', ({ ports }) => prepareDrafts(ports));
afterAll(() => houses.close());

let house: House;
let sink: SmtpSink;
let london: Draft[];

beforeEach(async () => {
  house = await houses.open();
  sink = await smtpSink({ password: 'right' });
  london = [];
  for (const { draft } of await house.ports.drafts.open()) {
    const account = await house.ports.ledger.account(draft.account);
    if (!draft.secondPerson && account?.country === 'GB') london.push(await approve(draft));
  }
  expect(london.length).toBeGreaterThan(3);
});

afterEach(async () => {
  await sink.close();
  await house.close();
});

const through = (url = sink.url, silence = 15_000): SendNeeds =>
  worldOf({
    ...house.ports,
    mailer: smtpMailer({ ...smtpOptions(url, null), silence }),
    times: { ...SEND_TIMES, perMinute: 1000 },
    replySecret: null,
  });

async function approve(draft: Draft): Promise<Draft> {
  const request = { do: 'approve' as const, seen: draft.hash, mayApprove: false, at: house.time.now.toString(), send: true };
  const result = await changeDraft(house.ports, draft.id, request, 'U0MARA', `approve:${draft.id}:${draft.delivery?.tries ?? 0}`);
  if (!result.done) throw new Error(result.refused);
  return result.draft;
}

const states = async () => {
  const drafts = await Promise.all(london.map(async ({ id }) => (await house.ports.drafts.load(id))!.draft));
  return drafts.map(({ state, delivery }) => ({ state, tries: delivery!.tries }));
};
const later = (minutes: number) => {
  house.time.now = house.time.now.add({ minutes });
};

/** Alerts that the admins are owed. */
async function owed(): Promise<string[]> {
  const causes: string[] = [];
  for (;;) {
    const job = await house.ports.jobs.claim([RAISE_ALERT], 'test', house.time.now, 60);
    if (!job) return causes.sort();
    const { cause } = job.payload as { cause: string };
    if (cause.startsWith('mail-')) causes.push(cause);
    await house.ports.jobs.done(job);
  }
}

const DOCUMENTED: readonly (readonly [string, SinkMood])[] = [
  [
    'SMTP AUTH by password was switched off',
    { at: 'mail', say: '550 5.7.30 Basic authentication is not supported for Client Submission.' },
  ],
  ['the daily quota of Google', { at: 'mail', say: '550 5.4.5 Daily sending quota exceeded.' }],
  ['the recipient limit of Exchange', { at: 'data', say: "550 5.1.90 Your message can't be sent because you've reached your daily limit" }],
  ['a mailbox that is banned', { at: 'data', say: '550 5.1.8 Access denied, bad outbound sender' }],
  ['SendAsDenied', { at: 'data', say: '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied' }],
  ['a relay that knows us no more', { at: 'rcpt', say: '554 5.7.1 <ap@alder.example>: Relay access denied' }],
];

describe('what is no mail’s fault', () => {
  it('a wrong password: one alert, no mail fails and no try is used up; once it works all leave and the alert is ended', async () => {
    const wrong = through(sink.url.replace('right', 'wrong'));
    for (let n = 0; n < 40; n += 1) {
      expect(await sendApproved(wrong)).toBe(0);
      later(1);
    }
    expect(await states()).toEqual(london.map(() => ({ state: 'queued', tries: 0 })));
    // Three that were under way together, then probes 1, 2, 4, 8 and 15 minutes apart.
    expect(sink.logins()).toBeLessThanOrEqual(8);
    expect(await owed()).toEqual(['mail-stopped']);
    const plan = await sendPlan(wrong, (await house.ports.drafts.load(london[0]!.id))!.draft);
    expect(plan.trouble).toMatchObject({ kind: 'login', said: expect.stringContaining('5.7.8 wrong password') });
    // An admin has corrected it and started the program anew.
    const right = through();
    await releaseProbe(right, null);
    await sendApproved(right);
    await sendApproved(right);
    expect(await states()).toEqual(london.map(() => ({ state: 'sent', tries: 1 })));
    expect(sink.taken).toHaveLength(london.length);
    expect(await owed()).toEqual(['mail-works']);
  });

  it.each(DOCUMENTED)('%s: all wait, one alert, then all leave', async (_, mood) => {
    sink.behave(mood);
    const ports = through();
    for (let n = 0; n < 120; n += 1) {
      await sendApproved(ports);
      later(1);
    }
    expect(await states()).toEqual(london.map(() => ({ state: 'queued', tries: 0 })));
    expect(await owed()).toEqual(['mail-stopped']);
    expect((await readMailbox(ports)).troubles[0]!.said).not.toContain('@');
    sink.behave('accept');
    for (let n = 0; n < 16; n += 1) {
      await sendApproved(ports);
      later(1);
    }
    expect(await states()).toEqual(london.map(() => ({ state: 'sent', tries: 1 })));
    expect(await owed()).toEqual(['mail-works']);
  });

  it('a server that is away for a moment is no alert, one that stays away is', async () => {
    const ports = through();
    await sink.close();
    await sendApproved(ports);
    expect(await owed()).toEqual([]);
    later(1);
    await sendApproved(ports);
    expect(await owed()).toEqual(['mail-stopped']);
    expect(await states()).toEqual(london.map(() => ({ state: 'queued', tries: 0 })));
    sink = await smtpSink();
  });
});

it('a mail at which the server hangs up each time stops no other one, and fails by itself', async () => {
  const bad = london[0]!;
  sink.behave({ at: 'rcpt', say: '421 4.3.2 closing', to: bad.content.to[0]!.address });
  const ports = through();
  for (let n = 0; n < 200; n += 1) {
    await sendApproved(ports);
    later(1);
  }
  const found = await states();
  expect(found[0]).toMatchObject({ state: 'failed' });
  expect(found.slice(1)).toEqual(london.slice(1).map(() => ({ state: 'sent', tries: 1 })));
});

describe('a server that hangs', () => {
  it('before the final dot is given up in time; nothing was taken, and it holds up no other mail for minutes', async () => {
    sink.behave('hang-at-mail-from');
    const ports = through();
    const hanging = { ...ports, mailer: smtpMailer({ ...smtpOptions(sink.url, null), patience: 300 }) };
    const began = performance.now();
    await sendApproved(hanging);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await states()).toEqual(london.map(() => ({ state: 'queued', tries: 0 })));
    expect((await readMailbox(hanging)).troubles).toMatchObject([{ kind: 'unreachable', said: expect.stringContaining('no answer for') }]);
    expect(sink.taken).toEqual([]);
  });

  it('and takes no byte of the message: given up as well', async () => {
    const sockets: net.Socket[] = [];
    const deaf = net.createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.write('220 deaf\r\n');
      socket.on('data', (chunk) => {
        const said = chunk.toString('latin1');
        if (/^(EHLO|MAIL|RCPT)/.test(said)) socket.write('250 ok\r\n');
        if (!/^DATA/.test(said)) return;
        socket.write('354 go\r\n');
        socket.pause();
      });
    });
    await new Promise<void>((resolve) => void deaf.listen(0, '127.0.0.1', resolve));
    const options = { ...smtpOptions(`smtp://127.0.0.1:${(deaf.address() as AddressInfo).port}`, null), patience: 400 };
    let asked = 0;
    const lastWord = async () => {
      asked += 1;
      return true;
    };
    const bytes = Buffer.alloc(20_000_000, 'x\r\n');
    const came = await smtpMailer(options).send('ar@northwind.example', ['ap@alder.example'], bytes, lastWord);
    expect(came).toMatchObject({ outcome: 'held', kind: 'unreachable' });
    expect(asked).toBe(0);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => void deaf.close(resolve));
  });
});

describe('what the mailbox may send', () => {
  it('a queue waits its turn without losing a try, and says when each mail leaves', async () => {
    const ports = { ...through(), times: { ...SEND_TIMES, perMinute: 1000, limits: { perMinute: 2, recipientsPerDay: 1000 } } };
    const last = london.at(-1)!;
    const before = await sendPlan(ports, last);
    expect(before.ahead).toBe(london.length - 1);
    const first = await sendRound(ports);
    expect(first.sent).toBe(2);
    expect(first.next!.since(house.time.now).total('seconds')).toBe(61);
    expect(await sendApproved(ports)).toBe(0);
    for (let n = 2; n < london.length; n += 2) {
      house.time.now = house.time.now.add({ seconds: 61 });
      await sendApproved(ports);
    }
    expect(await states()).toEqual(london.map(() => ({ state: 'sent', tries: 1 })));
    expect(Temporal.Instant.compare(before.at, house.time.now)).toBe(0);
  });
});
