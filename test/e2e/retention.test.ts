import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { stamp } from '../../src/kernel/fact.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { contact, invoice, payment, source } from '../support/ledger-place.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, dialog, fillIn, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

// Holm & Sons owe; Old Mill paid its last invoice in 2016; Quay Timber did, too, and is in court with us. Alex is the admin, Ines a manager.

const OLD = ['Old Mill Ltd', 'Quay Timber Ltd'] as const;
let desk: ReviewDesk;
const pages: Record<string, OpenPage> = {};
const pageOf = (user: string): Page => pages[user]!.page;

beforeAll(async () => {
  desk = await reviewDesk([{ number: 'C1', name: 'Holm & Sons Ltd', due: '2026-12-20' }]);
  const records = OLD.flatMap((name, n) => {
    const more = { account: `O${n}`, entity: 'NWUK', currency: 'GBP' };
    return [
      { kind: 'account' as const, account: { number: `O${n}`, name, country: 'GB', zone: 'Europe/London', entity: 'NWUK' } },
      contact('Petra Moss', { account: `O${n}`, email: `petra@o${n}.example` }),
      invoice(`O${n}-1`, { ...more, total: 100_00, issued: day('2016-03-01'), due: day('2016-04-01') }),
      payment(`PO${n}-1`, 100_00, { [`O${n}-1`]: 100_00 }, { ...more, date: day('2016-05-02') }),
    ];
  });
  const request = { source: source(records), dryRun: false, confirmVanished: false, sample: false };
  await importLedger({ intake: desk.stores.intake, clock: { now: () => Temporal.Instant.from('2016-06-01T09:00:00Z') } }, request);
  for (const [n] of OLD.entries()) {
    const account = (await desk.stores.accounts.load(accountId(`O${n}`)))!;
    const note = {
      type: 'interaction-recorded',
      channel: 'note',
      direction: 'internal',
      on: '2016-05-03',
      subject: '',
      attachments: [],
      source: null,
    };
    const facts = stamp(
      [{ ...note, text: 'Petra pays at last' }],
      `account:${account.id}`,
      0,
      'U0MARA',
      'n',
      Temporal.Instant.from('2016-05-03T09:00:00Z'),
    );
    await desk.stores.accounts.save(account, account.work, facts as never, 'n');
  }
  await desk.later();
  for (const user of ['U0ALEX', 'U0INES', 'U0TOM']) {
    pages[user] = await openPage(desk.url('C0COLLECT', user), { width: 1280, height: 1000 });
    pages[user].page.setDefaultTimeout(20_000);
    await pages[user].page.getByLabel(/^Message #/).waitFor();
  }
}, 90_000);
afterAll(async () => {
  for (const each of Object.values(pages)) await each.close();
  expect(desk?.log).toEqual([]);
  await desk?.stop();
});

const stored = async (n: number) => {
  const account = accountId(`O${n}`);
  const { entries } = await desk.stores.timeline.page(account, { types: ['interaction-recorded'], before: null, limit: 10 });
  const invoices = await desk.stores.ledger.invoices(account, 10);
  return [invoices.length, (await desk.stores.ledger.contacts(account)).length, entries.filter(({ erased }) => !erased).length];
};
async function openForm(page: Page): Promise<void> {
  const composer = page.getByLabel(/^Message #/);
  await composer.fill('/collections retention');
  await composer.press('Escape');
  await composer.press('Enter');
  await dialog(page).getByText('How long records stay').waitFor();
}

it('a manager puts an account on legal hold, which its card says; a collector may not', async () => {
  expect(await ask(pageOf('U0TOM'), '/collections legal-hold Quay Timber: claim of May')).toContain(
    'it needs the role manager, finance lead or admin',
  );
  expect(await ask(pageOf('U0INES'), '/collections legal-hold Quay Timber Ltd')).toContain('then a colon, then the reason');
  expect(await ask(pageOf('U0INES'), '/collections legal-hold Quay Timber: claim of 3 May, county court')).toContain('is on legal hold');
  expect(await ask(pageOf('U0INES'), '/collections legal-hold Quay Timber: again')).toContain('is on legal hold already');
  expect(await ask(pageOf('U0INES'), '/account Quay Timber')).toMatch(/Legal hold since .*claim of 3 May, county court/);
});

it('a manager may not set the times', async () => {
  expect(await ask(pageOf('U0INES'), '/collections retention')).toContain('it needs the role finance lead or admin');
});

it('the admin sees what laws ask for, is told of a time that is too short, and then what would go and what stays', async () => {
  const page = pageOf('U0ALEX');
  await openForm(page);
  expect(await dialog(page).innerText()).toContain('Nothing is removed: every record is kept for good.');
  await fillIn(page, { 'Months: invoices': '35' }, 'Save and count');
  await dialog(page).getByText('8 in Germany, 10 in France').first().waitFor();
  await fillIn(page, { 'Months: invoices': '96', 'Months: words of the history': '72', 'Months: contacts': '24' }, 'Save and count');
  const said = await says(page, 'Dry run: nothing was removed');
  expect(said).toContain('Invoices, credit notes and payments (96 months, so up to 31 Dec 2017): 2 records, of 2 May 2016');
  expect(said).toContain('3 records of 1 account: on legal hold');
  expect(said).toContain('Emails that were never sent: kept for good');
  expect(await stored(0)).toEqual([1, 1, 1]);
  await newest(page).getByRole('button', { name: 'Remove 4 records for good' }).scrollIntoViewIfNeeded();
  await screenshot(page, 'retention');
});

it('nothing goes before the button is pressed and confirmed; then it goes, and what is on hold stays', async () => {
  await desk.later();
  expect(await stored(0)).toEqual([1, 1, 1]);
  const page = pageOf('U0ALEX');
  await press(page, 'Remove 4 records for good');
  await page.getByRole('button', { name: 'Remove for good', exact: true }).click();
  await says(page, '4 records go now');
  await desk.later();
  await expect.poll(() => stored(0)).toEqual([0, 0, 0]);
  expect(await stored(1)).toEqual([1, 1, 1]);
  expect(await ask(pageOf('U0ALEX'), '/account Old Mill')).toContain('the words were erased');
});

it('the form says what is in force and what went; shorter times ask for a count again, longer ones do not', async () => {
  const page = pageOf('U0ALEX');
  await openForm(page);
  const form = await dialog(page).innerText();
  expect(form).toContain('Invoices, credit notes and payments: 96 months');
  expect(form).toContain('4 records removed');
  await fillIn(page, { 'Months: contacts': '12' }, 'Save and count');
  await says(page, 'Use these times');
  await openForm(page);
  await fillIn(page, { 'Months: contacts': '36' }, 'Save and count');
  await says(page, 'These times are in force');
});
