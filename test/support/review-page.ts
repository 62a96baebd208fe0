import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What stands on top: the open form, else the newest message of the channel. */
export const newest = (page: Page): Locator => page.getByTestId('message').or(page.getByRole('dialog')).last();

export const dialog = (page: Page): Locator => page.getByRole('dialog');

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  newest(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .last()
    .click();

/** Closes every open form. */
export async function closeAll(page: Page): Promise<void> {
  while (await dialog(page).isVisible()) {
    const title = await dialog(page).innerText();
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).first().click();
    await expect.poll(async () => ((await dialog(page).isVisible()) ? dialog(page).innerText() : ''), { timeout: 10_000 }).not.toBe(title);
  }
}

/** Approves the email that is shown, as soon as it has been shown long enough; resolves to what is shown then. */
export async function approve(page: Page): Promise<string> {
  const before = await dialog(page).innerText();
  const shown = async (): Promise<string> => {
    const now = await dialog(page).innerText();
    if (now !== before && /Approved: |\d approved|Not approved\. |somebody else must|approved already/.test(now)) return now;
    const button = dialog(page)
      .getByRole('button', { name: /^Approve(?!d)/ })
      .last();
    if ((await button.isVisible()) && (await button.isEnabled())) await button.click();
    return '';
  };
  await expect.poll(shown, { timeout: 20_000, interval: 500 }).not.toBe('');
  return dialog(page).innerText();
}

/** Waits until the newest message says something; resolves to all that it says. */
export async function says(page: Page, text: string | RegExp): Promise<string> {
  await newest(page).getByText(text).first().waitFor();
  return newest(page).innerText();
}

/** Types a command and waits for its answer; resolves to what it says. */
export async function ask(page: Page, text: string): Promise<string> {
  await closeAll(page);
  const messages = page.getByTestId('message');
  const before = await messages.last().getAttribute('data-ts');
  const composer = page.getByLabel(/^Message #/);
  await composer.fill(text);
  // The list of commands offered while typing would take the Enter.
  await composer.press('Escape');
  await composer.press('Enter');
  if (text === '/collections review') {
    await dialog(page)
      .getByRole('heading', { name: /^Review/ })
      .waitFor();
    return dialog(page).innerText();
  }
  await expect.poll(() => messages.last().getAttribute('data-ts'), { timeout: 10_000 }).not.toBe(before);
  return newest(page).innerText();
}

/** Who the email that is shown goes to. */
export const firstLine = async (page: Page): Promise<string> => /^.* to .*$/m.exec(await dialog(page).innerText())?.[0] ?? '';

/** Opens the review and goes on with Skip until the email to a customer is shown; `meant` is looked for in its first line. */
export async function openDraft(page: Page, meant: string | RegExp): Promise<void> {
  await ask(page, '/collections review');
  const head = () => firstLine(page);
  const fits = (line: string) => (typeof meant === 'string' ? line.includes(meant) : meant.test(line));
  const first = await head();
  for (let shown = first; !fits(shown); ) {
    if (!(await dialog(page).getByRole('button', { name: 'Skip' }).isVisible())) throw new Error(`no draft to ${meant} in the queue`);
    await press(page, 'Skip');
    await expect.poll(head, { timeout: 10_000 }).not.toBe(shown);
    shown = await head();
    if (shown === first) throw new Error(`no draft to ${meant} in the queue`);
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
