import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { decoded } from '../support/decoded-mail.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { ask, dialog, fillIn, newest, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

let sink: SmtpSink;
let desk: LetterDesk;
let mara: OpenPage;

beforeAll(async () => {
  sink = await smtpSink();
  desk = await letterDesk(
    [
      { number: 'L1', name: 'Grimblethorpe Joinery Ltd' },
      {
        number: 'L2',
        name: 'Tansy Halloway, Upholstery',
        kind: 'sole-trader',
        notice: { method: 'registered-post', address: '7 Weir Lane\nHebden Bridge HX7 8DG' },
      },
      { number: 'L3', name: 'Saltmarrow Lifts Ltd' },
    ],
    { SMTP_URL: sink.url },
  );
  await desk.later();
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1500, height: 1500 });
});

afterAll(async () => {
  await mara?.close();
  expect(desk?.log).toEqual([]);
  await desk?.stop();
  await sink?.close();
});

const PATIENT = { timeout: 20_000 };

const ANSWERS = {
  'Who sent the invoice, and to whom?': 'Our billing team, to accounts payable by email.',
  'Is the decision-maker known and contacted?': 'Yes, the owner, by telephone.',
  'Was there a first response?': 'Yes, twice: “next week”.',
  'Is there a pattern?': 'Later with each invoice.',
  'Is the company or its industry in trouble?': 'Nothing known; trade press read.',
  'Is there an alternative plan?': 'A plan was offered and declined.',
};

async function fillRequest(page: Page, reason: string, deadline?: string): Promise<void> {
  const form = dialog(page);
  if (deadline) await form.getByLabel('Deadline for payment').fill(deadline);
  for (const [label, answer] of Object.entries(ANSWERS)) await form.getByLabel(label).fill(answer);
  await form.getByLabel('Broken promises').check();
  await form.getByLabel('Why, in your words').fill(reason);
  await form.getByRole('button', { name: 'Ask', exact: true }).click();
}

const work = async (number: string) => (await desk.stores.accounts.load(accountId(number)))!.work;
const stateOf = async (number: string) => (await desk.stores.cases.ofAccount(accountId(number), 1))[0]!.case.state;
const letterOf = async (number: string) => {
  const [stored] = await desk.stores.cases.ofAccount(accountId(number), 5);
  return (await desk.stores.drafts.load(stored!.case.about.letter!))!.draft;
};

/** Opens the channel for decisions and the thread of the newest card. */
async function decisions(who: string): Promise<OpenPage> {
  const open = await openPage(desk.url('C0ESCALATE', who), { width: 1500, height: 1500 });
  await open.page
    .getByRole('button', { name: /repl(y|ies)/ })
    .last()
    .click();
  return open;
}

it('from the work list to a decision with its letter as picture and text', async () => {
  const { page } = mara;
  await ask(page, '/collections mine');
  expect(await newest(page).innerText()).toContain('Demand letter');
  await newest(page).getByRole('button', { name: 'Demand letter…' }).first().click();
  await dialog(page).getByText('Grimblethorpe Joinery Ltd').waitFor();
  await fillRequest(page, 'Two promises broken, nothing since the final notice.');
  await says(page, 'in the thread of its card');
  await ask(page, '/collections mine');
  await newest(page).getByRole('button', { name: 'Demand letter…' }).first().click();
  await says(page, 'The same is being decided already');
  await desk.tick();
  const ines = await decisions('U0INES');
  const thread = ines.page.getByRole('complementary', { name: 'Thread' });
  await thread.getByRole('img', { name: /Page 1 of the letter/ }).waitFor();
  await thread.getByText('We require payment of £1,000.00').waitFor();
  await thread.getByRole('img', { name: /Page 1 of the letter/ }).scrollIntoViewIfNeeded();
  await screenshot(ines.page, 'demand-letter');
  await ines.close();
  const [picture] = (await letterOf('L1')).letter!.pictures;
  const bytes = await desk.stores.kept.read(`mail:${picture}`, Temporal.Now.instant());
  const paper = await openPage('about:blank', { width: 900, height: 1273 });
  await paper.page.setContent(
    `<body style="margin:0"><img width="900" src="data:image/png;base64,${Buffer.from(bytes!).toString('base64')}"></body>`,
  );
  await paper.page.getByRole('img').waitFor();
  await screenshot(paper.page, 'demand-letter-page');
  await paper.close();
});

