import { hash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runningStoreUri } from '../../src/embedded/mongo/embedded-store.ts';
import type { Draft } from '../../src/mails/draft.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { decoded } from '../support/decoded-mail.ts';
import { top, wordsOf } from '../support/review-modal.ts';
import { approve, ask, choose, closeAll, openDraft } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

/** Somebody is at work in London and in Los Angeles. */
const TIME = { now: Temporal.Instant.from('2026-11-23T17:10:00Z') };
const clock = { now: () => TIME.now };

let dir = '';
let sink: SmtpSink;
let bot: Bot;
let mara: OpenPage;
let person: PersonOnPage;

beforeAll(async () => {
  sink = await smtpSink({ password: 'p@ss word' });
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-send-'));
  bot = await startBot({ dir, clock, env: { SMTP_URL: sink.url, MAIL_REPLY_SECRET: 'a secret of some length' } });
  await bot.tick();
  person = await bot.person('U0MARA');
  mara = await openPage(bot.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1100 });
  await mara.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await mara?.close();
  await bot?.stop();
  await sink?.close();
  await fs.rm(dir, { recursive: true, force: true });
});

const last = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).last();
const said = (page: Page, text: string | RegExp) => page.getByText(text).last().waitFor();

type Shown = { text: string; blocks: { type: string; text?: { type: string; text: string } }[] };

/** The mail that the card shows: subject and text as they would be sent. */
function preview(): { subject: string; body: string } {
  const { blocks } = top(person) as unknown as Shown;
  const body = blocks.filter((block) => block.type === 'section' && block.text?.type === 'plain_text').map((block) => block.text!.text);
  return { subject: /\*Subject:\* (.*)/.exec(wordsOf({ blocks }))![1]!, body: body.join('\n') };
}

/** What the store says was approved, of the mail with this message id. */
async function sentDraft(messageId: string) {
  const client = await new MongoClient((await runningStoreUri(path.join(dir, 'store')))!).connect();
  try {
    const found = await client.db().collection('drafts').findOne({ 'draft.delivery.messageId': messageId });
    return found!.draft as Draft;
  } finally {
    await client.close();
  }
}

/** What can be taken back for half a minute leaves after it. */
async function afterUndo(): Promise<void> {
  TIME.now = TIME.now.add({ minutes: 1 });
  await bot.tick();
}

/** Goes on in the queue to the draft that is meant. */
async function openReview(meant: RegExp): Promise<void> {
  await ask(mara.page, '/collections review');
  for (let looked = 0; looked < 10; looked += 1) {
    const words = wordsOf(top(person)!);
    if (meant.test(words)) return;
    await last(mara.page, 'Skip').click();
    await expect.poll(() => wordsOf(top(person)!) !== words).toBe(true);
  }
  throw new Error(`no draft in the queue is ${meant}`);
}

it('a mail of an account that nobody has is a gap: a manager is told, gives it to somebody, and it is drafted in that name', async () => {
  const { page, ...ines } = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1100 });
  await ask(page, '/collections review');
  await said(page, /mails are due and could not be drafted/);
  await said(page, /nobody has the account, or its collector has left/);
  await screenshot(page, 'send-no-collector');
  await last(page, 'Assign accounts…').click();
  await choose(page, 'To', /Mara Lind/);
  await page.getByRole('dialog').getByRole('button', { name: 'Preview' }).click();
  await last(page, /^Reassign \d+ accounts$/).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reassign' }).click();
  await said(page, /Reassigning \d+ accounts/);
  await person.message(({ text }) => /accounts assigned to you/.test(text));
  TIME.now = TIME.now.add({ minutes: 10 });
  await bot.tick();
  await ask(page, '/collections review');
  await said(page, 'No emails to review.');
  expect(await page.getByRole('dialog').innerText()).not.toContain('could not be drafted');
  await ines.close();
});

it('approves and sends: the server gets exactly what the card showed, once', async () => {
  await openReview(/^(?![\s\S]*Final notice to)[\s\S]*\.pdf/);
  await screenshot(mara.page, 'send-review');
  const shown = preview();
  expect(await approve(mara.page)).toContain('It goes out within two minutes.');
  await bot.tick();
  expect(sink.taken).toEqual([]);
  await afterUndo();
  await expect.poll(() => sink.taken.length).toBe(1);
  await bot.tick();
  expect(sink.taken).toHaveLength(1);
  const mail = await decoded(sink.taken[0]!.bytes);
  expect(mail.subject).toBe(shown.subject);
  expect(hash('sha256', mail.text.trimEnd())).toBe(hash('sha256', shown.body.trimEnd()));
  expect(mail.headers('to')).toHaveLength(1);
  expect(mail.headers('bcc')).toHaveLength(0);
  expect(mail.headers('reply-to')[0]).toMatch(/receivables\+[0-9a-f]{32}@/);
  expect(mail.attachments.map(({ type }) => type)).toEqual(['application/pdf']);
  expect(mail.text).toContain('Mara Lind\nNorthwind Trading Ltd\n');
  const approved = (await sentDraft(mail.headers('message-id')[0]!)).content.attachments;
  expect(mail.attachments.map(({ bytes }) => hash('sha256', bytes))).toEqual(approved.map(({ sha256 }) => sha256));
});

