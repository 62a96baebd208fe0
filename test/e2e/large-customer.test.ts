import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { AFTER_FINAL, LATE, type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { approve, closeAll, dialog, fillIn, newest, openDraft, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

// A customer with 10,000 open invoices, one past its final notice with 2,000, and a small one behind both in the queue.

let desk: LetterDesk;
let mara: OpenPage;
let ines: OpenPage;
const PATIENT = { timeout: 60_000 };
const BIG = 'Thornbury Wholesale Ltd';

beforeAll(async () => {
  desk = await letterDesk([
    { number: 'BIG', name: BIG, many: 9_999, due: '2026-11-10', after: { key: 'note', offset: -3 } },
    { number: 'LATE', name: 'Grimblethorpe Joinery Ltd', many: 1_999, due: LATE, after: AFTER_FINAL },
    { number: 'SMALL', name: 'Quay Ltd', due: '2026-11-10', after: { key: 'note', offset: -3 } },
  ]);
  await desk.later();
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1400 });
  ines = await openPage(desk.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1400 });
}, 300_000);
afterAll(async () => {
  await Promise.all([mara?.close(), ines?.close()]);
  expect(desk?.log).toEqual([]);
  await desk?.stop();
});

/** The answer to a command. On a busy machine the socket may be renewed at that moment; Slack says so, and one types it again. */
async function answer(page: Page, line: string, text: string | RegExp): Promise<string> {
  await closeAll(page);
  const messages = page.getByTestId('message');
  const composer = page.getByLabel(/^Message #/);
  for (;;) {
    const before = await messages.last().getAttribute('data-ts');
    await composer.fill(line);
    await composer.press('Escape');
    await composer.press('Enter');
    await expect.poll(() => messages.last().getAttribute('data-ts'), PATIENT).not.toBe(before);
    await newest(page).getByText(text).or(newest(page).getByText('dispatch_failed')).first().waitFor(PATIENT);
    const said = await newest(page).innerText();
    if (!said.includes('dispatch_failed')) return said;
  }
}

it('its card, the lists and the reason why name the sums and the oldest of its invoices', { timeout: 240_000 }, async () => {
  const { page } = mara;
  const card = await answer(page, '/account BIG', /more open invoices/);
  expect(card).toContain('£124,387.66 overdue of £124,387.66 open');
  expect(card).toContain('…and 9,992 more open invoices');
  await screenshot(page, 'large-card');
  expect(await answer(page, '/overdue', /Page 1 of/)).toContain('10,000 invoices, oldest 72 days past due');
  expect(await answer(page, '/collections mine', /Your list/)).toContain(BIG);
  await answer(page, '/collections why BIG', BIG);
});

it('its email is reviewed by beginning and end, sent whole to the reviewer, and the queue goes on', { timeout: 240_000 }, async () => {
  const { page } = mara;
  await openDraft(page, BIG);
  const card = await newest(page).innerText();
  expect(card).toMatch(/… [\d,]+ more lines … Show whole email sends all of it to you alone\./);
  for (const part of ['Dear Imogen Larch', 'Kind regards', '…and 9,990 more invoices']) expect(card).toContain(part);
  await newest(page).getByRole('button', { name: 'Show whole email' }).scrollIntoViewIfNeeded();
  await screenshot(page, 'large-review');
  await press(page, 'Show whole email');
  await says(page, 'is in your messages with me: as text, and as an .eml file');
  const [stored] = await desk.stores.drafts.open(accountId('BIG'));
  expect(stored!.draft.content.body).toContain('I-BIG-9999');
  await openDraft(page, 'Quay Ltd');
  await approve(page);
});

it('a promise is recorded for an invoice that is searched for', { timeout: 240_000 }, async () => {
  const { page } = mara;
  await answer(page, '/account BIG', /more open invoices/);
  await press(page, 'Promise…');
  await dialog(page).getByText('Invoices').first().waitFor(PATIENT);
  await dialog(page)
    .getByRole('button', { name: /^Invoices/ })
    .click();
  await page
    .getByRole('searchbox')
    .or(page.getByPlaceholder(/search|Search|Type/))
    .first()
    .fill('BIG-9876');
  await page.getByRole('option', { name: /I-BIG-9876/ }).click(PATIENT);
  await screenshot(page, 'large-promise');
  await dialog(page).getByRole('heading').first().click();
  await fillIn(page, { 'Who said it': 'Imogen' }, 'Record');
  await says(page, 'Promise recorded');
  const { work } = (await desk.stores.accounts.load(accountId('BIG')))!;
  expect(JSON.stringify(work.promises)).toContain('I-BIG-9876');
});

it('the digest counts it, its statement and its evidence pack are built', { timeout: 300_000 }, async () => {
  const { page } = ines;
  const digest = page.getByTestId('message').filter({ hasText: 'Overdue digest' }).first();
  expect(await digest.innerText()).toContain('£151,055.32');
  await answer(page, '/account BIG', /more open invoices/);
  await newest(page).getByRole('button', { name: /More…/ }).click();
  await page.getByRole('option', { name: 'Interest and fees…' }).click();
  await newest(page).getByText('…and 9,994 newer overdue invoices').waitFor(PATIENT);
  await newest(page).getByRole('button', { name: 'Statement' }).click(PATIENT);
  await page.getByText(/1 statement in your direct messages/).waitFor({ timeout: 200_000 });
  const card = await answer(page, '/collections evidence BIG', 'Build');
  expect(card).toContain(BIG);
  await screenshot(page, 'large-evidence');
  await newest(page).getByRole('button', { name: 'Build', exact: true }).click();
  await page
    .getByText(/is in your direct messages with me/)
    .last()
    .waitFor({ timeout: 200_000 });
});

it('a demand letter over 2,000 invoices is asked for, shown by its first pages and its last, and approved', {
  timeout: 300_000,
}, async () => {
  const { page } = mara;
  await answer(page, '/collections mine', /Your list/);
  await newest(page).getByRole('button', { name: 'Demand letter…' }).first().click();
  const form = dialog(page);
  await form.getByText('2,000 overdue invoices').waitFor(PATIENT);
  for (const label of [
    'Who sent the invoice, and to whom?',
    'Is the decision-maker known and contacted?',
    'Was there a first response?',
    'Is there a pattern?',
    'Is the company or its industry in trouble?',
    'Is there an alternative plan?',
  ])
    await form.getByLabel(label).fill('Yes.');
  await form.getByLabel('Broken promises').check();
  await form.getByLabel('Why, in your words').fill('No answer.');
  await form.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByText('in the thread of its card').last().waitFor({ timeout: 200_000 });
  await desk.tick();
  const decisions = await openPage(desk.url('C0ESCALATE', 'U0INES'), { width: 1500, height: 1500 });
  await decisions.page
    .getByRole('button', { name: /repl(y|ies)/ })
    .last()
    .click(PATIENT);
  const thread = decisions.page.getByRole('complementary', { name: 'Thread' });
  await thread.getByRole('img', { name: /Page 1 of the letter/ }).waitFor(PATIENT);
  await thread.getByText(/The first six pages and the last; PDF sends all of it to you alone/).waitFor(PATIENT);
  await decisions.page.getByText('£25,667.66 overdue now, the oldest for 128 days').first().waitFor(PATIENT);
  await screenshot(decisions.page, 'large-letter');
  await decisions.page.getByRole('button', { name: 'Approve' }).last().click();
  await decisions.page
    .getByText(/Approved/)
    .first()
    .waitFor(PATIENT);
  await decisions.close();
});