it('an edited letter is another version with its own picture; approved, the very PDF reaches the mail server', async () => {
  const open = await decisions('U0MARA');
  const thread = open.page.getByRole('complementary', { name: 'Thread' });
  const before = await letterOf('L1');
  await thread.getByRole('button', { name: 'Edit letter…' }).last().click();
  const form = dialog(open.page);
  const text = form.getByLabel('Text', { exact: true });
  await text.fill((await text.inputValue()).replace('We require payment', 'As agreed on the telephone, we require payment'));
  await form.getByLabel('Deadline for payment').fill('2026-11-30');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByText('at least 14 days and seven business days').last().waitFor();
  await form.getByLabel('Deadline for payment').fill('2026-12-21');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await letterOf('L1')).hash, PATIENT).not.toBe(before.hash);
  await desk.tick();
  await thread.getByText('version 2: votes for the one before count no more').waitFor();
  await thread.getByText('If we have received neither payment nor a reasoned reply by 21 December 2026').waitFor();
  await open.page.getByRole('button', { name: 'Approve' }).last().click();
  await open.page.getByText('You asked for this, so somebody else must decide.').waitFor();
  await open.close();

  const ines = await decisions('U0INES');
  await ines.page.getByRole('button', { name: 'Approve' }).last().click();
  await expect.poll(async () => (await letterOf('L1')).state, PATIENT).toBe('queued');
  await desk.later();
  await expect.poll(() => sink.taken.length, PATIENT).toBe(1);
  await desk.later();
  const letter = await letterOf('L1');
  const mail = await decoded(sink.taken[0]!.bytes);
  expect(sink.taken[0]!.to).toEqual(['legal@l1.example']);
  const hashes = mail.attachments.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
  expect(hashes).toEqual(letter.content.attachments.map(({ sha256 }) => sha256));
  // The letter, and the statement that it encloses.
  expect(hashes).toHaveLength(2);
  expect(letter.content.attachments[0]!.sha256).not.toBe(before.content.attachments[0]!.sha256);
  expect((await work('L1')).demands).toMatchObject([
    { letter: letter.id, deadline: '2026-12-21', sentOn: '2026-11-23', by: 'email', firm: '' },
  ]);
  expect((await work('L1')).ladders[0]).toMatchObject({
    lastMail: '2026-11-23',
    marks: [{ invoice: 'I-L1', stage: 'demand-letter', on: '2026-11-23', asked: 100_000 }],
  });
  await ines.page.getByText('Served on 23 Nov 2026').waitFor();
  await ines.page.getByText('Approved and carried out').first().waitFor();
  await ines.close();
});

it('a sole trader gets thirty days and a letter on paper, which is marked as posted with its number', async () => {
  const { page } = mara;
  await ask(page, '/account L2');
  await newest(page).getByRole('button', { name: /More…/ }).click();
  await page.getByRole('option', { name: 'Demand letter…' }).click();
  await dialog(page).getByText('Pre-Action Protocol').first().waitFor();
  await fillRequest(page, 'No answer to the final notice.', '2026-12-11');
  await dialog(page).getByText('has 30 days to reply').waitFor();
  await dialog(page).getByLabel('Deadline for payment').fill('2027-01-04');
  await dialog(page).getByRole('button', { name: 'Ask', exact: true }).click();
  await says(page, 'in the thread of its card');
  await desk.tick();

  const ines = await decisions('U0INES');
  const thread = ines.page.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('the Information Sheet explains how to reply').waitFor();
  await ines.page.getByRole('button', { name: 'Approve' }).last().click();
  await expect.poll(() => stateOf('L2'), PATIENT).toBe('approved');
  await desk.later();
  await thread.getByText('Print the PDF and post it').waitFor();
  await thread.getByRole('button', { name: 'Posted…' }).click();
  const form = dialog(ines.page);
  await form.getByLabel('Information sheet and reply form were enclosed').check();
  await form.getByRole('button', { name: 'Record', exact: true }).click();
  await form.getByText('Give the tracking number').waitFor();
  await fillIn(ines.page, { 'Tracking number': 'RN 4471 0092 5GB' }, 'Record');
  await form.waitFor({ state: 'hidden' });
  await desk.later();
  await thread.getByText('tracking number RN 4471 0092 5GB').waitFor();
  expect((await work('L2')).demands).toMatchObject([{ deadline: '2027-01-04', by: 'registered-post' }]);
  expect(sink.taken).toHaveLength(1);
  const image = thread.getByRole('img', { name: /Page 1 of the letter/ });
  await image.scrollIntoViewIfNeeded();
  await image.click();
  await ines.close();
});

it('a payment after the request: the approval is refused, and nothing is sent', async () => {
  const { page } = mara;
  await ask(page, '/account L3');
  await newest(page).getByRole('button', { name: /More…/ }).click();
  await page.getByRole('option', { name: 'Request a decision…' }).click();
  await dialog(page)
    .getByRole('button', { name: /^What is to be decided/ })
    .click();
  await page.getByRole('option', { name: 'Demand letter' }).click();
  await dialog(page).getByLabel('Broken promises').check();
  await dialog(page).getByLabel('Why, in your words').fill('Three promises, none kept.');
  await dialog(page).getByRole('button', { name: 'Ask', exact: true }).click();
  await dialog(page).getByLabel('Deadline for payment').waitFor();
  expect(await dialog(page).getByLabel('Why, in your words').inputValue()).toBe('Three promises, none kept.');
  await fillRequest(page, 'Three promises, none kept.');
  await says(page, 'in the thread of its card');
  await desk.later();
  await desk.pay('L3', 40_000);
  const ines = await decisions('U0INES');
  await ines.page.getByText('Three promises, none kept.').last().waitFor();
  await ines.page.getByRole('button', { name: 'Approve' }).last().click();
  await ines.page
    .getByText(/What this letter says is not true any more.* Withdraw the request and ask anew/)
    .first()
    .waitFor();
  await desk.later();
  expect((await letterOf('L3')).state).toBe('asked');
  expect(sink.taken).toHaveLength(1);
  await ines.page.getByRole('button', { name: 'Reject…' }).last().click();
  await fillIn(ines.page, { Why: 'They have begun to pay.' }, 'Reject');
  await desk.later();
  await expect.poll(async () => (await letterOf('L3')).state, PATIENT).toBe('void');
  expect((await letterOf('L3')).closed).toBe('The request for this letter was rejected: They have begun to pay.');
  await ines.close();
});
