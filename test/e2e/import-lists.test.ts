import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { screenshot } from '../support/screenshot.ts';

const SAP = `Kunde\tName 1\tBuchungskreis\tBelegnr\tAr\tBelegdatum\tNettofälligkeit\tBetrag in Belegwährung\tWähr.
100001\tMuster AG\t1000\t1800000001\tRV\t01.09.2026\t01.10.2026\t1.234,50\tEUR
100001\tMuster AG\t1000\t1600000001\tRG\t02.09.2026\t02.10.2026\t200,00-\tEUR
100002\tBeispiel GmbH\t1000\t1800000002\tRV\t13.09.2026\t13.10.2026\t99,90\tEUR
*\t\t\t\t\t\t\t1.134,40\tEUR
`;
const QUICKBOOKS = `Oakline Repairs,,,,,,,
A/R Ageing Detail,,,,,,,
"As of November 28, 2026",,,,,,,
,,,,,,,
Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance
1 - 30 days past due,,,,,,
10/01/2026,Invoice,1037,Cool Cars,10/31/2026,"1,250.00","1,250.00"
10/13/2026,Payment,,Cool Cars,10/13/2026,-250.00,-250.00
Total for 1 - 30 days past due,,,,,"$1,000.00","$1,000.00"
TOTAL,,,,,"$1,000.00","$1,000.00"
`;
/** Nothing in it shows whether day or month comes first. */
const DATEV = `Konto;Rechnungsnummer;Datum;Fälligkeit;Sollbetrag;Habenbetrag;Saldo
10001;00471;03/04/2026;05/06/2026;1.500,00;;1.500,00 S
10002;00472;04/05/2026;06/07/2026;;300,00;300,00 H
`;

let bot: Bot;
let open: OpenPage;
let page: Page;
let clicks = 0;
beforeAll(async () => {
  bot = await startBot();
  await bot.tick();
  open = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 1440, height: 1000 });
  page = open.page;
});
afterAll(async () => {
  await open?.close();
  await bot?.stop();
});

async function drop(name: string, text: string): Promise<void> {
  clicks = 1;
  await page.getByTestId('upload').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByText(name).first().waitFor();
  await page
    .getByText(/1 reply/)
    .last()
    .click();
  await page.getByRole('button', { name: 'Dry run', exact: true }).waitFor();
  await press('Dry run');
}
async function press(name: string): Promise<void> {
  clicks += 1;
  await page.getByRole('button', { name, exact: true }).last().click();
}
async function choose(label: string, option: string): Promise<void> {
  clicks += 2;
  await page.getByRole('dialog').getByLabel(label, { exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
async function confirmImport(name: string): Promise<void> {
  await press('Import');
  clicks += 1;
  await page.getByRole('alertdialog').getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(new RegExp(`${name}.* is imported,`)).waitFor({ timeout: 30_000 });
  await page.keyboard.press('Escape');
}

describe('a manager drops what the accounting system writes', () => {
  it('SAP line items need no answer at all', async () => {
    await drop('FBL5N.txt', SAP);
    await page.getByText('The column names are those of SAP, customer line items').waitFor({ timeout: 20_000 });
    await page.getByText(/difference €0\.00/).waitFor();
    await screenshot(page, 'list-sap');
    await confirmImport('FBL5N');
    await page
      .getByText(/Now open: 2 invoices, €1,334\.40/)
      .first()
      .waitFor();
    expect(clicks).toBeLessThanOrEqual(12);
  });

  it('QuickBooks does not name its currency, and lacks the company that was there before: both are asked', async () => {
    await drop('Ageing.csv', QUICKBOOKS);
    await page.getByRole('button', { name: 'Answer the question…' }).waitFor({ timeout: 20_000 });
    await page.getByText('The file does not say in which currency it is').first().waitFor();
    await press('Answer the question…');
    await choose('Currency of these rows', 'USD');
    await screenshot(page, 'list-questions');
    await press('Save and dry run');
    await page.getByText('The file has no row of 1000 in EUR').first().waitFor({ timeout: 20_000 });
    await press('Answer the question…');
    await choose('1000 in EUR', 'In another file: leave them open, here and in files like this one');
    await press('Save and dry run');
    await page.getByRole('button', { name: 'Import', exact: true }).waitFor({ timeout: 20_000 });
    await screenshot(page, 'list-answered');
    await confirmImport('Ageing');
    expect(clicks).toBeLessThanOrEqual(12);
  });

  it('DATEV with dates of two readings shows what each would mean', async () => {
    await drop('OPOS.csv', DATEV);
    await page.getByText('All 4 dates fit').first().waitFor({ timeout: 20_000 });
    await press('Answer 2 questions…');
    await choose('Dates are', 'day.month.year: 03/04/2026 is 3 April 2026');
    await choose('Currency of these rows', 'EUR');
    await screenshot(page, 'list-dates');
    await press('Save and dry run');
    await page.getByText('dated 2026-04-03, due 2026-06-05').first().waitFor({ timeout: 20_000 });
    expect(clicks).toBeLessThanOrEqual(12);
    expect(bot.log).toEqual([]);
  });
});
