import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { askLetter } from '../support/ask-letter.ts';
import { type OpenPage, openPage, turnTo } from '../support/browser.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { screenshot } from '../support/screenshot.ts';

const CUSTOMERS = ['L1', 'L2', 'L3', 'L4', 'L5'];
const PATIENT = { timeout: 20_000 };

let desk: LetterDesk;
let mara: PersonOnPage;
let open: OpenPage;
let page: Page;
beforeAll(async () => {
  desk = await letterDesk(CUSTOMERS.map((number) => ({ number, name: `Customer ${number}` })));
  await desk.later();
  mara = await desk.person('U0MARA');
  open = await openPage(desk.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1100 });
  page = open.page;
}, 60_000);
afterAll(async () => {
  await open?.close();
  await desk?.stop();
});

const files = (ready: number | 'never') => desk.control({ do: 'timing', files: ready });
const days = [24, 25, 26, 27];
async function nextDay(): Promise<void> {
  const day = days.shift()!;
  await desk.pay('L5', 1_000 + day);
  await desk.morning(`2026-11-${day}T09:05:00Z`);
}

const chartIn = (where: Locator) => where.getByRole('img', { name: /Share of open receivables/ });
const widthOf = (picture: Locator) => picture.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth ?? 0);
const drawn = (picture: Locator) =>
  expect.poll(async () => ((await picture.count()) === 1 ? widthOf(picture) : 0), PATIENT).toBeGreaterThan(500);

async function go(place: string): Promise<void> {
  await turnTo(page, desk.url(place, 'U0INES'));
  await page.locator('[data-link=open]').waitFor(PATIENT);
}

async function digest(): Promise<Locator> {
  await go('C0COLLECT');
  const shown = page.getByRole('log').first().getByTestId('message').filter({ hasText: 'Overdue digest' }).last();
  await shown.getByText(/Overdue: £/).waitFor(PATIENT);
  return shown;
}

async function home(): Promise<Locator> {
  await go('home');
  const shown = page.getByTestId('home');
  await shown.getByText('Waiting for me').waitFor(PATIENT);
  await shown
    .getByText(/days \d+%/)
    .first()
    .waitFor();
  return shown;
}

/** A letter in the open thread of its card, asked for when nothing is awaited any more. */
async function letter(number: string): Promise<Locator> {
  await go('C0ESCALATE');
  await page.getByText(`Customer ${number}`).last().waitFor(PATIENT);
  await page
    .getByRole('button', { name: /repl(y|ies)/ })
    .last()
    .click(PATIENT);
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('We require payment of').waitFor(PATIENT);
  return thread;
}

async function askFor(number: string): Promise<Locator> {
  await askLetter(mara, number);
  await desk.later();
  return letter(number);
}

const pageIn = (thread: Locator) => thread.getByRole('img', { name: /Page 1 of the letter/ });
const LINES = { digest: 'The chart follows.', letter: 'The picture of the letter follows.' };

describe.each([
  ['at once', 0, 'L1'],
  ['in three seconds', 1_000, 'L2'],
] as const)('files that are ready %s', (_, ready, number) => {
  it('stand in the digest, on Home and in a letter', async () => {
    await files(ready);
    const thread = await askFor(number);
    await drawn(pageIn(thread));
    expect(await thread.getByText(LINES.letter).count()).toBe(0);
    await nextDay();
    const shown = await digest();
    await drawn(chartIn(shown));
    expect(await shown.getByText(LINES.digest).count()).toBe(0);
    await drawn(chartIn(await home()));
  });
});

describe('files that are ready in twenty seconds', () => {
  it('come into the digest, Home and a letter that are there without them', async () => {
    await files('never');
    const promised = (await askFor('L3')).getByText(LINES.letter);
    await promised.waitFor(PATIENT);
    await promised.scrollIntoViewIfNeeded();
    await screenshot(page, 'letter-without-picture');
    await nextDay();
    const line = (await digest()).getByText(LINES.digest);
    await line.scrollIntoViewIfNeeded();
    await screenshot(page, 'digest-without-chart');
    const shown = await home();
    await expect.poll(() => chartIn(shown).count(), PATIENT).toBe(0);
    await files(0);
    await desk.later();
    // Nobody has opened it again.
    await drawn(chartIn(shown));
    const later = await digest();
    await drawn(chartIn(later));
    await expect.poll(() => later.getByText(LINES.digest).count(), PATIENT).toBe(0);
    await drawn(pageIn(await letter('L3')));
  });
});

describe('files that are never ready', () => {
  it('keep neither digest nor Home nor letter away', async () => {
    await files('never');
    await (await askFor('L4')).getByRole('button', { name: 'PDF' }).waitFor(PATIENT);
    await nextDay();
    await (await digest()).getByText(LINES.digest).waitFor(PATIENT);
    await home();
    await screenshot(page, 'home-without-chart');
    for (let hour = 0; hour < 25; hour += 1) await desk.later(60);
    const line = (await digest()).getByText(LINES.digest);
    await expect.poll(() => line.count(), PATIENT).toBe(0);
  });
});
