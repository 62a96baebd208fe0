import type { Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { screenshot } from '../support/screenshot.ts';

let bot: Bot;
let mara: OpenPage;

beforeAll(async () => {
  // A Monday with drafts due; the sample is made as of it.
  bot = await startBot({ clock: { now: () => Temporal.Instant.from('2026-11-23T08:30:00Z') } });
  await bot.tick();
  mara = await openPage(bot.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1000 });
  await mara.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await mara?.close();
  await bot?.stop();
});

async function ask(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel(/^Message #/);
  await composer.fill(text);
  await composer.press('Escape');
  await composer.press('Enter');
}

const last = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).last();
const dialog = (page: Page) => page.getByRole('dialog');

it('shows the whole mail: from, to, subject, text, invoices, freshness', async () => {
  await ask(mara.page, '/collections review');
  await last(mara.page, 'Approve').waitFor();
  const card = mara.page.getByRole('log').last();
  for (const part of [/From/, /To/, /Subject/, /Attachments/, /Invoices this mail asks for/, /more in your queue/]) {
    await card.getByText(part).last().waitFor();
  }
  await card
    .getByText(/Our bank details have not changed|Bankverbindung|coordonnées bancaires|datos bancarios/)
    .last()
    .waitFor();
  await screenshot(mara.page, 'review');
});

it('takes a person’s words, but no foreign bank details', async () => {
  await last(mara.page, 'Edit…').click();
  const text = dialog(mara.page).getByLabel('Text');
  const before = await text.inputValue();
  await text.fill(`${before}\nPlease pay to IBAN DE89 3704 0044 0532 0130 00.`);
  await dialog(mara.page).getByRole('button', { name: 'Save' }).click();
  await dialog(mara.page)
    .getByText(/bank|account number|IBAN/i)
    .last()
    .waitFor();
  await screenshot(mara.page, 'review-edit-refused');
  await text.fill(before.replace(/\n\n/, '\n\nI tried to reach you by telephone.\n\n'));
  await dialog(mara.page).getByRole('button', { name: 'Save' }).click();
  await mara.page.getByText('Saved. Your words are kept as they are.').waitFor();
  await mara.page.getByText('I tried to reach you by telephone.').last().waitFor();
});

it('is approved, can be taken as a file, and “I sent it” records the contact', async () => {
  await last(mara.page, 'Approve').click();
  await mara.page.getByText('Approved.').last().waitFor();
  await last(mara.page, 'Approved, not sent (1)').click();
  await mara.page.getByText('Approved, not sent yet').waitFor();
  await last(mara.page, 'Open').click();
  await last(mara.page, 'I sent it…').waitFor();
  await mara.page.getByText('not sent: no mail server set').last().waitFor();
  await screenshot(mara.page, 'review-approved');
  await last(mara.page, 'Get the .eml').click();
  await mara.page.getByText('as an .eml file').waitFor();
  await last(mara.page, 'I sent it…').click();
  await dialog(mara.page).getByRole('button', { name: 'Record' }).click();
  await mara.page.getByText('Recorded as sent; the stage has advanced.').waitFor();
});

it('goes on to the next, rejects with a reason, and puts one off', async () => {
  await ask(mara.page, '/collections review');
  await last(mara.page, 'Reject…').click();
  await dialog(mara.page).getByLabel('Reason').fill('They called this morning.');
  await dialog(mara.page).getByRole('button', { name: 'Reject' }).click();
  await mara.page.getByText('Rejected.').last().waitFor();
  await last(mara.page, 'Later…').click();
  await dialog(mara.page).getByLabel('Back in the queue on').fill('2026-11-25');
  await dialog(mara.page).getByRole('button', { name: 'Remind me then' }).click();
  await mara.page.getByText('Out of the queue until then.').last().waitFor();
});

it('explains every account and simulates the days ahead', async () => {
  await ask(mara.page, '/collections simulate 5');
  await mara.page.getByText(/2026/).last().waitFor();
  await screenshot(mara.page, 'simulate');
});
