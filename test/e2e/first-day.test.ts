import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../src/slack/manifest.ts';
import { type Page as SignedIn, signIn } from '../embedded/slack/sign-in.ts';
import { openPage } from '../support/browser.ts';
import { type Started, startProgram } from '../support/processes.ts';
import { screenshot } from '../support/screenshot.ts';

interface Setup {
  /** Starts the bot (and what it needs) on a folder; returns the page's address, good for one browser. */
  start(dir: string): Promise<string>;
  stop(): Promise<(number | null)[]>;
}

const READY = /Arrears is running(?:\. Open (\S+)| in your Slack workspace)/;

/** `npm start` with nothing set. */
function alone(): Setup {
  let bot: Started;
  return {
    async start(dir) {
      bot = await startProgram('src/main.ts', [], { DATA_DIR: dir, WORKSPACE_PORT: '0' }, READY);
      return bot.match[1]!;
    },
    stop: async () => [await bot.stop()],
  };
}

/** The bot as a second process that talks to `npm run workspace` as to Slack. */
function apart(): Setup {
  let workspace: Started;
  let bot: Started;
  return {
    async start(dir) {
      const file = path.join(dir, 'manifest.json');
      await fs.writeFile(file, JSON.stringify(manifest({ overdue: 'overdue', account: 'account', collections: 'collections' })));
      const args = ['--port', '0', '--dir', path.join(dir, 'workspace'), '--manifest', file];
      workspace = await startProgram('scripts/workspace.ts', args, {}, /SLACK_API_URL=(\S+)/);
      const page = /open at (\S+)/.exec(workspace.output())![1]!;
      const tokens = Object.fromEntries(
        [...workspace.output().matchAll(/^(SLACK_(?:BOT_TOKEN|APP_TOKEN|API_URL))=(.+)$/gm)].map((line) => [line[1]!, line[2]!]),
      );
      bot = await startProgram('src/main.ts', [], { DATA_DIR: dir, SAMPLE_LEDGER: 'yes', ...tokens }, READY);
      return page;
    },
    stop: async () => [await bot.stop(), await workspace.stop()],
  };
}

const digest = (page: Page) =>
  page
    .getByRole('log')
    .getByText(/Overdue digest ·/)
    .first();

async function ask(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel(/^Message #/);
  await composer.fill(text);
  await composer.press('Escape');
  await composer.press('Enter');
}

describe.each([
  ['npm start alone', alone],
  ['the bot beside npm run workspace', apart],
])('the first day with %s', (_, make) => {
  let dir = '';
  let page: SignedIn;
  const setup = make();

  beforeAll(async () => {
    dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-e2e-'));
    page = await signIn(await setup.start(dir));
  });

  afterAll(async () => {
    await setup.stop();
    await fs.rm(dir, { recursive: true, force: true });
  });

  it('shows today’s digest of the sample ledger with its chart and thread', async () => {
    const open = await openPage(`${page.url}#/C0COLLECT?as=U0INES`, { cookie: page.cookie, width: 1280, height: 1000 });
    await digest(open.page).waitFor();
    const log = open.page.getByRole('log').first();
    expect(await log.textContent()).toContain('Sample ledger, made up to try things with');
    const chart = log.getByRole('img', { name: /Share of open receivables/ });
    await chart.scrollIntoViewIfNeeded();
    await expect.poll(() => chart.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(500);
    await screenshot(open.page, 'digest');
    await open.page
      .getByText(/^\d replies$/)
      .first()
      .click();
    await open.page.getByText('Biggest overdue accounts per currency').waitFor();
    await screenshot(open.page, 'digest-thread');
    await open.close();
  });

  it('answers /overdue page by page, to the asker alone', async () => {
    const open = await openPage(`${page.url}#/C0COLLECT?as=U0MARA`, page);
    await digest(open.page).waitFor();
    await ask(open.page, '/overdue >30');
    await open.page.getByText('Overdue · more than 30 days past due').first().waitFor();
    await open.page
      .getByText(/Page 1 of \d/)
      .first()
      .waitFor();
    await open.page.getByRole('button', { name: 'Next' }).last().click();
    await open.page
      .getByText(/Page 2 of \d/)
      .first()
      .waitFor();
    await screenshot(open.page, 'overdue');
    await open.close();
    const other = await openPage(`${page.url}#/C0COLLECT?as=U0TOM`, page);
    await digest(other.page).waitFor();
    expect(await other.page.getByText('more than 30 days past due').count()).toBe(0);
    await other.close();
  });

  it('helps, and says what it does not know', async () => {
    const open = await openPage(`${page.url}#/C0COLLECT?as=U0INES`, page);
    await digest(open.page).waitFor();
    await ask(open.page, '/collections help');
    await open.page.getByText('What you can ask for').waitFor();
    await ask(open.page, '/collections dance');
    await open.page.getByText(/do not know that part/).waitFor();
    await ask(open.page, '/overdue >x');
    await open.page.getByText(/is not a number of days/).waitFor();
    await ask(open.page, '/nosuchcommand');
    await open.page.getByText(/not a valid command/).waitFor();
    await open.close();
  });

  it('is readable on a phone', async () => {
    const open = await openPage(`${page.url}#/C0COLLECT?as=U0INES`, { cookie: page.cookie, width: 390, height: 844 });
    await digest(open.page).waitFor();
    const wide = await open.page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(390);
    await screenshot(open.page, 'digest-phone');
    await open.close();
  });

  it('stops cleanly, and keeps everything for a second start', async () => {
    expect(await setup.stop()).toEqual(expect.arrayContaining([0]));
    page = await signIn(await setup.start(dir));
    const open = await openPage(`${page.url}#/C0COLLECT?as=U0INES`, page);
    await digest(open.page).waitFor();
    expect(
      await open.page
        .getByRole('log')
        .getByText(/Overdue digest ·/)
        .count(),
    ).toBe(1);
    await ask(open.page, '/overdue all');
    await open.page
      .getByText(/Page 1 of \d/)
      .first()
      .waitFor();
    await open.close();
  });
});
