import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { approve, ask, dialog, fillIn, firstLine, newest, openDraft, press, redo, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

let bot: Bot;
let mara: OpenPage;

beforeAll(async () => {
  // A Monday with drafts due; the sample is made as of it.
  bot = await startBot({ clock: { now: () => Temporal.Instant.from('2026-11-23T08:30:00Z') } });
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

it('shows the whole mail: from, to, subject, text, invoices, freshness', async () => {
  // Final notices come first in the queue, and two people approve them.
  await openDraft(mara.page, 'Firm reminder to Grimblethorpe Bakeries');
  const card = await newest(mara.page).innerText();
  for (const part of [
    /From Mara Lind, receivables@/,
    /To: .+, .+@.+\.example/,
    /Subject: \S/,
    /Asks for £.*English · (nothing )?attached/,
    /Dear /,
    /Invoices this email asks for/,
  ])
    expect(card).toMatch(part);
  expect(card).toContain('Our bank details have not changed');
  expect(card).toContain('less credit on the account: £2,536.34');
  expect(card).toMatch(/Review 1 of \d+/);
  expect(card).toContain('Sample ledger, made up to try things with');
  expect(card).toContain('No model is set up, so this is the template of the stage.');
  await screenshot(mara.page, 'review');
});

it('another tone needs a model, and the card says so', async () => {
  await redo(mara.page, 'friendly');
  const card = await says(mara.page, 'The words are the same as before. No model is set up, so this is the template of the stage.');
  expect(card).toContain('Firm reminder to Grimblethorpe Bakeries');
});

it('takes a person’s words, but no foreign bank details', async () => {
  const { page } = mara;
  await press(page, 'Edit…');
  const text = dialog(page).getByLabel('Text');
  const before = await text.inputValue();
  await fillIn(page, { Text: `${before}\nPlease pay to IBAN DE89 3704 0044 0532 0130 00.` }, 'Save');
  await dialog(page).locator('.error').waitFor();
  expect(await dialog(page).locator('.error').innerText()).toMatch(/bank/i);
  await screenshot(page, 'review-edit-refused');
  await fillIn(page, { Text: before.replace(/\n\n/, '\n\nI tried to reach you by telephone.\n\n') }, 'Save');
  const card = await says(page, 'Saved. Nothing is approved yet');
  expect(card).toContain('I tried to reach you by telephone.');
  expect(card).toContain('Words edited by @Mara Lind');
});

it('is approved, can be taken as a file, and “I sent it” records the contact', async () => {
  const { page } = mara;
  await approve(page);
  await press(page, 'Approved, not sent (1)');
  await says(page, 'Approved, not sent yet');
  await press(page, 'Open');
  const card = await says(page, 'not sent: no mail server set');
  expect(card).toContain('Approved by @Mara Lind');
  await screenshot(page, 'review-approved');
  await press(page, 'Get the .eml');
  await says(page, 'The email is in our direct messages as an .eml file. This has not sent it.');
  await dialog(page).getByRole('button', { name: 'Close' }).first().click();
  await press(page, 'I sent it…');
  await fillIn(page, {}, 'Record');
  await says(page, 'Marked as sent. The next step is timed from that date.');
});

it('goes on to the next, rejects with a reason, and puts one off', async () => {
  const { page } = mara;
  const left = async () => {
    const card = await newest(page).innerText();
    const [, at, of] = /Review (\d+) of (\d+)/.exec(card) ?? [];
    return at ? Number(of) - Number(at) + 1 : 0;
  };
  await ask(page, '/collections review');
  const [before, first] = [await left(), await firstLine(page)];
  await press(page, 'Skip');
  await expect.poll(() => firstLine(page)).not.toBe(first);
  await press(page, 'Reject…');
  await fillIn(page, { Reason: 'They called this morning.' }, 'Reject');
  await says(page, 'Rejected.');
  expect(await left()).toBe(before - 1);
  await press(page, 'Later…');
  await fillIn(page, { 'Back in the queue on': '2026-11-23' }, 'Remind me then');
  await dialog(page).getByText('Choose a day after today.').waitFor();
  await fillIn(page, { 'Back in the queue on': '2026-11-25' }, 'Remind me then');
  await says(page, 'Out of the queue until then.');
  expect(await left()).toBe(before - 2);
});

it('simulates the working days ahead, with the amounts of each step', async () => {
  const shown = await ask(mara.page, '/collections simulate 5');
  await screenshot(mara.page, 'simulate');
  expect(shown).toContain('What would happen in the next 5 days, if every step is approved on its day and nobody pays');
  for (const day of ['Monday, 23 November 2026', 'Wednesday, 25 November 2026', 'Friday, 27 November 2026']) expect(shown).toContain(day);
  expect(shown).not.toMatch(/Saturday|Sunday|28 November|undefined/);
  const steps = shown.split('\n').filter((line) => line.startsWith('• '));
  expect(steps).toHaveLength(Number(/(\d+) steps in all/.exec(shown)![1]));
  for (const step of steps)
    expect(step).toMatch(
      /^• .+: (Note before|Friendly|Reminder|Firm|Call|Manager|Final|Demand|Agency|Statement).*, NW(UK|EU), (£|€|US\$|CHF\s)[\d,]+\.\d\d/,
    );
});

it('fits a phone', async () => {
  const phone = await openPage(bot.url('C0COLLECT', 'U0TOM'), { width: 390, height: 844 });
  await phone.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
  await ask(phone.page, '/collections review');
  await says(phone.page, /Asks for/);
  expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await newest(phone.page).getByRole('heading').scrollIntoViewIfNeeded();
  await screenshot(phone.page, 'review-phone');
  await press(phone.page, 'Edit…');
  await dialog(phone.page).getByLabel('Text').waitFor();
  await screenshot(phone.page, 'review-edit-phone');
  await phone.close();
});