it('refused: the collector is told at once what the server said, and another approval is another try', async () => {
  sink.behave('refuse-after-dot');
  await openReview(/Friendly reminder to [^*]*(Ltd|plc|LLP|LLC|Corp\.)/);
  await approve(mara.page);
  await afterUndo();
  const told = await person.message(({ blocks }) => JSON.stringify(blocks ?? []).includes('message refused by policy'));
  expect(told.channel).toMatch(/^D/);
  const direct = await openPage(bot.url(told.channel, 'U0MARA'), { width: 1280, height: 1100 });
  await direct.page.getByText('Not sent.').last().waitFor();
  await screenshot(direct.page, 'send-failed');
  sink.behave('accept');
  await closeAll(direct.page);
  await last(direct.page, 'Approve and try again').click();
  await expect.poll(() => sink.taken.length).toBe(2);
  await direct.close();
});

it('no answer: nobody knows; a person answers, and only then does it go on', async () => {
  sink.behave('cut-after-dot');
  await openReview(/Firm reminder to [^*]*(Ltd|plc|LLP|LLC|Corp\.)/);
  await approve(mara.page);
  await afterUndo();
  const told = await person.message(({ blocks }) => JSON.stringify(blocks ?? []).includes('draft-undelivered'));
  expect(sink.taken).toHaveLength(3);
  sink.behave('accept');
  TIME.now = TIME.now.add({ minutes: 30 });
  await bot.tick();
  expect(sink.taken).toHaveLength(3);
  const direct = await openPage(bot.url(told.channel, 'U0MARA'), { width: 1280, height: 1100 });
  await direct.page.getByText('It is not known whether this mail was sent').last().waitFor();
  await screenshot(direct.page, 'send-ambiguous');
  await closeAll(direct.page);
  await last(direct.page, 'Delivered').click();
  await direct.page.getByText('Marked as sent. The next step is timed from that date.').last().waitFor();
  await direct.page.getByText(/^Sent/).last().waitFor();
  await direct.page.getByText('a person found out that it was delivered').last().waitFor();
  await screenshot(direct.page, 'send-sent');
  await bot.tick();
  expect(sink.taken).toHaveLength(3);
  await direct.close();
});

it('no such mailbox: the card says what the server said, and that the address is given up', async () => {
  sink.behave('refuse-recipient');
  await openReview(/Friendly reminder to [^*]*(Ltd|plc|LLP|LLC|Corp\.)/);
  await approve(mara.page);
  await afterUndo();
  const told = await person.message(({ blocks }) => JSON.stringify(blocks ?? []).includes('no such mailbox here'));
  sink.behave('accept');
  const direct = await openPage(bot.url(told.channel, 'U0MARA'), { width: 1280, height: 1100 });
  await direct.page.getByText('The address is marked as bounced').last().waitFor();
  await screenshot(direct.page, 'send-bounced');
  expect(await last(direct.page, 'I sent it…').isVisible()).toBe(true);
  const shown = await direct.page.getByTestId('message').last().innerText();
  expect(shown).not.toContain('Approve and try again');
  await direct.close();
});

it('outside the customer’s working hours it waits, and the card says until when', async () => {
  TIME.now = Temporal.Instant.from('2026-11-24T02:30:00Z');
  // Yesterday's drafts are written for the new day.
  await bot.tick();
  await openReview(/Friendly reminder to [^*]*(Ltd|plc|LLP|LLC|Corp\.)/);
  expect(await approve(mara.page)).toContain('when the customer’s working hours begin');
  await afterUndo();
  expect(sink.taken).toHaveLength(3);
  await ask(mara.page, '/collections review approved');
  await last(mara.page, 'Open').click();
  await said(mara.page, /not sent yet/);
  await screenshot(mara.page, 'send-waiting');
  await last(mara.page, 'Withdraw…').waitFor();
});

it('without a mail server an approved mail is a file in the outbox, never “sent”', async () => {
  const other = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-outbox-'));
  const alone = await startBot({ dir: other, clock: { now: () => Temporal.Instant.from('2026-11-23T09:30:00Z') } });
  try {
    await alone.tick();
    const mara = await openPage(alone.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1100 });
    // Final notices come first in the queue, and two people approve them.
    await openDraft(mara.page, 'Firm reminder');
    expect(await approve(mara.page)).toContain('Not sent: no mail server is connected.');
    const outbox = path.join(other, 'outbox');
    const files = async () => (await fs.readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml'));
    await expect.poll(files).toHaveLength(1);
    const mail = await decoded(await fs.readFile(path.join(outbox, (await files())[0]!)));
    expect(mail.headers('x-unsent')).toEqual(['1']);
    // The draft's id and the beginning of its hash, which the file's name has too.
    expect(mail.headers('message-id')[0]!.replace('.', '-').slice(1)).toMatch(
      new RegExp(`^${(await files())[0]!.replace('.eml', '')}.*@northwind`),
    );
    await ask(mara.page, '/collections review approved');
    await last(mara.page, 'Open').click();
    await said(mara.page, 'not sent: no mail server set');
    await screenshot(mara.page, 'send-no-server');
    await last(mara.page, 'I sent it…').click();
    await mara.page.getByRole('dialog').getByRole('button', { name: 'Record' }).click();
    await said(mara.page, 'Marked as sent. The next step is timed from that date.');
    await alone.tick();
    expect(await files()).toEqual([]);
    await mara.close();
  } finally {
    await alone.stop();
    await fs.rm(other, { recursive: true, force: true });
  }
});

it('nothing of all this went wrong unseen', () => {
  expect(bot.log).toEqual([]);
});
