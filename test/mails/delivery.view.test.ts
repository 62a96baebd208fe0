import { expect, it } from 'vitest';
import { BY_SERVER, type Delivery, isNoMailbox } from '../../src/mails/delivery.ts';
import { deliveryStatus, failureAdvice } from '../../src/mails/delivery.view.ts';
import type { Draft } from '../../src/mails/draft.ts';

const TRIED: Delivery = {
  messageId: '<d1.ab@northwind.example>',
  fence: 1,
  tries: 1,
  waitsUntil: null,
  waitsFor: null,
  said: '250 2.0.0 taken as 7',
  sha256: '',
  at: '2026-11-23T09:05:00Z',
  approvedBy: 'U0MARA',
};
const status = (state: Draft['state'], closed: string, delivery: Partial<Delivery>) =>
  deliveryStatus({ state, closed, hash: 'h', approvals: [], delivery: { ...TRIED, ...delivery } } as unknown as Draft, true).join('\n');

it('a sent mail says what the server said', () => {
  expect(status('sent', BY_SERVER, {})).toContain('The mail server said: “250 2.0.0 taken as 7”');
});

it('one that a person found delivered says so, and not what went wrong', () => {
  const said = status('sent', BY_SERVER, { said: 'The mail server did not answer as a mail server does: Connection closed unexpectedly' });
  expect(said).toContain('a person found out that it was delivered');
  expect(said).not.toContain('Connection closed');
});

it('one sent by hand after a failure is not said to have left through the server', () => {
  expect(status('sent', 'Sent by hand.', { said: '554 5.7.1 refused' })).toBe(':outbox_tray: *Sent* by hand');
});

it('a failure without an answer is told as a sentence of ours, an answer as a quotation', () => {
  expect(status('failed', '', { said: 'The certificate of the mail server cannot be trusted' })).not.toContain('The mail server said');
  expect(status('failed', '', { said: '554 no <b>' })).toContain('The mail server said: “554 no &lt;b&gt;”');
});

it.each([
  ['550 5.1.1 no such user', true],
  ['550-5.1.1 The email account does not exist', true],
  ['556 5.1.10 null MX', true],
  ['550 5.7.1 rejected by policy', false],
  ['550 5.1.11 something else', false],
  ['450 4.1.1 try later', false],
])('%s: no mailbox %s', (said, none) => {
  expect(isNoMailbox(said)).toBe(none);
});

it('an answer that nothing is known of leaves both ways open', () => {
  expect(failureAdvice('554 5.7.1 refused')).toBe('Approve it again for another try, or send it yourself and press “I sent it”');
});

const queued = (plan: Parameters<typeof deliveryStatus>[2], delivery: Partial<Delivery> = {}) =>
  deliveryStatus(
    { state: 'queued', hash: 'h', approvals: [], delivery: { ...TRIED, said: '', ...delivery } } as unknown as Draft,
    true,
    plan,
  ).join('\n');
const AT = Temporal.Instant.from('2026-11-23T09:34:00Z');

it('a queued mail says when it leaves: within a minute, or after those that are more urgent', () => {
  expect(queued({ at: AT, ahead: 0, trouble: null })).toContain('it leaves within a minute');
  expect(queued({ at: AT, ahead: 211, trouble: null })).toMatch(
    /it leaves about <!date\^\d+.*2026-11-23T09:34Z>, after 211 more urgent emails/,
  );
});

it('while the mailbox is in trouble a queued mail says so, and not what one server said to another mail', () => {
  const trouble = {
    of: '',
    kind: 'login',
    said: '535 no',
    since: '',
    failures: 1,
    probeAt: AT.toString(),
    draft: 'd',
    over: null,
  } as const;
  const said = queued({ at: AT, ahead: 3, trouble }, { said: '535 no', waitsUntil: AT.toString(), waitsFor: 'server-trouble' });
  expect(said).toContain('*Not sent yet*: the mail server refuses our login. The admins know. The next try is <!date^');
  expect(said).not.toContain('535 no');
});
