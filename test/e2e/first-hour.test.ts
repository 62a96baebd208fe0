import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, day } from '../../src/kernel/day.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { screenshot } from '../support/screenshot.ts';

/** A Monday morning; it passes as fast as the test does. */
const MORNING = Temporal.Instant.from('2026-11-30T09:30:00Z');
const BEGAN = Date.now();
const clock = { now: () => MORNING.add({ milliseconds: Date.now() - BEGAN }) };
const TODAY = day('2026-11-30');
const MOST_CLICKS = 25;

interface Layout {
  readonly name: string;
  readonly file: string;
  readonly customers: number;
  readonly rows: (customers: number) => string[];
  /** Addresses stand in a file of their own. */
  readonly contacts: boolean;
  readonly entities: number;
}

const german = (iso: string) => iso.split('-').reverse().join('.');
const due = (i: number) => addDays(TODAY, -[3, 12, 30, 70, 130, -20][i % 6]!);
const amount = (i: number) => 1_000 + ((i * 7_919) % 90_000);
const company = (i: number) => `${['Muster', 'Nordwind', 'Seidel', 'Ackermann'][i % 4]} ${i} GmbH`;

const LAYOUTS: readonly Layout[] = [
  {
    name: 'a German list of open items with two company codes, credits and the reminders of the accounting system',
    file: 'OP-Liste 2026-11-30.csv',
    customers: 72,
    contacts: true,
    entities: 2,
    rows: (customers) => [
      'Buchungskreis;Kunde;Name 1;Land;Belegnummer;Belegart;Belegdatum;Nettofälligkeit;Betrag in Belegwährung;Währung;Mahnstufe;Letzte Mahnung',
      ...Array.from({ length: customers * 4 }, (_, i) => {
        const who = i % customers;
        const credit = i % 12 === 11;
        const dunned = i % 9 === 3 && due(i) < addDays(TODAY, -25) ? ['2', german(addDays(TODAY, -11))] : ['', ''];
        const sum = `${(amount(i) / 100).toFixed(2).replace('.', ',')}${credit ? '-' : ''}`;
        const head = [who % 2 ? '2000' : '1000', `10${String(who).padStart(4, '0')}`, company(who), 'DE', String(1_800_000 + i)];
        return [...head, credit ? 'DG' : 'RV', german(addDays(due(i), -30)), german(due(i)), sum, 'EUR', ...dunned].join(';');
      }),
    ],
  },
  {
    name: 'an English list with addresses in it',
    file: 'Aged receivables.csv',
    customers: 72,
    contacts: false,
    entities: 1,
    rows: (customers) => [
      'Customer Number,Customer Name,Email,Country,Invoice Number,Invoice Date,Due Date,Amount Due,Currency',
      ...Array.from({ length: customers * 3 }, (_, i) => {
        const who = i % customers;
        const name = `Harbour ${who} Ltd`;
        const row = [`C${who}`, name, `ap@harbour${who}.example`, 'GB', `INV-${i}`, addDays(due(i), -30), due(i)];
        return [...row, (amount(i) / 100).toFixed(2), 'GBP'].join(',');
      }),
    ],
  },
  {
    name: 'our own template with 2,000 customers',
    file: 'open-invoices.csv',
    customers: 2_000,
    contacts: true,
    entities: 1,
    rows: (customers) => [
      'account,account_name,country,number,currency,total,issued,due',
      ...Array.from({ length: customers * 2 }, (_, i) => {
        const who = i % customers;
        return [`K${who}`, company(who), 'DE', `R-${i}`, 'EUR', (amount(i) / 100).toFixed(2), addDays(due(i), -30), due(i)].join(',');
      }),
    ],
  },
];

const contactsOf = ({ customers, rows }: Layout) => {
  const [head, ...all] = rows(customers).map((row) => row.split(/[;,]/));
  const at = Math.max(head!.indexOf('Kunde'), head!.indexOf('account'));
  const accounts = [...new Set(all.map((row) => row[at]!))];
  return ['account,name,email,phone', ...accounts.map((each) => `${each},Accounts payable,ap@k${each.toLowerCase()}.example,`)];
};

