import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { screenshot } from '../support/screenshot.ts';

const LINES = 8_000;
/** An export nobody has described: German headers, amounts and dates. */
const items = () => {
  const rows = Array.from(
    { length: LINES },
    (_, i) => `K${i % 40};R-${1000 + i};Muster ${i % 40} GmbH;1.${String(100 + (i % 900))},50;01.03.2026;31.03.2026`,
  );
  return [
    'Kundennummer;Rechnungsnummer;Kunde;Bruttobetrag;Rechnungsdatum;Fällig am',
    ...rows,
    'K1;R-9;Muster;viel;01.03.2026;31.03.2026',
    '',
  ].join('\n');
};

let bot: Bot;
let open: OpenPage;
let page: Page;
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

const choose = async (label: string, option: string) => {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(label, { exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

describe('a manager drops last night’s open items into the channel', () => {
  it('and is asked once what is in such files', async () => {
    await page
      .getByTestId('upload')
      .setInputFiles({ name: 'Offene Posten 2026-03.csv', mimeType: 'text/csv', buffer: Buffer.from(items()) });
    await page.getByText('Offene Posten 2026-03.csv').first().waitFor();
    await page
      .getByText(/1 reply/)
      .last()
      .click();
    await page.getByText('I do not know files with these columns yet').waitFor();
    await screenshot(page, 'import-offer');
    await page.getByRole('button', { name: 'Choose mapping…' }).click();
    await page.getByRole('dialog').waitFor();
    await choose('Dates look like', '31/03/2026');
    await choose('Amounts look like', '1.234,56');
    await page.getByLabel('Currency of rows that name none').fill('EU');
    await page.getByRole('button', { name: 'Save and dry run' }).click();
    await page.getByText('Three letters of ISO 4217').waitFor();
    await page.getByLabel('Currency of rows that name none').fill('EUR');
    await screenshot(page, 'import-mapping');
    await page.getByRole('button', { name: 'Save and dry run' }).click();
  });

  it('sees what would change before anything does', async () => {
    await page.getByText('Dry run: nothing was written').waitFor({ timeout: 20_000 });
    await page.getByText(/line 8002.*viel/).waitFor();
    await page.getByText('The sample ledger will be replaced by yours').waitFor();
    await screenshot(page, 'import-dry-run');
  });

  it('confirms, sees it happen, and gets the summary with the rejected rows', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('alertdialog').getByText('This changes the ledger').waitFor();
    await screenshot(page, 'import-confirm');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText(/Importing: (reading|comparing|writing) rows \(step [12] of 2\), [\d,]+ of 8,001/).waitFor();
    await screenshot(page, 'import-progress');
    await page.getByText(/is imported,/).waitFor({ timeout: 30_000 });
    await page.getByText('Offene Posten 2026-03.csv.rejects.csv').first().waitFor();
    await page
      .getByText(`Now open: ${LINES.toLocaleString('en-GB')} invoices`)
      .first()
      .waitFor();
    await screenshot(page, 'import-summary');
  });

  it('finds it among the past imports', async () => {
    const composer = page.getByTestId('composer');
    await composer.fill('/collections import');
    await composer.press('Escape');
    await composer.press('Enter');
    await page.getByText('Page 1 of 1').last().waitFor();
    await page.getByRole('button', { name: 'Rejected rows' }).last().waitFor();
    await screenshot(page, 'import-runs');
    expect(bot.log).toEqual([]);
  });

  it('reads on a phone', async () => {
    const phone = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 390, height: 844 });
    await phone.page
      .getByText(/repl(y|ies)/)
      .last()
      .click();
    await phone.page.getByText(/is imported,/).waitFor();
    expect(await phone.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await screenshot(phone.page, 'import-phone');
    await phone.close();
  });
});
