import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId } from '../../src/operations/ledger-record.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { AFTER_FINAL, LATE, type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { ask, choose, dialog, fillIn, newest, openDraft, press, says } from '../support/review-page.ts';
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

/** The answer to a command, however long it takes on a busy machine. */
async function answer(page: Page, line: string, text: string | RegExp): Promise<string> {
  await ask(page, line).catch(() => {});
  await newest(page).getByText(text).first().waitFor(PATIENT);
  return newest(page).innerText();
}
const file = (page: Page, name: RegExp): Locator => page.getByText(name).first();

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
  for (const part of ['Dear Imogen Larch', 'Kind regards', 'Our bank details have not changed', '…and 9,990 more invoices'])
    expect(card).toContain(part);
  await newest(page).getByRole('heading').first().scrollIntoViewIfNeeded();
  await screenshot(page, 'large-review');
  await press(page, 'Show whole email');
  await says(page, 'is in your messages with me: as text, and as an .eml file');
  const [stored] = await desk.stores.drafts.open(accountId('BIG'));
  expect(stored!.draft.content.body).toContain('I-BIG-9999');
  await openDraft(page, 'Quay Ltd');
  await press(page, 'Approve');
  await says(page, 'Approved');
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
