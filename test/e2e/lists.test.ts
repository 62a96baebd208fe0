import fs from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { openPage } from '../support/browser.ts';
import { screenshot } from '../support/screenshot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
  await bot.tick();
});
afterAll(() => bot.stop());

const DESKTOP = { width: 1280, height: 1000 };
const PHONE = { width: 390, height: 844 };

const home = (page: Page) => page.getByTestId('home');
async function ask(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel(/^Message #/);
  await composer.fill(text);
  // The list of commands offered while typing would take the Enter.
  await composer.press('Escape');
  await composer.press('Enter');
}

/** What the page downloads by a click on a file's card. */
async function download(page: Page, ending: string): Promise<Buffer> {
  const [started] = await Promise.all([page.waitForEvent('download'), page.getByTestId('file').filter({ hasText: ending }).click()]);
  return fs.readFile(await started.path());
}

it('Home shows a manager the team: totals, ageing chart, collectors, and what has no collector', async () => {
  const open = await openPage(bot.url('home', 'U0INES'), { ...DESKTOP, height: 1200 });
  await home(open.page).getByText('Waiting for me').waitFor();
  const shown = await home(open.page).textContent();
  expect(shown).toMatch(/\d+ overdue accounts without a collector/);
  expect(shown).toMatch(/@Mara Lind: \d+ accounts · /);
  expect(shown).toContain('Sample ledger, made up to try things with');
  expect(shown).not.toContain('to do today');
  const chart = home(open.page).getByRole('img', { name: /Share of open receivables/ });
  await expect.poll(() => chart.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBeGreaterThan(500);
  await screenshot(open.page, 'home-manager');
  await open.close();
});

it('Home shows a collector the day: page by page, and without what is snoozed from it', async () => {
  const open = await openPage(bot.url('home', 'U0MARA'), DESKTOP);
  const { page } = open;
  await home(page)
    .getByText(/things? to do today|All done for today/)
    .first()
    .waitFor();
  const first = await home(page).textContent();
  expect(first).not.toContain('Overdue by collector');
  await screenshot(page, 'home-collector');
  const dialog = page.getByRole('dialog');
  await home(page)
    .getByRole('button', { name: /My whole list \(12\)/ })
    .click();
  await dialog.getByText('Page 1 of 2').waitFor();
  expect(await dialog.getByRole('button', { name: 'Open card' }).count()).toBe(10);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByText('Page 2 of 2').waitFor();
  expect(await dialog.getByRole('button', { name: 'Open card' }).count()).toBe(2);
  await dialog.getByRole('button', { name: 'Snooze…' }).first().click();
  await dialog.getByText('Out of the list through').waitFor();
  await dialog.getByRole('button', { name: 'Snooze', exact: true }).click();
  await dialog.getByText('is out of the list through').waitFor();
  await open.close();
});

it('Home fits a phone', async () => {
  const open = await openPage(bot.url('home', 'U0TOM'), PHONE);
  await home(open.page)
    .getByText(/things? to do today|All done for today/)
    .first()
    .waitFor();
  expect(await open.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
  await screenshot(open.page, 'home-phone');
  await open.close();
});

it('Home shows an owner in sales the customers the ledger gives to their address', async () => {
  const open = await openPage(bot.url('home', 'U0SARA'), DESKTOP);
  await home(open.page).getByText('My customers').waitFor();
  expect(await home(open.page).textContent()).toMatch(/\d+ customers? with something overdue/);
  await screenshot(open.page, 'home-owner');
  await open.close();
});

it('Home tells a guest why it shows nothing', async () => {
  const open = await openPage(bot.url('home', 'U0GIA'), DESKTOP);
  await home(open.page).getByText('Guests cannot use Arrears').waitFor();
  expect(await home(open.page).textContent()).not.toContain('overdue');
  await open.close();
});

it('a card opened from Home stands over it, and what is recorded there is shown there', async () => {
  const open = await openPage(bot.url('home', 'U0INES'), DESKTOP);
  await home(open.page).getByRole('button', { name: 'Open card' }).first().click();
  const dialog = open.page.getByRole('dialog');
  await dialog.getByText('Next:').first().waitFor();
  await screenshot(open.page, 'card-from-home');
  await dialog.getByRole('button', { name: 'Note…' }).click();
  await dialog.getByLabel('What happened').or(dialog.locator('textarea')).first().fill('Their bookkeeper is new.');
  await dialog
    .getByRole('button', { name: /^(Record|Save|Add)/ })
    .last()
    .click();
  await dialog.getByText('Last recorded').first().waitFor();
  await open.close();
});

it('each collector gets the day’s list once by direct message, with paging in place; who collects nothing gets none', async () => {
  await bot.tick();
  await bot.tick();
  const tom = await bot.person('U0TOM');
  const [direct] = (await tom.snapshot()).channels.filter(({ kind }) => kind === 'im');
  const lists = (await tom.messages(direct!.id)).filter(({ text }) => text.startsWith('Good morning'));
  // On some weekdays nothing of theirs is due.
  expect(lists.length).toBeLessThanOrEqual(1);
  const ines = await bot.person('U0INES');
  for (const { id } of (await ines.snapshot()).channels.filter(({ kind }) => kind === 'im')) {
    expect((await ines.messages(id)).filter(({ text }) => text.startsWith('Good morning'))).toEqual([]);
  }
  if (lists.length === 0) return;
  const open = await openPage(bot.url(direct!.id, 'U0TOM'), DESKTOP);
  await open.page.getByText('to do today').first().waitFor();
  await screenshot(open.page, 'my-list');
  await open.page.getByRole('button', { name: 'My whole list' }).last().click();
  await open.page.getByText('Page 1 of 2').last().waitFor();
  await open.close();
});

it('/collections mine answers with the same list', async () => {
  const open = await openPage(bot.url('C0COLLECT', 'U0TOM'), DESKTOP);
  await open.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
  await ask(open.page, '/collections mine');
  await open.page.getByText('Your list: 11 accounts').waitFor();
  await open.page.getByRole('button', { name: 'Next' }).last().click();
  await open.page.getByText('Page 2 of 2').waitFor();
  await open.close();
});

it('/overdue opens cards, and sends the whole list as a file to the asker alone', async () => {
  const open = await openPage(bot.url('C0COLLECT', 'U0MARA'), DESKTOP);
  const { page } = open;
  await page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
  await ask(page, '/overdue EUR');
  await page.getByText('Overdue · in EUR').waitFor();
  await page.getByRole('button', { name: 'Download CSV' }).last().click();
  await page.getByText(/overdue-\d{4}-\d\d-\d\d\.csv with \d+ rows is in your direct messages/).waitFor();
  await page.getByRole('button', { name: 'Download XLSX' }).last().click();
  await page.getByText(/\.xlsx with \d+ rows is in your direct messages/).waitFor();
  await screenshot(page, 'overdue-downloads');
  await page.getByRole('button', { name: 'Card', exact: true }).first().click();
  await page.getByText('Balance', { exact: true }).waitFor();

  await page
    .getByRole('button', { name: /^Arrears/ })
    .last()
    .click();
  await page
    .getByText(/Overdue · in EUR: \d+ rows/)
    .first()
    .waitFor();
  const [head, ...rows] = parse(await download(page, '.csv'), { bom: true }) as string[][];
  expect(head).toEqual(['Customer number', 'Customer', 'Currency', 'Overdue', 'Invoices', 'Days past due of the oldest', 'Collector']);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.every(([, , currency, overdue]) => currency === 'EUR' && /^\d+\.\d\d$/.test(overdue!))).toBe(true);
  expect(new Set(rows.map((row) => row[6]))).toEqual(new Set(['Mara Lind', 'Tom Weber', '']));
  const xlsx = await readSheet(await download(page, '.xlsx'));
  expect(xlsx.map(([, name]) => name)).toEqual(['Customer', ...rows.map(([, name]) => name)]);
  expect(xlsx.slice(1).map((row) => row[3])).toEqual(rows.map((row) => Number(row[3])));
  await screenshot(page, 'download');
  await open.close();

  const other = await bot.person('U0TOM');
  expect((await other.messages('C0COLLECT')).filter(({ files }) => files?.length)).toEqual([]);
});

it('nothing of all this went wrong unseen', () => {
  expect(bot.log).toEqual([]);
});
