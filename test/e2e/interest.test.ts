import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage, turnTo } from '../support/browser.ts';
import { invoice, source } from '../support/ledger-place.ts';
import { ask, choose, dialog, fillIn, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

// 5,000.00 pounds since 31 March 2026: 237 days at 11.75 % are 381.47. 999.00 since 15 October: 39 days are 12.54.
const LATE = [
  invoice('NW-24017', { entity: 'NWUK', currency: 'GBP', total: 500_000, issued: '2026-03-01' as never, due: '2026-03-31' as never }),
  invoice('NW-24102', { entity: 'NWUK', currency: 'GBP', total: 99_900, issued: '2026-09-15' as never, due: '2026-10-15' as never }),
];
const account = { number: 'C1', name: 'Otterby Freight Ltd', country: 'GB', language: 'en', kind: 'company', entity: 'NWUK' };

let bot: Bot;
let ines: OpenPage;

beforeAll(async () => {
  bot = await startBot({
    clock: { now: () => Temporal.Instant.from('2026-11-23T09:30:00Z') },
    prepare: (stores) => {
      const rows = LATE.map((record) => ({ ...record, account: { ...record.account, ...account } }) as never);
      return importLedger(stores, { source: source(rows), dryRun: false, confirmVanished: false, sample: false });
    },
  });
  await bot.tick();
  ines = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1400 });
  ines.page.setDefaultTimeout(6_000);
  await ines.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await ines?.close();
  await bot?.stop();
});

const fromMenu = async (option: string) => {
  await newest(ines.page)
    .getByRole('button', { name: /^More…/ })
    .click();
  await ines.page.getByRole('option', { name: option }).click();
};
const claim = async (button: string) => {
  await press(ines.page, button);
  await ines.page.getByRole('alertdialog', { name: 'Claim it?' }).getByRole('button', { name: 'Claim', exact: true }).click();
};

it('while the law is not known nothing can be claimed, and the card says what to do', async () => {
  await ask(ines.page, '/account Otterby');
  await fromMenu('Interest and fees…');
  const shown = await says(ines.page, /The governing law is missing/);
  expect(shown).toContain('NW-24017');
  expect(shown).not.toContain('Claim interest');
});

it('the agreement goes on file; a mistake is pointed out where it was made', async () => {
  const { page } = ines;
  await ask(page, '/account Otterby');
  await fromMenu('Agreement…');
  await choose(page, 'Governing law', 'United Kingdom (England and Wales)');
  await dialog(page).getByLabel('Payment terms in days').fill('30');
  await dialog(page).getByLabel('Fee for a reminder').fill('GBP 15');
  await dialog(page).getByLabel('Signed document').fill('Frame contract 2024');
  await fillIn(page, { 'Where it lies': 'ftp://files.example/contract.pdf' }, 'Save');
  await dialog(page).locator('.error').waitFor();
  expect(await dialog(page).locator('.error').innerText()).toContain('may be of any size');
  await dialog(page).locator('.error').scrollIntoViewIfNeeded();
  await screenshot(page, 'agreement');
  await fillIn(page, { 'Where it lies': 'https://files.example/contract.pdf' }, 'Save');
  const card = await says(page, 'Agreement on file.');
  expect(card).toContain('law: United Kingdom (England and Wales) · terms 30 days · Frame contract 2024');
});

it('interest and the fixed sum are worked out with rate and source, and claimed by a person', async () => {
  const { page } = ines;
  await fromMenu('Interest and fees…');
  const shown = await says(page, /Interest to 23 Nov 2026/);
  expect(shown).toContain('237 days of 365 on £5,000.00 at 11.75 % (the Bank Rate of the Bank of England on 31 December 2025: 3.75 %');
  expect(shown).toContain('39 days of 365 on £999.00 at 11.75 % (the Bank Rate of the Bank of England on 30 June 2026: 3.75 %');
  await claim('Claim interest £381.47');
  await says(page, /all claimed/);
  await claim('Claim compensation £70.00');
  const claimed = await says(page, /£70\.00 compensation on NW-24017/);
  expect(claimed).toContain('£381.47 interest on NW-24017 from 1 Apr 2026 to 23 Nov 2026');
  await screenshot(page, 'interest');
});

