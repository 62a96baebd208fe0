import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenPage, openPage } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, choose, dialog, fillIn, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

let desk: ReviewDesk;
let mara: OpenPage;

// Seventeen days past due on the Monday, with the reminder behind them: the call is due.
const reminded = { key: 'reminder', offset: 10 };

beforeAll(async () => {
  desk = await reviewDesk([
    { number: 'C-1', name: 'Otterby Foods Ltd', due: '2026-11-06', after: reminded },
    { number: 'C-2', name: 'Birkenhain GmbH', due: '2026-11-06', language: 'de', after: reminded },
    { number: 'C-3', name: 'Quarry Lane Ltd', due: '2026-11-20' },
  ]);
  await desk.later();
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1900 });
  await mara.page.getByLabel(/^Message #/).waitFor();
});

afterAll(async () => {
  await mara?.close();
  await desk?.stop();
});

const row = (name: string) => newest(mara.page).getByText(name);

async function promiseOnCall(date: string): Promise<void> {
  const { page } = mara;
  await choose(page, 'How did it go', 'Reached: they promise to pay');
  await dialog(page).getByLabel('Who said it').waitFor();
  await choose(page, 'Invoices', /^I-C-/);
  await choose(page, 'Why have they not paid', 'Cash flow');
  await fillIn(page, { 'They pay on': date, 'Who said it': 'Imogen Larch' }, 'Record');
}

it('the list of the day asks for the call, and the card has what a caller needs', async () => {
  const { page } = mara;
  expect(await ask(page, '/collections mine')).toMatch(/Call: stage “Call” is due; invoice I-C-2, 17 days past due/);
  await row('Birkenhain GmbH').waitFor();
  await ask(page, '/account Birkenhain');
  await press(page, 'Call…');
  const card = await dialog(page).innerText();
  for (const part of [
    'Call is due today.',
    'Imogen Larch',
    '+44 20 7946 0123',
    'Hello, this is Mara Lind from Northwind Trading Ltd.',
    'I am calling about invoice I-C-2: £1,000.00, 17 days overdue.',
    'Guten Tag, hier ist Mara Lind von Northwind Trading Ltd.',
    '£1,000.00 overdue of £1,000.00 open',
  ])
    expect(card).toContain(part);
  await screenshot(page, 'call-card');
});

it('a call that ends in a promise is recorded with it, and the stage advances', async () => {
  const { page } = mara;
  await promiseOnCall('2026-11-27');
  const card = await says(page, 'Call and promise recorded.');
  expect(card).toContain('Promised £1,000.00 for 27 Nov 2026');
  expect(card).toContain('Reasons given: Cash flow');
  expect(await ask(page, '/collections why Birkenhain')).toContain('Next, if nobody pays: Wednesday, 2 December 2026, Firm reminder');
});

