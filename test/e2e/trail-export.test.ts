import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type OpenPage, openPage, turnTo } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, choose, dialog, says } from '../support/review-page.ts';
import { runScript } from '../support/run-script.ts';
import { screenshot } from '../support/screenshot.ts';

const HOLM = { number: 'C1', name: 'Holm & Sons Ltd', due: '2026-11-10' };
let desk: ReviewDesk;
let ines: OpenPage;
let dir: string;

beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-trail-'));
  desk = await reviewDesk([HOLM]);
  const ports = { ...desk.stores, clock: { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') } };
  const hold = { do: 'hold', until: day('2026-12-01'), reason: '=1+1 they asked for the order number' } as const;
  await changeAccount(ports, accountId('C1'), hold, 'U0MARA', 'h1');
  await changeAccount(ports, accountId('C1'), { do: 'unhold' }, 'U0MARA', 'h2');
  await desk.later();
  ines = await openPage(desk.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1000 });
  ines.page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await ines?.close();
  await desk?.stop();
  await fs.rm(dir, { recursive: true, force: true });
});

/** Asks for an export by command and form; resolves when its file stands in the direct messages. */
async function exported(page: Page, format: RegExp, ending: string): Promise<Buffer> {
  await turnTo(page, desk.url('C0COLLECT', 'U0INES'));
  const composer = page.getByLabel(/^Message #/);
  await composer.fill('/collections export Holm');
  await composer.press('Escape');
  await composer.press('Enter');
  await dialog(page).getByLabel('Account').waitFor();
  expect(await dialog(page).getByLabel('Account').inputValue()).toBe('Holm');
  await choose(page, 'File', format);
  await choose(page, 'Contents', /^Everything/);
  if (ending === '.pdf') await screenshot(page, 'trail-export-form');
  await dialog(page).getByRole('button', { name: 'Export', exact: true }).click();
  await dialog(page).waitFor({ state: 'detached' });
  await page
    .getByRole('button', { name: /^Arrears/ })
    .last()
    .click();
  const file = page.getByTestId('file').filter({ hasText: ending });
  await file.waitFor();
  const [started] = await Promise.all([page.waitForEvent('download'), file.click()]);
  return fs.readFile(await started.path());
}

it('as JSON it can be checked without the store, and a change shows', { timeout: 60_000 }, async () => {
  const bytes = await exported(ines.page, /^JSON/, '.jsonl');
  const file = path.join(dir, 'trail.jsonl');
  await fs.writeFile(file, bytes);
  const good = await runScript('verify-trail.ts', ['--file', file], {});
  expect(good.stdout).toMatch(/Export of Holm & Sons Ltd · C1, from the beginning: \d entries, .*each as it was written/);
  expect(good.code).toBe(0);
  await fs.writeFile(file, bytes.toString().replace('order number', 'order book'));
  const bad = await runScript('verify-trail.ts', ['--file', file], {});
  expect(bad.stderr).toMatch(/First wrong entry: \d+: its text was changed after it was written/);
  expect(bad.code).toBe(1);
});

it('as CSV a note that looks like a formula stays text', { timeout: 60_000 }, async () => {
  const [head, ...rows] = parse(await exported(ines.page, /^CSV/, '.csv'), { bom: true }) as string[][];
  expect(head).toEqual(['Entry', 'When', 'Who', 'Account', 'What', 'Mark', 'Hash']);
  const held = rows.find((row) => row[4]!.includes('order number'))!;
  expect(held.slice(2, 6)).toEqual([
    'Mara Lind',
    'Holm & Sons Ltd',
    'on hold through 1 Dec 2026: =1+1 they asked for the order number',
    'internal',
  ]);
});

it('as PDF it has a cover and one row an entry', { timeout: 60_000 }, async () => {
  const bytes = await exported(ines.page, /^PDF/, '.pdf');
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  await ines.page
    .getByText(/also internal ones/)
    .first()
    .waitFor();
  await screenshot(ines.page, 'trail-export');
  if (process.env.ARREARS_DOCS) await picture(bytes);
});

it('a collector is told who may', async () => {
  const mara = await openPage(desk.url('C0COLLECT', 'U0MARA'));
  expect(await ask(mara.page, '/collections export Holm')).toContain('it needs the role manager, finance lead or admin');
  await says(mara.page, 'Nothing was changed.');
  await mara.close();
});

/** For docs/: the first page as a machine with poppler draws it. */
async function picture(bytes: Buffer): Promise<void> {
  const pdf = path.join(dir, 'trail.pdf');
  await fs.writeFile(pdf, bytes);
  const docs = path.resolve(import.meta.dirname, '../../docs/trail-export-pdf');
  await once(spawn('pdftoppm', ['-png', '-r', '80', '-singlefile', pdf, docs]), 'exit');
}