it('the statement shows them apart from the balance', async () => {
  const { page } = ines;
  await press(page, 'Statement (PDF)');
  await page.getByText(/1 statement in your direct messages: Statement-C1-GBP-2026-11-23\.pdf/).waitFor();
  await page
    .getByRole('button', { name: /^Arrears/ })
    .last()
    .click();
  await page
    .getByText(/Statement of Otterby Freight Ltd, for you alone/)
    .first()
    .waitFor();
  const file = page.getByTestId('file').filter({ hasText: '.pdf' });
  const [started] = await Promise.all([page.waitForEvent('download'), file.last().click()]);
  const bytes = await fs.readFile(await started.path());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  if (process.env.ARREARS_DOCS) await pictureOf(bytes, 'statement-interest');
});

it('a claim is waived with its reason and leaves the account’s card', async () => {
  const { page } = ines;
  await turnTo(page, bot.url('C0COLLECT', 'U0INES'));
  await page.reload();
  await ask(page, '/account Otterby');
  expect(await says(page, /apart from the invoices/)).toContain('£451.47 claimed and open (interest, compensation)');
  await fromMenu('Interest and fees…');
  await says(page, /Claimed so far/);
  await newest(page).getByRole('button', { name: 'Waive…' }).first().click();
  await fillIn(page, { 'Amount to waive': '', Reason: 'Goodwill after the late delivery in March' }, 'Waive');
  const shown = await says(page, 'Waived. It is not asked for any more.');
  expect(shown).toContain('£70.00 waived, nothing left');
  const card = await ask(page, '/account Otterby');
  expect(card).toContain('£381.47 claimed and open (interest)');
  await bot.tick();
  expect(await ask(page, '/account Otterby timeline')).toContain(
    'Waived £70.00 of compensation on NW-24017: Goodwill after the late delivery',
  );
  await screenshot(page, 'interest-waived');
});

it('an admin adds the rate of a new half-year in Slack, not before it has begun', async () => {
  const alex = await openPage(bot.url('C0COLLECT', 'U0ALEX'), { width: 1280, height: 1100 });
  try {
    const { page } = alex;
    await page.getByLabel(/^Message #/).waitFor();
    const rates = await ask(page, '/collections rates');
    expect(rates).toContain('1 July – 31 December 2026: 2.40 %');
    expect(rates.match(/European Central Bank, key interest rates/g)).toHaveLength(1);
    const composer = page.getByLabel(/^Message #/);
    await composer.fill('/collections rates add');
    await composer.press('Escape');
    await composer.press('Enter');
    await dialog(page).waitFor();
    await choose(page, 'Which rate', /main refinancing rate/);
    await fillIn(page, { 'Half-year': '2027H1', 'Rate in percent a year': '2.65', Source: 'ECB, decision of 17 December 2026' }, 'Add');
    await dialog(page).locator('.error').waitFor();
    expect(await dialog(page).locator('.error').innerText()).toContain('has not begun');
    await fillIn(page, { 'Half-year': '2019H2', 'Rate in percent a year': '0.00' }, 'Add');
    await page.getByText(/Main refinancing rate of the European Central Bank for 1 July – 31 December 2019: 0\.00 %/).waitFor();
    await ask(page, '/collections rates');
    await says(page, /1 July – 31 December 2019: 0\.00 %, added by @Alex \S+ from ECB, decision of 17 December 2026/);
    await screenshot(page, 'rates');
  } finally {
    await alex.close();
  }
});

/** A picture of a PDF's first page for docs/, by poppler, which only whoever renews the pictures needs. */
async function pictureOf(bytes: Uint8Array, name: string): Promise<void> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-pdf-'));
  try {
    await fs.writeFile(path.join(dir, 'page.pdf'), bytes);
    const ran = spawnSync('pdftoppm', ['-r', '80', '-png', '-singlefile', 'page.pdf', 'page'], { cwd: dir, encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`pdftoppm is needed for this picture: ${ran.stderr ?? ran.error}`);
    await fs.copyFile(path.join(dir, 'page.png'), path.resolve(import.meta.dirname, `../../docs/${name}.png`));
  } finally {
    await fs.rm(dir, { recursive: true, force: true });
  }
}