it('from the command as well; a dispute opens its own fields, no answer needs none', async () => {
  const { page } = mara;
  const composer = page.getByLabel(/^Message #/);
  await composer.fill('/account C-1 call');
  await composer.press('Escape');
  await composer.press('Enter');
  await dialog(page).getByText('Otterby Foods Ltd').waitFor();
  await choose(page, 'How did it go', 'Reached: they dispute something');
  await dialog(page).getByLabel('Disputed amount').waitFor();
  await choose(page, 'How did it go', 'No answer');
  await dialog(page).getByLabel('Disputed amount').waitFor({ state: 'detached' });
  expect(await dialog(page).innerText()).not.toContain('Why have they not paid');
  await choose(page, 'How did it go', 'Reached: they promise to pay');
  await promiseOnCall('2026-11-25');
  await says(page, 'Call and promise recorded.');
});

it('who hears that it is paid writes down the day, the amount and the reference; why says to look in the bank', async () => {
  const { page } = mara;
  await ask(page, '/account C-3');
  await press(page, 'Call…');
  await choose(page, 'How did it go', 'Reached: they say it is paid');
  await dialog(page).getByLabel('When did they pay?').waitFor();
  expect(await dialog(page).innerText()).not.toContain('Why have they not paid');
  const paid = { 'How much, in GBP?': 'ten', 'When did they pay?': '2026-11-24', 'Reference of the payment': 'FT 4711' };
  await fillIn(page, paid, 'Record');
  await dialog(page).getByText('is not an amount').waitFor();
  await fillIn(page, { 'How much, in GBP?': '1,000' }, 'Record');
  await dialog(page).getByText('What they will pay is a promise: choose that outcome, or correct the day. Nothing was recorded.').waitFor();
  await dialog(page).getByLabel('When did they pay?').fill('2026-11-14');
  await fillIn(page, {}, 'Record');
  const card = await says(page, 'Look in the bank for the payment; the follow-up goes on until it is in the ledger.');
  expect(card).toContain('They say it is paid: £1,000.00 on 14 Nov 2026, reference “FT 4711” (told @Mara Lind on 23 Nov 2026).');
  expect(await ask(page, '/account C-3 timeline')).toContain(
    'Call to Imogen Larch: reached: they say it is paid, £1,000.00 on 14 Nov 2026, reference “FT 4711”',
  );
  expect(await ask(page, '/collections why C-3')).toMatch(/They say it is paid: £1,000\.00 on 14 Nov 2026[\s\S]*Look in the bank/);
  await desk.pay('C-3', 100_000);
  expect(await ask(page, '/collections why C-3')).not.toContain('They say it is paid');
});

it('a kept promise raises the rate, with no message of its own', async () => {
  const { page } = mara;
  await desk.later();
  await desk.pay('C-1', 100_000);
  await desk.later();
  const report = await ask(page, '/collections promises');
  expect(report).toContain('100% of the promises of the last year were kept.');
  expect(report).toContain('1 kept, £1,000.00');
  expect(report).toContain('Birkenhain GmbH: £1,000.00 for 27 Nov 2026 on I-C-2');
});

it('a broken promise comes back to whoever took it, with what to do next', async () => {
  // Friday 27 November and two business days of grace: on Wednesday it is broken.
  await desk.morning('2026-12-01T09:00:00Z');
  const person = await desk.person('U0MARA');
  const [direct] = (await person.snapshot()).channels.filter(({ kind }) => kind === 'im');
  const told = async () => (await person.messages(direct!.id)).filter(({ text }) => text.startsWith('Promise broken'));
  expect(await told()).toEqual([]);
  await desk.morning('2026-12-02T09:00:00Z');
  // Slack takes a message a second in a channel; what it put off comes when time goes on.
  const toldLater = async () => {
    await desk.later();
    return told();
  };
  await expect.poll(toldLater, { timeout: 20_000, interval: 500 }).toHaveLength(1);

  const open = await openPage(desk.url(direct!.id, 'U0MARA'), { width: 1280, height: 1000 });
  const card = open.page.getByTestId('message').filter({ hasText: 'Promise broken' });
  await card.waitFor();
  const said = await card.innerText();
  expect(said).toContain('Imogen Larch promised £1,000.00 for Friday, 27 November 2026 on I-C-2.');
  expect(said).toContain('Nothing has come in.');
  expect(said).toContain('Promises of the last year: 0% kept. 1 broken, £1,000.00');
  await screenshot(open.page, 'promise-broken');
  await card.getByRole('button', { name: 'New promise…' }).click();
  await dialog(open.page).getByText('Promise to pay').first().waitFor();
  await dialog(open.page).getByRole('button', { name: 'Cancel' }).click();
  await open.close();
  // The form opened wherever Mara is.
  await mara.page.keyboard.press('Escape');
  await dialog(mara.page).waitFor({ state: 'detached' });
});

it('and stands in the list until somebody has called', async () => {
  expect(await ask(mara.page, '/collections mine')).toMatch(/Birkenhain GmbH[\s\S]*Call about the broken promise: 1 promised payment has/);
  const entry = newest(mara.page).getByRole('button', { name: 'Call…' });
  await entry.first().click();
  await choose(mara.page, 'How did it go', 'Reached: no commitment');
  await fillIn(mara.page, {}, 'Record');
  await says(mara.page, 'Call recorded.');
  expect(await ask(mara.page, '/collections mine')).not.toContain('Call about the broken promise');
});
