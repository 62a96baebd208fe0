import { expect, it } from 'vitest';
import { BY_SERVER, type Delivery, isNoMailbox } from '../../../src/domain/delivery.ts';
import type { Draft } from '../../../src/domain/draft.ts';
import { deliveryStatus, failureAdvice } from '../../../src/slack/blocks/delivery.ts';

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
