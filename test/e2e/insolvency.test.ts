import { afterAll, beforeAll, expect, it } from 'vitest';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { invoice, payment, source } from '../support/ledger-place.ts';
import { ask, choose, dialog, fillIn, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

// 5,000.00 pounds since 31 March 2026 and 999.00 since 15 October; 450.00 of an older one came in on 1 September.
const owed = { entity: 'NWUK', currency: 'GBP' };
const LATE = [
  invoice('NW-24017', { ...owed, total: 500_000, issued: '2026-03-01' as never, due: '2026-03-31' as never }),
  invoice('NW-24102', { ...owed, total: 99_900, issued: '2026-09-15' as never, due: '2026-10-15' as never }),
  invoice('NW-23950', { ...owed, total: 45_000, issued: '2026-02-01' as never, due: '2026-03-03' as never }),
];
const account = { number: 'C1', name: 'Otterby Freight Ltd', country: 'GB', language: '', kind: 'company', entity: 'NWUK' };

let bot: Bot;
let ines: OpenPage;

beforeAll(async () => {
  bot = await startBot({
    clock: { now: () => Temporal.Instant.from('2026-11-23T09:30:00Z') },
    prepare: (stores) => {
      const rows = LATE.map((record) => ({ ...record, account: { ...record.account, ...account } }) as never);
      const paid = payment('P-1', 45_000, { 'NW-23950': 45_000 }, { ...owed, account: 'C1', date: '2026-09-01' as never });
      return importLedger(stores, { source: source([...rows, paid]), dryRun: false, confirmVanished: false, sample: false });
    },
  });
  await bot.tick();
  ines = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1400 });
  ines.page.setDefaultTimeout(8_000);
  await ines.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await ines?.close();
  await bot?.stop();
});

it('the standard terms of a company are set once, and its customers have them', async () => {
  const { page } = ines;
  await ask(page, '/collections terms');
  await press(page, 'Edit…');
  await choose(page, 'Governing law', 'United Kingdom (England and Wales)');
  await dialog(page).getByLabel('Payment terms in days').fill('30');
  await choose(page, 'Method of notice', 'By registered post');
  await dialog(page).getByLabel('Where notice goes').fill('the registered office');
  await choose(page, 'Where this company accounts for VAT', 'United Kingdom');
  await screenshot(page, 'standard-terms');
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
  await says(page, /They hold for every customer who agreed nothing else/);
  const card = await ask(page, '/account Otterby');
  expect(card).toMatch(/Standard terms of Northwind Trading Ltd\s+law: United Kingdom \(England and Wales\) · terms 30 days/);
  expect(card).toContain('English, because the customer is in the United Kingdom; not set in the ledger');
});

it('an insolvency file has the claim, the deadline, VAT and what may be claimed back', async () => {
  const { page } = ines;
  await ask(page, '/account Otterby');
  await press(page, 'Status…');
  await choose(page, 'Status', 'Insolvent');
  await fillIn(page, { Reason: 'Gazette of 20 November' }, 'Save');
  await says(page, /No insolvency file yet/);
  await press(page, 'Open insolvency file…');
  await choose(page, 'Procedure', 'Administration');
  await dialog(page).getByLabel('Opening day').fill('2026-11-24');
  await dialog(page).getByLabel('Court').fill('High Court');
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
  await dialog(page).locator('.error').first().waitFor();
  expect(await dialog(page).locator('.error').first().innerText()).toContain('cannot have opened after today');
  await dialog(page).getByLabel('Opening day').fill('2026-11-03');
  await dialog(page).getByLabel('Filing deadline').fill('2026-12-07');
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
  const card = await says(page, /Administration, opened 3 Nov 2026/);
  expect(card).toContain('File the claim by 7 Dec 2026 (14 days)');
  expect(card).toMatch(/£5,999\.00 on 2 invoices, interest to that day £\d+\.\d\d/);
  expect(card).toContain('VAT relief: first invoice from 30 Sept 2026');
  expect(card).toContain('May be claimed back: £450.00 in 1 payment of the 6 months before the opening. Check with counsel');
  await newest(page).scrollIntoViewIfNeeded();
  await screenshot(page, 'insolvency');
});
