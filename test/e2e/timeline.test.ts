import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { ask, choose, dialog, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

let bot: Bot;
let mara: OpenPage;

beforeAll(async () => {
  const began = performance.now();
  const now = () => Temporal.Instant.from('2026-11-23T09:30:00Z').add({ milliseconds: Math.round(performance.now() - began) });
  bot = await startBot({ clock: { now } });
  await bot.tick();
  mara = await openPage(bot.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1400 });
  await mara.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await mara?.close();
  await bot?.stop();
});

it('a colleague’s message goes into an account’s file from its menu', async () => {
  const { page } = mara;
  const tom = await bot.person('U0TOM');
  await tom.say('C0COLLECT', 'Met their director at the trade fair. She says the second pallet never arrived, and pays once we credit it.');
  const message = page.getByTestId('message').filter({ hasText: 'Met their director' });
  await message.hover();
  await message.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Add to an account’s file' }).click();
  await dialog(page).getByText('Met their director').waitFor();
  await dialog(page)
    .getByRole('button', { name: /^Account/ })
    .click();
  await page.getByRole('combobox', { name: /^Search/ }).fill('C1007');
  await page.getByRole('option').first().click();
  await choose(page, 'What was it?', 'Meeting');
  await choose(page, 'Between whom?', 'From the customer to us');
  await dialog(page).getByLabel('Subject').fill('Trade fair');
  await choose(page, 'Mark', 'Shareable: may go into an evidence pack');
  await screenshot(page, 'message-shortcut');
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await says(page, /On the file of .*, marked shareable/);
});

it('a note is written from the account’s card', async () => {
  const { page } = mara;
  await ask(page, '/account C1007');
  await press(page, 'Note…');
  await dialog(page).getByLabel('What happened').fill('Warehouse confirms: pallet 2 was returned by the carrier. Credit note asked for.');
  await choose(page, 'With', /./);
  await screenshot(page, 'note');
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
  const card = await says(page, 'On file, marked internal.');
  expect(card).toContain('note of 23 Nov 2026: Warehouse confirms');
});

it('the card’s menu holds what is not daily work', async () => {
  const { page } = mara;
  await newest(page)
    .getByRole('button', { name: /^More…/ })
    .click();
  await page.getByRole('option', { name: 'Kind of customer…' }).click();
  await dialog(page).getByText('Formal steps against a natural person').waitFor();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  // Drawn anew: it names none of its entries, and each can be chosen again.
  await newest(page)
    .getByRole('button', { name: /^More…/ })
    .waitFor();
});

it('the timeline shows everything with its mark, narrows, and lets a mark be changed', async () => {
  const { page } = mara;
  await bot.tick();
  const all = await ask(page, '/account C1007 timeline');
  expect(all).toMatch(/Meeting with the customer of \d+ \w+ \d+, written by @Tom Weber: “Trade fair”/);
  expect(all).toContain('Warehouse confirms');
  await screenshot(page, 'timeline');
  await newest(page)
    .getByRole('button', { name: /Everything/ })
    .click();
  await page.getByRole('option', { name: 'Arrangements' }).click();
  await says(page, 'Nothing of this kind is on file yet.');
  await newest(page)
    .getByRole('button', { name: /Arrangements/ })
    .click();
  await page.getByRole('option', { name: 'Contacts' }).click();
  await says(page, 'Warehouse confirms');
  await newest(page).getByRole('button', { name: 'Open…' }).first().click();
  await dialog(page).getByText('paper trail').waitFor();
  await choose(page, 'Mark it as', 'Privileged: between us and counsel');
  await dialog(page).getByLabel('Why').fill('Counsel asked for it');
  await dialog(page).getByRole('button', { name: 'Change mark' }).click();
  await says(page, 'changed from internal to privileged: Counsel asked for it');
});
