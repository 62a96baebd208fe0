import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { openPage } from '../support/browser.ts';
import { screenshot } from '../support/screenshot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
  await bot.tick();
});
afterAll(() => bot.stop());

async function type(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel(/^Message #/);
  await composer.fill(text);
  await composer.press('Escape');
  await composer.press('Enter');
}
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
/** Picks a person in a select of a form. */
async function pick(page: Page, form: string, label: string, name: RegExp): Promise<void> {
  await dialog(page, form)
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .click();
  await page.getByRole('option', { name }).click();
}
const log = (page: Page) => page.getByRole('log').first();

describe('a manager at the page', () => {
  it('assigns by button: the form, the card, and the two direct messages', async () => {
    const { page, close } = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1000 });
    await type(page, '/account Wolkenheim Elektro GmbH');
    await page.getByRole('button', { name: 'Assign…' }).last().click();
    const form = dialog(page, 'Assign account');
    await form.waitFor();
    await pick(page, 'Assign account', 'Collector', /Ines Duarte/);
    await screenshot(page, 'assign');
    await form.getByRole('button', { name: 'Assign' }).click();
    await log(page).getByText('Assigned. Both collectors are told.').waitFor();
    await close();
    await bot.tick();
    const mara = await openPage(bot.url('C0COLLECT', 'U0MARA'));
    await mara.page.getByRole('navigation', { name: 'Workspace' }).locator('button[data-place^=D]', { hasText: 'Arrears' }).click();
    await mara.page.getByText('1 account no longer yours').last().waitFor();
    await screenshot(mara.page, 'assign-told');
    await mara.close();
  });

  it('previews and carries out a bulk change', async () => {
    const { page, close } = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1000 });
    await type(page, '/collections reassign');
    await page.getByText('Accounts by collector').last().waitFor();
    await page.getByRole('button', { name: 'Reassign…' }).first().click();
    const form = dialog(page, 'Reassign accounts');
    await form.waitFor();
    await form.getByRole('button', { name: 'Preview' }).click();
    await log(page)
      .getByText(/would move/)
      .last()
      .waitFor();
    await screenshot(page, 'reassign-preview');
    await page
      .getByRole('button', { name: /^Reassign \d+ accounts/ })
      .last()
      .click();
    await page.getByRole('alertdialog', { name: 'Reassign?' }).getByRole('button', { name: 'Reassign' }).click();
    await log(page)
      .getByText(/Reassigning \d+ accounts/)
      .waitFor();
    await close();
  });

  it('writes a rule and sees what it would take today', async () => {
    const { page, close } = await openPage(bot.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1000 });
    await type(page, '/collections rules');
    await page.getByRole('button', { name: 'Add rule…' }).last().click();
    const form = dialog(page, 'Add a rule');
    await pick(page, 'Add a rule', 'Give the accounts to', /Mara Lind/);
    await form.getByRole('textbox', { name: /^Currency/ }).click();
    await form.getByRole('textbox', { name: /^Currency/ }).fill('EUR');
    await screenshot(page, 'rule-form');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await log(page)
      .getByText(/Rule added/)
      .waitFor();
    await expect.poll(() => log(page).textContent()).toMatch(/EUR open → @Mara Lind.*matches \d+ accounts today/s);
    await screenshot(page, 'rules');
    await close();
  });

  it('sets an absence with a date and a cover, at a phone’s width', async () => {
    const { page, close } = await openPage(bot.url('C0COLLECT', 'U0MARA'), { width: 390, height: 844 });
    await type(page, '/collections absence');
    await page.getByRole('button', { name: 'Set absence…' }).last().click();
    const form = dialog(page, 'Absence');
    await pick(page, 'Absence', 'Who covers', /Tom Weber/);
    await screenshot(page, 'absence-phone');
    await form.getByRole('button', { name: 'Save' }).click();
    await log(page)
      .getByText(/covers\./)
      .waitFor();
    await close();
  });
});

describe('an admin at the page', () => {
  it('gives roles and sees everybody’s', async () => {
    const { page, close } = await openPage(bot.url('C0COLLECT', 'U0ALEX'), { width: 1280, height: 1000 });
    await type(page, '/collections roles');
    await log(page).getByText('Roles of the team').last().waitFor();
    await page.getByRole('button', { name: 'Change…' }).first().click();
    const form = dialog(page, 'Roles');
    await form.getByLabel(/Manager/).check();
    await screenshot(page, 'roles');
    await form.getByRole('button', { name: 'Save' }).click();
    await log(page)
      .getByText(/now has:/)
      .waitFor();
    await close();
  });

  it('sets up, and is told what is wrong under its field', async () => {
    const { page, close } = await openPage(bot.url('C0COLLECT', 'U0ALEX'), { width: 1280, height: 1000 });
    await type(page, '/collections setup');
    const form = dialog(page, 'Setup');
    await form.getByLabel('Time zone').fill('Middle/Earth');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('No such time zone').waitFor();
    await screenshot(page, 'setup');
    await form.getByLabel('Time zone').fill('Europe/London');
    await form.getByRole('button', { name: 'Save' }).click();
    await log(page)
      .getByText(/The digest goes to/)
      .waitFor();
    await close();
  });
});