describe.each(LAYOUTS)('the first hour with $name', (layout) => {
  let bot: Bot;
  let alex: OpenPage;
  let page: Page;
  let drops = 0;
  const picture = (step: string) => (layout === LAYOUTS[0] ? screenshot(page, `first-hour-${step}`) : Promise.resolve());
  const clicks = async (of: Page) => Number(await of.evaluate('window.clicks'));
  const countClicks = (of: Page) =>
    of.evaluate("window.clicks = 0; document.addEventListener('click', (event) => { if (event.isTrusted) window.clicks += 1; }, true);");
  const press = (name: string | RegExp) =>
    page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .last()
      .click();
  const confirm = (name: string) => page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click();
  const said = (text: string | RegExp, timeout = 30_000) => page.getByText(text).last().waitFor({ timeout });
  const drop = async (name: string, rows: readonly string[]) => {
    drops += 1;
    await page.getByTestId('upload').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\n')}\n`) });
    await page.getByText(name).first().waitFor();
    const replies = page.getByText(/^1 reply$/).last();
    await replies.waitFor();
    await replies.click();
    await page.getByRole('button', { name: 'Dry run', exact: true }).last().click();
    await said('Dry run: nothing was written', 120_000);
    await press('Import');
    await confirm('Import');
    await said(new RegExp(`${name.replace(/[.()]/g, '\\$&')} is imported`), 240_000);
  };
  const settled = async (text: string | RegExp) => {
    for (const end = Date.now() + 400_000; (await page.getByText(text).count()) === 0; ) {
      if (Date.now() > end)
        throw new Error(`the page does not say ${text}: ${(await page.getByRole('log').last().textContent())?.slice(-2_000)}`);
      await bot.tick();
    }
  };

  beforeAll(async () => {
    bot = await startBot({ clock });
    await bot.tick();
    alex = await openPage(bot.url('C0COLLECT', 'U0ALEX'), { width: 1280, height: 800 });
    page = alex.page;
    await page
      .getByText(/Overdue digest ·/)
      .first()
      .waitFor();
    await countClicks(page);
  }, 120_000);
  afterAll(async () => {
    await alex?.close();
    await bot?.stop();
  });

  it(`goes from the dropped file to an email to review in at most ${MOST_CLICKS} clicks`, async () => {
    const started = performance.now();
    await drop(layout.file, layout.rows(layout.customers));
    if (layout.contacts) {
      await said(/no email address: they can only be called/);
      await picture('checklist');
      await drop('contacts.csv', contactsOf(layout));
    }
    await said(/Before the first reminders/);

    await press('Assign collectors…');
    await press('Preview');
    await press(/^Reassign [\d,]+ accounts$/);
    await confirm('Reassign');
    await settled(/every customer has a collector/);

    for (let at = 0; at < layout.entities; at += 1) {
      await press('Say who writes…');
      const form = page.getByRole('dialog');
      await form.getByLabel('Name of the company, as on its invoices').fill('Harbour Pike Trading Ltd');
      await form.getByLabel('Mails come from').fill('receivables@harbour-pike.example');
      await form.getByLabel('Remittance advices go to').fill('remittance@harbour-pike.example');
      await form.getByLabel('Telephone number').fill('+44 20 7946 0100');
      await form.getByRole('button', { name: 'Save', exact: true }).click();
      await said(/now writes as/);
      await form.waitFor({ state: 'detached' });
    }
    await settled(/every selling entity has a sender/);

    await press('Place by age…');
    await said(/overdue when imported. Say what they have had by then/);
    await picture('starts');
    await page.getByRole('dialog').getByRole('button', { name: 'Set', exact: true }).click();
    await settled(/starting points set by/);
    await settled(/every overdue customer has a starting point/);
    await settled(/emails are ready to review/);
    await picture('ready');

    const mara = await openPage(bot.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 800 });
    await countClicks(mara.page);
    const thread = mara.page.getByText(/^\d replies$/).last();
    await thread.click();
    await mara.page.getByRole('button', { name: 'Review emails' }).last().click();
    await mara.page
      .getByRole('button', { name: /^Approve/ })
      .first()
      .waitFor();
    const all = drops + (await clicks(page)) + (await clicks(mara.page));
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(JSON.stringify({ layout: layout.name, customers: layout.customers, clicks: all, seconds }));
    await mara.close();
    expect(all).toBeLessThanOrEqual(MOST_CLICKS);
    expect(bot.log).toEqual([]);
  }, 1_200_000);

  it('takes every starting point back within the day', async () => {
    await press('Take back');
    await picture('take-back');
    await confirm('Take back');
    await settled(/starting points taken back by/);
    await settled(/overdue when imported. Nobody is reminded before you say what they have had/);
  }, 300_000);
});
