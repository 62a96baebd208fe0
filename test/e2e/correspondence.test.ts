import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenPage, openPage } from '../support/browser.ts';
import { decoded } from '../support/decoded-mail.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { approve, ask, choose, dialog, fillIn, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

/** Six days late on the Monday: the friendly reminder is due and drafted. */
const DUE = '2026-11-17';
const COPY = '%PDF-1.4\n% the invoice as it was sent\n';
let dir = '';
let sink: SmtpSink;
let desk: ReviewDesk;
let mara: OpenPage;

beforeAll(async () => {
  sink = await smtpSink();
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-correspondence-'));
  await fs.mkdir(path.join(dir, 'invoices'));
  await fs.writeFile(path.join(dir, 'invoices', 'I-C4.pdf'), COPY);
  desk = await reviewDesk(
    [
      { number: 'C1', name: 'Grimblethorpe Joinery Ltd', due: DUE },
      { number: 'C2', name: 'Larkspire Bakeries Ltd', due: DUE },
      { number: 'C3', name: 'Puddlecombe Freight LLP', due: DUE, language: 'de' },
      { number: 'C4', name: 'Saltmarrow Lifts Ltd', due: DUE, copy: 'I-C4.pdf' },
      { number: 'C5', name: 'Otterby Kettles Ltd', due: DUE },
    ],
    { SMTP_URL: sink.url, DATA_DIR: dir },
  );
  await desk.later();
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1500 });
  await mara.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await mara?.close();
  expect(desk?.log).toEqual([]);
  await desk?.stop();
  await sink?.close();
  await fs.rm(dir, { recursive: true, force: true });
});

async function promise(number: string): Promise<void> {
  const { page } = mara;
  await ask(page, `/account ${number}`);
  await press(page, 'Promise…');
  await choose(page, 'Invoices', new RegExp(`I-${number}`));
  await fillIn(page, { 'They pay on': '2026-11-30', 'Who said it': 'Imogen Larch' }, 'Record');
  await says(page, 'Promise recorded. Only what was promised rests.');
}

const stateOf = async (number: string) => (await desk.stores.accounts.load((await accountOf(number)).id))!.work;
const accountOf = async (number: string) => (await desk.stores.ledger.accounts()).find((each) => each.number === number)!;

it('a promise is confirmed by mail: from the button to the customer, and the ladder stays where it was', async () => {
  const { page } = mara;
  await promise('C1');
  await press(page, 'Confirm by mail…');
  await says(page, 'Promise confirmed to');
  const card = await newest(page).innerText();
  expect(card).toContain('Promise confirmed to Grimblethorpe Joinery Ltd');
  expect(card).toContain('you will pay £1,000.00 on 30 November 2026');
  await screenshot(page, 'confirmation');
  await approve(page);
  await desk.later();
  await expect.poll(() => sink.taken.length).toBe(1);
  const mail = await decoded(sink.taken[0]!.bytes);
  expect(mail.subject).toBe('Your payment of £1,000.00 on 30 November 2026');
  expect(mail.text).toContain('Thank you for confirming that you will pay £1,000.00 on 30 November 2026.');
  await desk.later();
  const { ladders, lastContact, promises } = await stateOf('C1');
  expect(ladders[0]).toMatchObject({ lastContact: '2026-11-23', marks: [], lastMail: null, named: [] });
  expect(lastContact).toBe('2026-11-23');
  expect(promises).toHaveLength(1);
  expect(sink.taken).toHaveLength(1);
});

it('asked for twice it is the same draft; with a mail approved already it is refused in words', async () => {
  const { page } = mara;
  await promise('C2');
  await press(page, 'Confirm by mail…');
  await says(page, 'Promise confirmed to');
  expect(await desk.stores.drafts.open((await accountOf('C2')).id)).toHaveLength(1);
  await ask(page, '/account C2');
  await press(page, 'Confirm by mail…');
  await says(page, 'Promise confirmed to');
  const open = await desk.stores.drafts.open((await accountOf('C2')).id);
  expect(open.map(({ draft }) => draft.stage.key)).toEqual(['promise-confirmation']);
  await ask(page, '/account C2');
  await press(page, 'Dispute…');
  await choose(page, 'Invoice', /I-C2/);
  await choose(page, 'Reason', 'Price');
  await fillIn(page, { 'Disputed amount': '100' }, 'Record');
  await says(page, /Disputed £100\.00/);
  await press(page, 'Acknowledge by mail…');
  await says(page, 'Another mail to this customer waits for its review: Promise confirmed.');
});

it('a demand of the day that nobody has touched makes room for an acknowledgement; the customer is written to once', async () => {
  const { page } = mara;
  const { id } = await accountOf('C3');
  expect((await desk.stores.drafts.open(id)).map(({ draft }) => draft.stage.key)).toEqual(['friendly']);
  await ask(page, '/account C3');
  await press(page, 'Dispute…');
  await choose(page, 'Invoice', /I-C3/);
  await choose(page, 'Reason', 'Quality or damage');
  await fillIn(page, { 'Disputed amount': '250', 'What the customer says': 'Zwei Kisten waren beschädigt' }, 'Record');
  await says(page, /Disputed £250\.00/);
  await press(page, 'Acknowledge by mail…');
  await says(page, /Dispute acknowledged to Puddlecombe/);
  const card = await newest(page).innerText();
  expect(card).toMatch(/dass Sie 250,00\s£ der folgenden Rechnung beanstanden/);
  await approve(page);
  await desk.later();
  await expect.poll(() => sink.taken.length).toBe(2);
  await desk.later();
  expect(sink.taken).toHaveLength(2);
  expect(await desk.stores.drafts.open(id)).toEqual([]);
});

async function asksForCopy(number: string): Promise<void> {
  const { page } = mara;
  await ask(page, `/account ${number}`);
  await press(page, 'Reply…');
  await choose(page, 'What is it?', 'Asks for a copy');
  await fillIn(page, { From: 'Callum Peverell', 'Their words': 'Please send the invoice once more.' }, 'Record');
  await says(page, 'Nothing goes out before it is answered.');
  await press(page, 'Send copy…');
  await choose(page, 'Invoices', new RegExp(`I-${number}`));
  await dialog(page).getByRole('button', { name: 'Write the mail', exact: true }).click();
}

it('who asks for a copy gets the file as it lies there, and the reply counts as answered', async () => {
  const { page } = mara;
  await asksForCopy('C4');
  await says(page, /Copy of invoice to Saltmarrow/);
  await approve(page);
  await desk.later();
  await expect.poll(() => sink.taken.length).toBe(3);
  const mail = await decoded(sink.taken[2]!.bytes);
  expect(mail.subject).toBe('Copy of invoice I-C4');
  expect(mail.attachments.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([['I-C4.pdf', COPY]]);
  await expect.poll(async () => (await stateOf('C4')).replies).toEqual([]);
});

it('without a copy on file none is promised: it says where to put it', async () => {
  await asksForCopy('C5');
  await says(mara.page, 'The ledger names no copy of these invoices. Put the PDF into the folder of invoices');
  expect((await stateOf('C5')).replies).toHaveLength(1);
});
