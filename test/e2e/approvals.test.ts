import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage, turnTo } from '../support/browser.ts';
import { screenshot } from '../support/screenshot.ts';

const time = { now: Temporal.Instant.from('2026-11-23T09:30:00Z') };
let bot: Bot;
beforeAll(async () => {
  bot = await startBot({ clock: { now: () => time.now } });
  await bot.tick();
});
afterAll(() => bot.stop());

const ACCOUNT = 'Wolkenheim Elektro GmbH';
const at = (who: string): Promise<OpenPage> => openPage(bot.url('C0COLLECT', who), { width: 1280, height: 1400 });
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const log = (page: Page) => page.getByRole('log').first();

async function type(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel(/^Message #/);
  await composer.fill(text);
  await composer.press('Escape');
  await composer.press('Enter');
}

async function choose(page: Page, form: string, label: string, option: RegExp): Promise<void> {
  await dialog(page, form)
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .click();
  await page.getByRole('option', { name: option }).click();
}

/** Asks from the account's card and waits for the card of the decision. */
async function request(page: Page, kind: RegExp, reason: string): Promise<void> {
  await type(page, `/account ${ACCOUNT}`);
  await page.getByRole('button', { name: /More…/ }).last().click();
  await page.getByRole('option', { name: 'Request a decision…' }).click();
  const form = dialog(page, 'Request a decision');
  await form.waitFor();
  await choose(page, 'Request a decision', 'What is to be decided', kind);
  await form.getByLabel('Broken promises').check();
  await form.getByLabel('Why, in your words').fill(reason);
  await form.getByRole('button', { name: 'Ask', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await log(page).getByText('Asked. It is decided in').last().waitFor();
}

describe('decisions at the page', () => {
  it('a finance lead sets who approves: stopping supply takes two people, one of them a finance lead', async () => {
    const { page, close } = await at('U0PAUL');
    await type(page, '/collections approvals');
    await page.getByText('Who approves what').last().waitFor();
    await screenshot(page, 'approvals');
    await page.getByRole('button', { name: 'Edit…' }).nth(7).click();
    const form = dialog(page, 'Stop supply');
    await form.getByLabel('Who decides').fill('EUR from 0: 2 people, 1 finance lead\nGBP from nothing: 1 person');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Line 2 cannot be read').waitFor();
    await form.getByLabel('Who decides').fill('EUR from 0: 2 people, 1 finance lead\nGBP from 0: 1 person');
    await form.getByRole('button', { name: 'Save' }).click();
    await log(page).getByText('Saved. Requests that are open keep the terms').last().waitFor();
    await close();
  });

  it('a request that needs two people is decided by both, discussed in its thread, and carried out', async () => {
    const mara = await at('U0MARA');
    await request(mara.page, /Stop supply/, 'Three broken promises, and the fourth invoice is late.');
    await bot.tick();
    await turnTo(mara.page, bot.url('C0ESCALATE', 'U0MARA'));
    await log(mara.page).getByText('Three broken promises').last().waitFor();
    await screenshot(mara.page, 'case-card');
    await mara.page.getByRole('button', { name: 'Approve' }).last().click();
    await log(mara.page).getByText('You asked for this, so somebody else must decide.').waitFor();
    await mara.close();

    const ines = await at('U0INES');
    await turnTo(ines.page, bot.url('C0ESCALATE', 'U0INES'));
    await ines.page.getByRole('button', { name: 'Approve' }).last().click();
    await log(ines.page).getByText('Approved so far').last().waitFor();
    await ines.close();

    const paul = await at('U0PAUL');
    await turnTo(paul.page, bot.url('C0ESCALATE', 'U0PAUL'));
    await paul.page.getByRole('button', { name: 'Approve' }).last().click();
    await log(paul.page).getByText('Approved and carried out').waitFor();
    expect(await paul.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await screenshot(paul.page, 'case-decided');
    await type(paul.page, `/account ${ACCOUNT}`);
    await log(paul.page).getByText('supply stopped').last().waitFor();
    await paul.close();
  });

  it('a rejection by one decides, with its reason in place of the buttons', async () => {
    const tom = await at('U0TOM');
    await request(tom.page, /Credit limit/, 'They asked for more.');
    await bot.tick();
    await tom.close();
    const paul = await at('U0PAUL');
    await turnTo(paul.page, bot.url('C0ESCALATE', 'U0PAUL'));
    await paul.page.getByRole('button', { name: 'Reject…' }).last().click();
    const form = dialog(paul.page, 'Reject');
    await form.getByLabel('Why').fill('Not while the last invoice is open.');
    await form.getByRole('button', { name: 'Reject' }).click();
    await log(paul.page).getByText('Not while the last invoice is open.').waitFor();
    await paul.close();
  });

  it('what nobody decides lapses, and an old button says so', async () => {
    const mara = await at('U0MARA');
    await request(mara.page, /Release supply/, 'They pay again.');
    await bot.tick();
    const ines = await at('U0INES');
    await turnTo(ines.page, bot.url('C0ESCALATE', 'U0INES'));
    await log(ines.page).getByText('They pay again.').last().waitFor();
    time.now = time.now.add({ hours: 24 * 9 });
    await ines.page.getByRole('button', { name: 'Approve' }).last().click();
    await log(ines.page).getByText('The time for this decision is over.').waitFor();
    await log(ines.page).getByText('Lapsed, nobody decided in time').waitFor();
    await ines.close();
    await mara.close();
  });
});
