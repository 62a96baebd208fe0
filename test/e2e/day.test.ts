import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { approve, choose, closeAll, dialog, fillIn, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

// A collector's morning, Monday 23 November 2026, on a desk and on a phone: from Home to the last email, nothing answered anywhere else.

const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const after = { key: 'note', offset: -3 };
const firm = { key: 'call', offset: 14 };

describe.each(Object.entries(SIZES))('at the %s', (name, size) => {
  let desk: ReviewDesk;
  let page: Page;
  let close: () => Promise<void>;
  let clicks = 0;
  const table: Record<string, { clicks: number; seconds: number }> = {};
  /** Counts the clicks and seconds of one job, on the page itself. */
  async function job<T>(what: string, work: () => Promise<T>): Promise<T> {
    const [start, before] = [performance.now(), clicks];
    const done = await work();
    table[what] = { clicks: clicks - before, seconds: Math.round((performance.now() - start) / 100) / 10 };
    return done;
  }
  const click = async (label: string | RegExp) => {
    clicks += 1;
    await press(page, label);
  };
  const home = () => page.getByTestId('home');
  const approved = async () => (await desk.stores.drafts.open()).filter(({ draft }) => draft.state === 'approved').length;
  const seen = async (text: string | RegExp) => {
    const box = await dialog(page).getByText(text).first().boundingBox();
    return box !== null && box.y >= 0 && box.y + box.height <= size.height;
  };

  beforeAll(async () => {
    desk = await reviewDesk([
      { number: 'FIRM', name: 'Wolkenheim Logistik AG', due: '2026-11-01', after: firm },
      ...Array.from({ length: 8 }, (_, n) => ({ number: `R${n}`, name: `Pennyfold Freight ${n} Ltd`, due: '2026-11-10', after })),
      { number: 'LATE', name: 'Otterby Kettles Ltd', due: '2026-09-29', migrated: true },
    ]);
    await desk.later();
    ({ page, close } = await openPage(desk.url('home', 'U0MARA'), size));
    await home()
      .getByText(/things? to do today/)
      .waitFor();
  }, 120_000);
  afterAll(async () => {
    console.log(JSON.stringify({ at: name, ...table }));
    await close?.();
    expect(desk?.log).toEqual([]);
    await desk?.stop();
  });

  it('Home says how much there is to do, and each row has its button', async () => {
    await screenshot(page, `day-home-${name}`);
    const words = await home().innerText();
    expect(words).toMatch(/\d+ things to do today/);
    expect(words).toMatch(/Emails to review \(9\)/);
    expect(words).toMatch(/8 routine: Friendly reminder 8/);
    expect(words).toMatch(/Choose a starting point \(1\)/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
    const start = await home().getByRole('button', { name: 'Start with the emails' }).boundingBox();
    expect(start!.y).toBeLessThan(400);
  });

  it('an email is approved from Home: who, how much and what to look at are in sight with the button, and what was approved is said', async () => {
    await job('approve one email from Home', async () => {
      clicks += 1;
      await home().getByRole('button', { name: 'Start with the emails' }).click();
      await says(page, 'Firm reminder to Wolkenheim Logistik AG');
      for (const part of ['Asks for £1,000.00', /Check \d things?/, /First email to this customer/])
        expect(await seen(part), String(part)).toBe(true);
      const button = await dialog(page).getByRole('button', { name: 'Approve and next' }).boundingBox();
      expect(button!.y + button!.height).toBeLessThanOrEqual(size.height);
      await screenshot(page, `day-review-${name}`);
      clicks += 1;
      await approve(page);
    });
    expect(await dialog(page).innerText()).toContain('Approved: Firm reminder to Wolkenheim Logistik AG, £1,000.00.');
    expect(await approved()).toBe(1);
    await screenshot(page, `day-approved-${name}`);
  });

  it.each([150, 350, 700])('a second press after %i ms approves nothing more', async (ms) => {
    const before = await approved();
    await approve(page);
    await page.waitForTimeout(ms);
    const button = dialog(page)
      .getByRole('button', { name: /^Approve/ })
      .last();
    if ((await button.isVisible()) && (await button.isEnabled())) await button.click();
    await says(page, /only just appeared|Approved: /);
    expect(await approved()).toBe(before + 1);
  });

  it('the last one is taken back in place', async () => {
    const before = await approved();
    await approve(page);
    await job('take an approval back', async () => {
      await click('Undo');
      await says(page, 'Taken back. Nothing was sent.');
    });
    expect(await approved()).toBe(before);
    expect(await seen('Taken back. Nothing was sent.')).toBe(true);
  });

  it('the account is a press away, and a promise recorded there is shown there', async () => {
    const who = /to (Pennyfold Freight \d Ltd)/.exec(await dialog(page).innerText())![1]!;
    await job('see the account from an email', async () => {
      await click('Open account');
      await says(page, 'Next:');
    });
    expect(await seen(/Last contact:/)).toBe(true);
    await screenshot(page, `day-account-${name}`);
    await job('record a promise', async () => {
      await click('Promise…');
      await choose(page, 'Invoices', /I-R/);
      await fillIn(page, { 'They pay on': '2026-11-30', 'Who said it': 'Imogen Larch' }, 'Record');
      clicks += 3;
      await says(page, 'Promise recorded');
    });
    expect(await dialog(page).innerText()).toContain('promised for 30 Nov 2026');
    expect(who).toContain('Pennyfold');
    await closeAll(page);
  });

  it('what is routine goes in one list, and the day ends where it began', async () => {
    await desk.later();
    await job('approve what is routine as a list', async () => {
      clicks += 1;
      await home()
        .getByRole('button', { name: /Review as list/ })
        .click();
      await says(page, 'Routine emails');
      await screenshot(page, `day-list-${name}`);
      await click('Read the letter');
      await says(page, 'Dear Imogen Larch');
      clicks += 1;
      await dialog(page).getByRole('button', { name: 'Back', exact: true }).last().click();
      await says(page, 'Routine emails');
      clicks += 1;
      await approve(page);
    });
    await says(page, /\d approved/);
    await screenshot(page, `day-end-${name}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
  });
});
