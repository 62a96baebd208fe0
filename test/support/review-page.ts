import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The newest message of the channel. */
export const newest = (page: Page): Locator => page.getByTestId('message').last();

export const dialog = (page: Page): Locator => page.getByRole('dialog');

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  newest(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click();

/** Waits until the newest message says something; resolves to all that it says. */
export async function says(page: Page, text: string | RegExp): Promise<string> {
  await newest(page).getByText(text).first().waitFor();
  return newest(page).innerText();
}

/** Types a command and waits for its answer; resolves to what it says. */
export async function ask(page: Page, text: string): Promise<string> {
  const messages = page.getByTestId('message');
  const before = await messages.last().getAttribute('data-ts');
  const composer = page.getByLabel(/^Message #/);
  await composer.fill(text);
  // The list of commands offered while typing would take the Enter.
  await composer.press('Escape');
  await composer.press('Enter');
  await expect.poll(() => messages.last().getAttribute('data-ts'), { timeout: 10_000 }).not.toBe(before);
  return newest(page).innerText();
}

/** Opens the review queue and goes on with Next until the mail to a customer is on the card. */
export async function openDraft(page: Page, name: string): Promise<void> {
  await ask(page, '/collections review');
  const title = newest(page).getByRole('heading').first();
  const first = await title.innerText();
  let shown = first;
  while (!shown.includes(name)) {
    await press(page, 'Next');
    await expect.poll(() => title.innerText(), { timeout: 10_000 }).not.toBe(shown);
    shown = await title.innerText();
    if (shown === first) throw new Error(`no draft to ${name} in the queue`);
  }
}

/** Fills the fields of the open form by their labels and sends it. */
export async function fillIn(page: Page, values: Readonly<Record<string, string>>, submit: string): Promise<void> {
  for (const [label, value] of Object.entries(values)) await dialog(page).getByLabel(label).fill(value);
  await dialog(page).getByRole('button', { name: submit, exact: true }).click();
}

/** Chooses from a select of the open form, by its label. */
export async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await dialog(page)
    .getByRole('button', { name: new RegExp(`^${field}`) })
    .click();
  await page.getByRole('option', { name: option }).first().click();
  // A list of many stays open for the next choice.
  if (await page.getByRole('listbox').isVisible()) await dialog(page).getByRole('heading').first().click();
}

/** Asks for the mail of the card in another tone. */
export async function redo(page: Page, tone: string): Promise<void> {
  await press(page, /^Redo in another tone/);
  await page.getByRole('option', { name: `Redo, ${tone}` }).click();
}
