import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeLessons } from '../../src/numbers/change-lessons.op.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openPage } from '../support/browser.ts';
import { fillWithSample } from '../support/sample-folder.ts';
import { screenshot } from '../support/screenshot.ts';

let bot: Bot;
let dir: string;
/** A write-off of yesterday, as the clock finds it. */
async function oneCase(stores: OpenStore): Promise<void> {
  const today = Temporal.Now.plainDateISO().toString() as never;
  const ended = {
    id: 'w1',
    account: (await stores.ledger.customers())[0]!.id,
    kind: 'write-off' as const,
    entity: 'NWUK',
    currency: 'GBP',
    amount: 900_00,
    lost: 900_00,
    ended: today,
  };
  const cases = [{ ...ended, facts: { daysLate: 120, contacts: 3, promisesBroken: 2 } }];
  const settings = { read: async () => ({ zone: 'UTC' }) } as never;
  await changeLessons({ ...stores, settings }, { do: 'open-lessons', cases }, 'clock', 'test');
}

beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-reports-'));
  await fillWithSample(dir);
  bot = await startBot({ dir, prepare: oneCase });
  await bot.tick();
});
afterAll(async () => {
  await bot.stop();
  await fs.rm(dir, { recursive: true, force: true });
});

const TALL = { width: 1280, height: 1900 };

async function ask(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel(/^Message /);
  await composer.fill(text);
  // The list of commands offered while typing would take the Enter.
  await composer.press('Escape');
  await composer.press('Enter');
}

async function directMessages(page: Page): Promise<void> {
  await page.getByRole('navigation').getByText('Arrears', { exact: false }).last().click();
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(field, { exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function drawn(page: Page, name: RegExp): Promise<void> {
  const image = page.getByRole('img', { name }).last();
  await image.waitFor();
  await expect.poll(() => image.evaluate((each: { naturalWidth: number }) => each.naturalWidth)).toBeGreaterThan(500);
}

async function download(page: Page, ending: string): Promise<Buffer> {
  const [started] = await Promise.all([page.waitForEvent('download'), page.getByTestId('file').filter({ hasText: ending }).last().click()]);
  return fs.readFile(await started.path());
}

it('a manager reads the report, opens the rows behind a figure, and takes the workbook', async () => {
  const { page, close } = await openPage(bot.url('C0COLLECT', 'U0INES'), TALL);
  await ask(page, '/collections report');
  await page
    .getByText('is in your direct messages with me')
    .or(page.getByText('are in your direct messages with me'))
    .or(page.getByText('The report with its charts'))
    .first()
    .waitFor();
  await directMessages(page);
  await page.getByText('Receivables report').last().waitFor();
  await drawn(page, /Ageing of open invoices/);
  await drawn(page, /DSO in/);
  await screenshot(page, 'report');
  await page.getByRole('button', { name: 'Overdue invoices' }).last().click();
  await page.getByText(/\d+ rows · /).waitFor();
  await page.getByRole('button', { name: 'Next' }).last().click();
  await page.getByText(/Page 2 of \d+/).waitFor();
  await screenshot(page, 'report-rows');
  await page.getByRole('button', { name: 'Download XLSX' }).last().click();
  const rows = await readSheet(await download(page, '.xlsx'));
  expect(rows[0]).toEqual(['Currency', 'Figure', 'Value', 'Unit', 'Formula', 'What goes into it']);
  expect(rows.some(([currency, figure, value]) => currency === 'EUR' && figure === 'DSO' && Number(value) > 0)).toBe(true);
  await close();
});

it('a finance lead reads thirteen weeks of cash and what they rest on', async () => {
  const { page, close } = await openPage(bot.url('C0COLLECT', 'U0PAUL'), TALL);
  await ask(page, '/collections forecast');
  await page.getByText('The forecast with its weeks').first().waitFor();
  await directMessages(page);
  await page.getByText('Cash forecast').last().waitFor();
  await drawn(page, /Cash expected by week in EUR/);
  await page
    .getByText(/Tried on your own/)
    .first()
    .waitFor();
  await screenshot(page, 'forecast');
  await close();
});

it('a manager sets a target, and answers what a closed case taught', async () => {
  const { page, close } = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1100 });
  await ask(page, '/collections targets');
  await page.getByRole('button', { name: 'Set target…' }).last().click();
  await page.getByLabel('Cash to collect').fill('EUR 50,000');
  await page.getByRole('button', { name: 'Save' }).click();
  await page
    .getByText(/Team: €[\d,.]+ of €50,000\.00/)
    .last()
    .waitFor();
  await page.getByRole('button', { name: 'Post lessons here' }).last().click();
  await page.getByText('Stop posting lessons').last().waitFor();
  await screenshot(page, 'targets');
  await ask(page, '/collections lessons');
  await page.getByText('1 case').last().waitFor();
  await page.getByRole('button', { name: 'Record lesson…' }).last().click();
  await page.getByText('What did it teach?').waitFor();
  await choose(page, 'Cause', 'no credit check');
  await choose(page, 'Where to change something', 'credit vetting');
  await page.getByLabel('One action').fill('Check credit before the first order above £5,000');
  await screenshot(page, 'lesson-form');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('no credit check: 1').last().waitFor();
  await page.getByText('Check credit before the first order').last().waitFor();
  await screenshot(page, 'lessons');
  await page.getByRole('button', { name: 'Mark as done' }).last().click();
  await page.getByText('No case needs an answer').last().waitFor();
  await close();
});

it('Home shows a manager how well the team collects', async () => {
  await bot.tick();
  const { page, close } = await openPage(bot.url('home', 'U0INES'), { width: 1280, height: 1300 });
  await page.getByTestId('home').getByText('How well we collect').waitFor();
  await page
    .getByTestId('home')
    .getByText(/DSO [\d.]+ days/)
    .first()
    .waitFor();
  await screenshot(page, 'home-figures');
  await close();
});
